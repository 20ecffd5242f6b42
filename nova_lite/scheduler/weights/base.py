# SPDX-License-Identifier: Apache-2.0
"""What a weigher is, and how the weights of several are added up."""

from oslo_config import cfg

CONF = cfg.CONF


class Weigher:
    """Gives each host a figure; more is better when the multiplier is positive.

    :cvar option: of [filter_scheduler], the multiplier
    :cvar resource_class: set where the figure is the free room of a class, so
        that the database can put the hosts in the same order
    """

    option = None
    resource_class = None

    @property
    def multiplier(self):
        """How much this weigher counts; 0 turns it off."""
        return CONF.filter_scheduler[self.option]

    def figure(self, request, host):
        """Answer the figure of a host, in whatever unit: it is normalised among all hosts."""
        raise NotImplementedError


def weights_of(weighers, request, hosts):
    """Answer the sum of the weights of each host.

    Each weigher's figures are stretched to 0 for the lowest and 1 for the
    highest, so that megabytes do not outweigh CPUs, then multiplied. A weigher
    that finds all hosts equal adds nothing.
    """
    sums = [0.0] * len(hosts)
    for weigher in weighers:
        multiplier = weigher.multiplier
        if not multiplier:
            continue
        figures = [weigher.figure(request, host) for host in hosts]
        lowest, highest = min(figures), max(figures)
        if lowest != highest:
            scale = multiplier / (highest - lowest)
            sums = [total + (figure - lowest) * scale
                    for total, figure in zip(sums, figures, strict=True)]
    return sums

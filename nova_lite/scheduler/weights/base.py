# SPDX-License-Identifier: Apache-2.0
"""What a weigher is, and how the weights of several are added up."""

import dataclasses

from oslo_config import cfg

CONF = cfg.CONF


class Weigher:
    """Gives each host a figure; more is better when the multiplier is positive.

    :cvar option: of [filter_scheduler], the multiplier
    :cvar resource_class: set where the figure is the free room of a class, so
        that the database can put the hosts in the same order
    :cvar needs: Facts that it looks at, of stores/scheduling_facts.py
    """

    option = None
    resource_class = None
    needs = frozenset()

    @property
    def multiplier(self):
        """How much this weigher counts; 0 turns it off.

        The aggregates of a host have another one for it, if their metadata
        have a key of the option's name.
        """
        return CONF.filter_scheduler[self.option]

    def counts(self, aggregates):
        """Whether it counts for any host.

        :param aggregates: aggregates.Snapshot
        """
        return bool(self.multiplier) or self.option in aggregates.keys

    def concerns(self, request):
        """Whether it tells hosts apart for this request."""
        return True

    def figure(self, request, host):
        """Answer the figure of a host, in whatever unit: it is normalised among all hosts."""
        raise NotImplementedError


@dataclasses.dataclass(frozen=True)
class Share:
    """What one weigher adds to the weights of the hosts of a request.

    :ivar lowest: of its figures; the host that has it gets nothing
    :ivar scales: aggregates.Membership -> what one more of the figure weighs
    """

    weigher: Weigher
    lowest: float
    scales: dict

    @property
    def name(self):
        return type(self.weigher).__name__

    def of(self, request, host):
        """Answer what it adds to the weight of one of the hosts, as long as that is unchanged."""
        return (self.weigher.figure(request, host) - self.lowest) * self.scales[host.aggregates]


def weights_of(weighers, request, hosts):
    """Answer the sum of the weights of each host, and the Shares that it is made of.

    Each weigher's figures are stretched to 0 for the lowest and 1 for the
    highest, so that megabytes do not outweigh CPUs, then multiplied. A weigher
    that finds all hosts equal adds nothing.
    """
    sums, shares = [0.0] * len(hosts), []
    memberships = {host.aggregates for host in hosts}
    for weigher in weighers:
        multipliers = _multipliers(weigher, memberships)
        if not any(multipliers.values()) or not weigher.concerns(request):
            continue
        figures = [weigher.figure(request, host) for host in hosts]
        lowest, highest = min(figures), max(figures)
        if lowest == highest:
            continue
        scales = {one: multiplier / (highest - lowest) for one, multiplier in multipliers.items()}
        shares.append(Share(weigher, lowest, scales))
        if len(set(scales.values())) == 1:
            scale = next(iter(scales.values()))
            sums = [total + (figure - lowest) * scale
                    for total, figure in zip(sums, figures, strict=True)]
        else:
            sums = [total + (figure - lowest) * scales[host.aggregates]
                    for total, figure, host in zip(sums, figures, hosts, strict=True)]
    return sums, shares


def _multipliers(weigher, memberships):
    """Answer the multiplier of each aggregates.Membership."""
    configured = weigher.multiplier
    return {one: one.number(weigher.option, configured) for one in memberships}

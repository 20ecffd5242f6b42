# SPDX-License-Identifier: Apache-2.0
"""What a scheduling driver decides: which filters hold, and which host is best."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Ranking:
    """Hosts in the order in which they are to be tried.

    :ivar weights: of the hosts, in their order; empty where nothing is weighed
    :ivar shares: weights.base.Share of each weigher that told the hosts apart
    """

    hosts: list
    weights: list = dataclasses.field(default_factory=list)
    shares: list = dataclasses.field(default_factory=list)


class Driver:
    """Made once a process; keeps nothing of a request.

    :ivar ranking: (resource class, whether the fullest come first): how the
        database may rank hosts where there are too many to look at; None where
        it must not choose
    """

    ranking = None

    def filters_for(self, request):
        """Answer the filters that each host must pass for this request."""
        raise NotImplementedError

    def needs_for(self, request, aggregates):
        """Answer the facts of hosts that filters and weighers look at for this request.

        :param aggregates: aggregates.Snapshot, as far as it is known by now
        """
        return frozenset().union(*(
            one.needs_for(request) for one in self.filters_for(request) if one.concerns(request)))

    def best_first(self, request, hosts):
        """Answer the hosts in the order in which they are to be tried; there is at least one."""
        raise NotImplementedError

    def ranking_of(self, request, hosts):
        """Answer the same with the reasons, as a Ranking; a driver that has some overrides it."""
        return Ranking(self.best_first(request, hosts))

# SPDX-License-Identifier: Apache-2.0
"""What a filter is: a condition on one host that can say why it is not met."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Cause:
    """One way in which hosts are excluded, with the words for it.

    :ivar name: in the record of the decision
    :ivar one: 'is down'
    :ivar many: 'are down'
    :ivar unit: of the figures, if it has any
    """

    name: str
    one: str
    many: str
    unit: str | None = None


@dataclasses.dataclass(frozen=True)
class Rejection:
    """Why one host does not meet a condition.

    :ivar detail: words that go with the cause, the same for all hosts of a request
    :ivar needed: what the request needs, None where it is not a matter of figures
    :ivar available: how much of it this host has
    """

    cause: Cause
    detail: str | None = None
    needed: int | None = None
    available: int | None = None


class Filter:
    """A condition on one host. Made once a process, so it keeps nothing of a request.

    :cvar decisive: whether a host that it excludes is out of the question, so
        that its other shortcomings are not worth telling
    :cvar sees_picks: whether where one server goes decides where the next one
        of the same request can go, on other hosts too
    :cvar needs: Facts that it looks at, of stores/scheduling_facts.py
    """

    decisive = False
    sees_picks = False
    needs = frozenset()

    @classmethod
    def name(cls):
        """The name in ``enabled_filters``."""
        return cls.__name__

    def concerns(self, request):
        """Whether it could exclude any host for this request; if not, it is not asked."""
        return True

    def needs_for(self, request):
        """Answer the facts that must be read for this request."""
        return self.needs

    def narrow(self, request, cut):
        """Answer the stores.candidates.Cut without what the filter excludes, if SQL can tell."""
        return cut

    def why_not(self, request, host):
        """Answer the Rejection of a host, None if it may take the server.

        Runs for each candidate of each request that it concerns: it must be quick.

        :param request: scheduler.request.Request
        :param host: scheduler.host_state.HostState
        """
        raise NotImplementedError

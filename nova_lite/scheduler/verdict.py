# SPDX-License-Identifier: Apache-2.0
"""Each host held against each filter, and the smallest change for those that do not fit. Pure."""

import dataclasses
import itertools

from nova_lite.scheduler import changes, plan, reasons, remedies

ROUNDS = 4
"""Times that what is left against a host after some changes is met by more of them."""


@dataclasses.dataclass(frozen=True)
class Finding:
    """What one filter has against a host."""

    condition: object
    rejection: object

    @property
    def cause(self):
        return self.rejection.cause

    def told(self):
        """Answer it for an answer of the API."""
        found = self.rejection
        return {'cause': found.cause.name, 'filter': self.condition.name(),
                'text': ' '.join(filter(None, (found.cause.one, found.detail))),
                'needed': found.needed, 'available': found.available, 'unit': found.cause.unit}


@dataclasses.dataclass
class Verdict:
    """What there is to say of one host.

    :ivar findings: in the order of the filters; the first is the one that excludes it
    :ivar weight: None if it does not fit, or nothing is weighed
    :ivar shares: weigher -> what it adds to the weight
    :ivar ways: what Judge.ways has answered
    """

    host: object
    findings: list
    weight: float | None = None
    shares: dict = dataclasses.field(default_factory=dict)
    ways: list | None = None

    @property
    def fits(self):
        return not self.findings


class Judge:
    """Of one request; what is changed to try something is a copy.

    :param driver: decides which filters there are
    """

    def __init__(self, driver, request):
        self.driver = driver
        self.request = request

    def verdicts(self, hosts):
        """Answer a Verdict for each host: those that fit, best first, then the others."""
        filters = self._filters(self.request)
        found = [Verdict(host, _findings(filters, self.request, host)) for host in hosts]
        others = [one for one in found if not one.fits]
        return self._ranked([one for one in found if one.fits]) + others

    def _filters(self, request):
        return [one for one in self.driver.filters_for(request) if one.concerns(request)]

    def _ranked(self, fitting):
        if not fitting:
            return []
        of_host = {id(one.host): one for one in fitting}
        ranking = self.driver.ranking_of(self.request, [one.host for one in fitting])
        for host, weight in itertools.zip_longest(ranking.hosts, ranking.weights):
            one = of_host[id(host)]
            one.weight = None if weight is None else round(weight, reasons.DIGITS)
            one.shares = {share.name: round(share.of(self.request, host), reasons.DIGITS)
                          for share in ranking.shares}
        return [of_host[id(host)] for host in ranking.hosts]

    def ways(self, verdict):
        """Answer the ways in which a host could be made to fit: tuples of changes.

        The cheapest; the cheapest that changes nothing but the request; the
        cheapest that changes nothing but the cloud. They are not tried yet.
        """
        if verdict.ways is None:
            verdict.ways = self._ways(verdict)
        return verdict.ways

    def _ways(self, verdict):
        options = [remedies.against(one.condition, self.request, verdict.host, one.rejection)
                   for one in verdict.findings]
        ways = {}
        for wanted in (lambda _one: True, lambda one: one.host is None,
                       lambda one: one.host is not None):
            chosen = [next(filter(wanted, some), None) for some in options]
            if None not in chosen:
                way = tuple(dict.fromkeys(chosen))
                ways[frozenset(way)] = way
        return sorted(ways.values(), key=cost_of)

    def completed(self, way, host):
        """Try changes on a host, and add what is needed beside them.

        :returns: tuple of changes with which it fits, as far as their effect
            is known; None if there is none
        """
        for _round in range(ROUNDS):
            request, changed = changes.applied(way, self.request, host)
            left = self._left(way, request, changed)
            if not left:
                return way
            more = [remedies.against(one.condition, request, changed, one.rejection)[0]
                    for one in left]
            if not set(more) - set(way):
                return None
            way = tuple(dict.fromkeys((*way, *more)))
        return None

    def _left(self, way, request, host):
        """Answer what still stands against a host; what can't be tried is believed."""
        found = _findings(self._filters(request), request, host)
        believed = {one.kind for one in way if not one.can_be_tried}
        return [one for one in found if believed.isdisjoint(
            option.kind for option in remedies.against(
                one.condition, request, host, one.rejection))]

    def fitting_with(self, way, hosts):
        """Answer how many hosts fit if the request is changed so."""
        request = self.request
        for change in way:
            request = change.request_with(request)
        return len(plan.passing(self._filters(request), request, hosts))


def _findings(filters, request, host):
    """Answer one Finding a cause; two filters may have the same."""
    found = {}
    for condition in filters:
        rejection = condition.why_not(request, host)
        if rejection is not None:
            found.setdefault((rejection.cause.name, rejection.detail),
                             Finding(condition, rejection))
    return list(found.values())


def cost_of(way):
    """Answer what changes cost together."""
    return sum(change.cost for change in way)

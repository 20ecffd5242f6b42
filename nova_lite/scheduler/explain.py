# SPDX-License-Identifier: Apache-2.0
"""Where servers would go and why, what stands against the other hosts, what would help. Pure.

inquiry.py has read the hosts. The answer is a dict of plain values, the same
for the API, the command line and the messages between them.
"""

import collections
import dataclasses
import heapq

from nova_lite.scheduler import decision, plan, reasons, verdict

LIMIT = 20
"""Hosts that are told of, unless more are asked for."""

WAYS = 10
"""Ways to make a server fit that are told."""


@dataclasses.dataclass(frozen=True)
class Question:
    """What is to be explained.

    :ivar count: servers, all of the same request
    :ivar limit: hosts that are told of one by one
    :ivar only: names of the hosts that are told of; empty for the best and the nearest
    """

    count: int = 1
    limit: int = LIMIT
    only: frozenset = frozenset()


def answer(driver, request, hosts, question):
    """Answer a question as plain values.

    What is said of hosts holds for the first of the servers; if not all find
    room, for the first that does not. ``request`` and ``hosts`` are consumed.
    """
    judge = verdict.Judge(driver, request)
    found = judge.verdicts(hosts)
    made = plan.picks_for(driver, request, [one.host for one in found if one.fits],
                          question.count)
    missing = question.count - len(made.picks)
    if missing and made.picks:
        found = judge.verdicts(hosts)
    ways = [] if not missing else _ways(judge, found)
    return {
        'wanted': question.count, 'placed': len(made.picks),
        'reason': _reason(driver, request, hosts, (len(made.picks), question.count)),
        'placements': _placements(request, made), 'total_hosts': len(hosts),
        'fitting_hosts': sum(one.fits for one in found), 'causes': _causes(found),
        'changes': ways, 'hosts': _table(judge, found, made.picks, question)}


def _reason(driver, request, hosts, figures):
    """Answer why not all find room, None if they do."""
    placed, wanted = figures
    if placed == wanted:
        return None
    filters = [one for one in driver.filters_for(request) if one.concerns(request)]
    return decision.reason_for_operator(
        decision.explain(filters, request, hosts), request, placed=placed, wanted=wanted)


def _placements(request, made):
    return [reasons.placement(pick.host, pick.node, reason)
            for pick, reason in zip(made.picks, made.reasons, strict=True)]


# What stands against hosts


def _causes(found):
    """Answer what each cause does, the one with most hosts first."""
    tallies, finders, alone = {}, {}, collections.Counter()
    for one in found:
        for finding in one.findings:
            name = finding.cause.name
            finders.setdefault(name, finding.condition)
            tallies.setdefault(name, decision.Tally(finding.cause)).add(
                finding.rejection, one.host, len(one.findings))
            alone[name] += len(one.findings) == 1
    return [{
        'cause': name, 'filter': finders[name].name(),
        'text': decision.clause(tally, with_names=True), 'hosts': tally.count,
        'everywhere': tally.count == len(found), 'alone': alone[name],
        'nearest_host': tally.nearest_host, 'needed': tally.needed, 'nearest': tally.nearest,
        'unit': tally.cause.unit,
    } for name, tally in sorted(tallies.items(), key=lambda item: (-item[1].count, item[0]))]


# What would help


def _ways(judge, found):
    """Answer the ways to make a server fit, the cheapest first.

    Of each kind, the cheapest; none that needs more than what would do already.
    """
    best = {}
    for one in found:
        for way in judge.ways(one):
            kinds = frozenset(change.kind for change in way)
            cost = verdict.cost_of(way)
            if kinds not in best or cost < best[kinds][0]:
                best[kinds] = (cost, way, one.host)
    told, enough = [], []
    hosts = [one.host for one in found]
    for _cost, way, host in sorted(best.values(), key=lambda item: item[0]):
        whole = judge.completed(way, host)
        kinds = {change.kind for change in whole or ()}
        if whole and not any(other <= kinds for other in enough):
            enough.append(kinds)
            told.append(_way(judge, whole, host, hosts))
        if len(told) == WAYS:
            break
    return sorted(told, key=lambda one: (one['cost'], -one['fitting_hosts']))


def _way(judge, way, host, hosts):
    asks_only = all(change.host is None for change in way)
    return {**in_words(way), 'host': host.host,
            'fitting_hosts': judge.fitting_with(way, hosts) if asks_only else 1}


def in_words(way):
    """Answer changes that go together."""
    return {'text': '; and '.join(change.text for change in way),
            'cost': round(verdict.cost_of(way), 3), 'changes': [change.told() for change in way]}


# Host by host


def _table(judge, found, picks, question):
    """Answer what is said of each host: those that fit by weight, the others the nearest first.

    Of more than the limit, those that fit get at most half if there are others.
    """
    if question.only:
        found = [one for one in found if one.host.host in question.only]
    placed = collections.Counter(id(host) for host in picks)
    # What was chosen is worth telling, even if it is full now.
    chosen = [one for one in found if id(one.host) in placed]
    fitting = [one for one in found if one.fits and id(one.host) not in placed]
    others = [one for one in found if not one.fits and id(one.host) not in placed]
    first = chosen + fitting
    half = max(question.limit - len(others), question.limit // 2)
    first = first[:half]
    nearest = heapq.nsmallest(
        max(question.limit - len(first), 0), enumerate(others), key=lambda item: (
            _estimate(judge, item[1]), item[0]))
    return [_row(judge, one, placed[id(one.host)])
            for one in (*first, *(one for _index, one in nearest))]


def _estimate(judge, one):
    return verdict.cost_of(judge.ways(one)[0])


def _row(judge, one, placed):
    way = None
    if not one.fits:
        tried = (judge.completed(way, one.host) for way in judge.ways(one))
        way = min(filter(None, tried), key=verdict.cost_of, default=None)
    return {
        'host': one.host.host, 'node': one.host.node, 'zone': one.host.availability_zone,
        'fits': one.fits, 'placed': placed, 'weight': one.weight,
        'weighers': [{'name': name, 'weight': weight} for name, weight in one.shares.items()],
        'causes': [finding.told() for finding in one.findings],
        'change': None if way is None else in_words(way)}

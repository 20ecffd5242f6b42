# SPDX-License-Identifier: Apache-2.0
"""Which host each of several servers should go to: pure, on copies of the figures."""

import dataclasses

from nova_lite.scheduler import reasons


@dataclasses.dataclass
class Plan:
    """The choice for several servers.

    :ivar picks: the chosen hosts, fewer than asked for if room runs out
    :ivar ranked: all that could be had for the last of them, best first
    :ivar reasons: for each pick, why it and not the next best; see reasons.py
    """

    picks: list = dataclasses.field(default_factory=list)
    ranked: list = dataclasses.field(default_factory=list)
    reasons: list = dataclasses.field(default_factory=list)


def passing(filters, request, hosts, causes=None):
    """Answer the hosts that pass every filter.

    :param causes: Counter that gets the first cause of each of the others, by name
    """
    conditions = [condition.why_not for condition in filters if condition.concerns(request)]
    found = []
    # Loops, not generators: they run for each of thousands of hosts.
    for host in hosts:
        for why_not in conditions:
            rejection = why_not(request, host)
            if rejection is not None:
                if causes is not None:
                    causes[rejection.cause.name] += 1
                break
        else:
            found.append(host)
    return found


def picks_for(driver, request, hosts, count):
    """Choose a host for each of several equal servers, as far as there are any.

    Each server that is placed is counted on its host and in its server group,
    so that the next one sees less room there, and the group's policy holds.

    :param hosts: hosts that pass the filters
    :returns: Plan
    """
    filters = driver.filters_for(request)
    following = [condition for condition in filters if condition.sees_picks]
    hosts, made = list(hosts), Plan()
    while hosts and len(made.picks) < count:
        ranking = driver.ranking_of(request, hosts)
        best, made.ranked = ranking.hosts[0], ranking.hosts
        made.picks.append(best)
        made.reasons.append(reasons.reason_of(request, ranking))
        best.consume(request.amounts)
        request.note_pick(best)
        if not passing(filters, request, [best]):
            hosts.remove(best)
        hosts = passing(following, request, hosts)
    return made


def alternates_for(pick, ranked, number):
    """Answer [host, node] of the next best after a pick."""
    others = (host for host in ranked if host is not pick)
    return [[host.host, host.node] for host, _ in zip(others, range(number), strict=False)]

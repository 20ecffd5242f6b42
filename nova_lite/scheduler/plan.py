# SPDX-License-Identifier: Apache-2.0
"""Which host each of several servers should go to: pure, on copies of the figures."""


def passing(filters, request, hosts):
    """Answer the hosts that pass every filter."""
    conditions = [condition.why_not for condition in filters if condition.concerns(request)]
    return [host for host in hosts if _passes(conditions, request, host)]


def _passes(conditions, request, host):
    # A loop, not a generator: it runs for each of thousands of hosts.
    for why_not in conditions:  # noqa: SIM110
        if why_not(request, host) is not None:
            return False
    return True


def picks_for(driver, request, hosts, count):
    """Choose a host for each of several equal servers, as far as there are any.

    Each server that is placed is counted on its host and in its server group,
    so that the next one sees less room there, and the group's policy holds.

    :param hosts: hosts that pass the filters
    :returns: the chosen hosts, fewer than asked for if room runs out, and all
        that could be had for the last of them, best first
    """
    filters = driver.filters_for(request)
    following = [condition for condition in filters if condition.sees_picks]
    hosts, ranked, picks = list(hosts), [], []
    while hosts and len(picks) < count:
        ranked = driver.best_first(request, hosts)
        best = ranked[0]
        picks.append(best)
        best.consume(request.amounts)
        request.note_pick(best)
        if not passing(filters, request, [best]):
            hosts.remove(best)
        hosts = passing(following, request, hosts)
    return picks, ranked


def alternates_for(pick, ranked, number):
    """Answer [host, node] of the next best after a pick."""
    others = (host for host in ranked if host is not pick)
    return [[host.host, host.node] for host, _ in zip(others, range(number), strict=False)]

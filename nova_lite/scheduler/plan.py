# SPDX-License-Identifier: Apache-2.0
"""Which host each of several servers should go to: pure, on copies of the figures."""


def passing(filters, request, hosts):
    """Answer the hosts that pass every filter."""
    return [host for host in hosts if _passes(filters, request, host)]


def _passes(filters, request, host):
    return all(condition.why_not(request, host) is None for condition in filters)


def picks_for(driver, request, hosts, count):
    """Choose a host for each of several equal servers, as far as there are any.

    Each server that is placed is counted on its host, so that the next one
    sees less room there.

    :param hosts: hosts that pass the filters
    :returns: the chosen hosts, fewer than asked for if room runs out, and all
        that could be had for the last of them, best first
    """
    filters = driver.filters_for(request)
    hosts, ranked, picks = list(hosts), [], []
    while hosts and len(picks) < count:
        ranked = driver.best_first(request, hosts)
        best = ranked[0]
        picks.append(best)
        best.consume(request.amounts)
        if not _passes(filters, request, best):
            hosts.remove(best)
    return picks, ranked


def alternates_for(pick, ranked, number):
    """Answer [host, node] of the next best after a pick."""
    others = (host for host in ranked if host is not pick)
    return [[host.host, host.node] for host, _ in zip(others, range(number), strict=False)]

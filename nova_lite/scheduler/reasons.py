# SPDX-License-Identifier: Apache-2.0
"""Why a host and not the next best: as it is recorded, and in words. Pure."""

DIGITS = 4
"""Of weights; what differs by less was decided by the order of the hosts."""


def reason_of(request, ranking):
    """Answer why the first of a ranking is before the second, ready for the record.

    :param ranking: drivers.base.Ranking
    :returns: dict with ``next`` [host, node], ``weight`` and ``next_weight``,
        and ``shares``: weigher -> [the first's, the second's]; without a
        second host, or where nothing is weighed, less of it
    """
    if len(ranking.hosts) < 2:
        return {}
    first, second = ranking.hosts[:2]
    found = {'next': [second.host, second.node]}
    if ranking.weights:
        found['weight'], found['next_weight'] = (
            round(weight, DIGITS) for weight in ranking.weights[:2])
        found['shares'] = {
            share.name: [round(share.of(request, first), DIGITS),
                         round(share.of(request, second), DIGITS)] for share in ranking.shares}
    return found


def placement(host, node, reason):
    """Answer where a server goes, and why.

    :param reason: what reason_of answered, maybe read from a record
    """
    next_host, next_node = reason.get('next') or (None, None)
    return {
        'host': host, 'node': node, 'text': in_words(host, reason),
        'weight': reason.get('weight'), 'next_host': next_host, 'next_node': next_node,
        'next_weight': reason.get('next_weight'),
        'weighers': [{'name': name, 'weight': mine, 'next_weight': other}
                     for name, (mine, other) in reason.get('shares', {}).items()]}


def in_words(host, reason):
    """Answer a sentence that says why a host was before the next best."""
    if not reason:
        return f'{host} is the only host that fits.'
    other = reason['next'][0]
    if 'weight' not in reason:
        return f'{host} was drawn; {other} would have done, too.'
    mine, its = reason['weight'], reason['next_weight']
    compared = f'{host} weighs {mine:g}, {other} {its:g}'
    if mine == its:
        return f'{compared}: they are equal, and {host} is the first of them or was drawn.'
    if mine < its:
        return f'{compared}: {host} was drawn among the best.'
    gains = sorted(((round(one - two, DIGITS), name)
                    for name, (one, two) in reason['shares'].items() if one != two),
                   key=lambda gain: -abs(gain[0]))
    return f'{compared}: ' + ', '.join(f'{name} {gain:+g}' for gain, name in gains) + '.'


def recorded(row):
    """Answer the record of a decision for an answer, all but its time.

    :param row: of stores/decisions.py
    """
    return {
        'id': row['id'], 'operation_id': row['operation_id'], 'request_id': row['request_id'],
        'project_id': row['project_id'], 'request': row['request'],
        'considered_hosts': row['considered'], 'reason': row['message'],
        'causes': [_cause(name, what) for name, what in row['causes'].items()],
        'placements': [_placed(one) for one in row['selections']]}


def _cause(name, what):
    """Of a refusal, the record also has the nearest host of each cause."""
    kept = what if isinstance(what, dict) else {'hosts': what}
    return {'cause': name, **{key: kept.get(key) for key in (
        'hosts', 'detail', 'needed', 'nearest', 'nearest_host')}}


def _placed(one):
    why = one.get('why', {})
    told = placement(one['host'], one['node'], why)
    if not why and one['alternates']:
        # Made before reasons were kept.
        told['text'] = f'{one["host"]} was before {one["alternates"][0][0]}.'
    return {'server_id': one['consumer'], **told, 'alternates': [
        {'host': host, 'node': node} for host, node in one['alternates']]}

# SPDX-License-Identifier: Apache-2.0
"""The measurements. Each takes a Target and answers figures by name."""

import concurrent.futures
import os
import pathlib
import statistics
import time

from tests.live import cloud

POLL = 0.005
LIST_POLL = 0.05
AT_A_TIME = 10
PATIENCE = 120
IDLE_SECONDS = 15
BOOTS_COUNTED = 20
GETS_COUNTED = 100
DIGITS = 3


def boot(target, args):
    """Boot servers one at a time; the first, which fetches the image, does not count."""
    times, posts, ends = [], [], []
    for number in range(args.boots + 1):
        begin = time.perf_counter()
        server = _create(target, f'boot-{number}')
        posts.append(time.perf_counter() - begin)
        target.client.wait_until_active(server, poll=POLL, patience=PATIENCE)
        times.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        target.client.delete(server)
        target.client.wait_until_gone(server, poll=POLL, patience=PATIENCE)
        ends.append(time.perf_counter() - begin)
    return {f'{target.name}_boot_first_s': round(times[0], DIGITS),
            **_spread(f'{target.name}_boot', times[1:]),
            f'{target.name}_post_p50_s': round(statistics.median(posts[1:]), DIGITS),
            f'{target.name}_delete_p50_s': round(statistics.median(ends[1:]), DIGITS)}


def load(target, args):
    """Many servers at once, until all are active; then all of them away."""
    begin = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as pool:
        servers = list(pool.map(lambda number: _create(target, f'load-{number}'),
                                range(args.servers)))
        posted = time.perf_counter() - begin
        _wait_for_number(target, 'ACTIVE', len(servers))
        active = time.perf_counter() - begin
        begin = time.perf_counter()
        list(pool.map(target.client.delete, servers))
        _wait_for_number(target, None, 0)
        gone = time.perf_counter() - begin
    return {f'{target.name}_load_posts_per_s': round(len(servers) / posted, 1),
            f'{target.name}_load_servers_per_s': round(len(servers) / active, 1),
            f'{target.name}_load_deletes_per_s': round(len(servers) / gone, 1)}


def memory(target, _args):
    """Proportional set size of each daemon with all its processes, in MB."""
    sizes = {daemon.name if daemon.name in cloud.CONTROLLERS else 'compute':
             sum(map(_pss_kb, _family(daemon.pid))) / 1024
             for daemon in target.cloud.daemons.values()}
    return {'memory_pss_mb': round(sum(sizes.values())),
            **{f'memory_pss_{name}_mb': round(size) for name, size in sizes.items()}}


def counts(target, _args):
    """Statements and messages of a boot and of a look at a server, without those of idling."""
    warm = [_create(target, f'warm-{number}') for number in range(2)]
    for server in warm:
        target.client.wait_until_active(server)
    idle = _Counters(target)
    time.sleep(IDLE_SECONDS)
    idle_statements, idle_messages = idle.per_second()
    gets = _Counters(target)
    for _number in range(GETS_COUNTED):
        target.client.show(warm[0])
    per_get = gets.statements_beyond(idle_statements) / GETS_COUNTED
    boots, asked = _Counters(target), 0
    for number in range(BOOTS_COUNTED):
        asked += target.client.wait_until_active(_create(target, f'count-{number}'), poll=0.1)
    statements = boots.statements_beyond(idle_statements) - asked * per_get
    messages = boots.messages_beyond(idle_messages)
    kinds = boots.kinds()
    for server in target.client.servers():
        target.client.delete(server['id'])
    _wait_for_number(target, None, 0)
    return {'statements_per_boot': round(statements / BOOTS_COUNTED, 1),
            'messages_per_boot': round(messages / BOOTS_COUNTED, 1),
            'statements_per_get': round(per_get, 1),
            'statements_per_boot_by_kind_with_polls': kinds,
            'idle_statements_per_s': round(idle_statements, 1),
            'idle_messages_per_s': round(idle_messages, 1)}


class _Counters:
    """What database and broker have counted since this was made."""

    def __init__(self, target):
        self._target = target
        self._begin = time.monotonic()
        self._statements, self._messages = self._read()

    def _read(self):
        return self._target.database.statements(), self._target.broker.published()

    def _since(self):
        statements, messages = self._read()
        elapsed = time.monotonic() - self._begin
        return sum(statements.values()) - sum(self._statements.values()), (
            messages - self._messages), elapsed

    def kinds(self):
        """Answer the statements of each kind a boot, as they were counted."""
        return {kind: round((count - self._statements[kind]) / BOOTS_COUNTED, 1)
                for kind, count in self._read()[0].items()}

    def per_second(self):
        """Answer statements and messages a second."""
        statements, messages, elapsed = self._since()
        return statements / elapsed, messages / elapsed

    def statements_beyond(self, rate):
        """Answer the statements that idling at that rate does not explain."""
        statements, _messages, elapsed = self._since()
        return statements - rate * elapsed

    def messages_beyond(self, rate):
        """Answer the messages that idling at that rate does not explain."""
        _statements, messages, elapsed = self._since()
        return messages - rate * elapsed


def _create(target, name):
    return target.client.create(name, target.image, target.flavor, target.networks)


def _wait_for_number(target, status, wanted):
    """Wait until so many of the project's servers have a status; with None, are there at all."""
    query = '?limit=1000' + (f'&status={status}' if status else '')
    deadline = time.monotonic() + PATIENCE
    while len(target.client.send('GET', f'/servers{query}')['servers']) != wanted:
        if time.monotonic() > deadline:
            raise AssertionError(f'there are never {wanted} servers {status or "in all"}')
        time.sleep(LIST_POLL)


def _spread(name, times):
    ordered = sorted(times)
    return {f'{name}_p50_s': round(statistics.median(ordered), DIGITS),
            f'{name}_p95_s': round(ordered[int(len(ordered) * 0.95)], DIGITS),
            f'{name}_min_s': round(ordered[0], DIGITS)}


def _family(pid):
    """Answer a process and all that it has started."""
    children = pathlib.Path(f'/proc/{pid}/task').glob('*/children')
    found = [pid]
    for listed in children:
        for child in listed.read_text(encoding='ascii').split():
            found += _family(int(child))
    return found


def _pss_kb(pid):
    for line in pathlib.Path(f'/proc/{pid}/smaps_rollup').read_text(encoding='ascii').splitlines():
        if line.startswith('Pss:'):
            return int(line.split()[1])
    raise OSError(f'process {pid} of {os.getpid()} tells no Pss')

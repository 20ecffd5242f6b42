# SPDX-License-Identifier: Apache-2.0
"""Boots and deletes: one at a time, several at a time, a hundred by one request."""

import concurrent.futures
import statistics
import time

POLL = 0.005
LIST_POLL = 0.05
AT_A_TIME = 10
BATCH = 100
PAGE = 1000
PATIENCE = 120
DIGITS = 3


def boot(target, args):
    """Boot servers one at a time; the first, which fetches the image, does not count."""
    times, posts, ends = [], [], []
    for number in range(args.boots + 1):
        begin = time.perf_counter()
        server = create(target, f'boot-{number}')
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
    """Many servers, ten requests at a time, until all are active; then all of them away."""
    posted, active = load_servers(target, args.servers)
    return {f'{target.name}_load_posts_per_s': round(args.servers / posted, 1),
            f'{target.name}_load_servers_per_s': round(args.servers / active, 1),
            f'{target.name}_load_deletes_per_s': round(
                args.servers / delete_all(target), 1)}


def load_servers(target, number):
    """Boot servers, ten at a time; answer the seconds until all are posted, and active."""
    begin = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as pool:
        list(pool.map(lambda each: create(target, f'load-{each}'), range(number)))
    posted = time.perf_counter() - begin
    wait_for_number(target, 'ACTIVE', number)
    return posted, time.perf_counter() - begin


def batch(target, _args):
    """A hundred servers by one request."""
    begin = time.perf_counter()
    create(target, 'batch', min_count=BATCH, max_count=BATCH)
    posted = time.perf_counter() - begin
    wait_for_number(target, 'ACTIVE', BATCH)
    active = time.perf_counter() - begin
    delete_all(target)
    return {f'{target.name}_batch_post_s': round(posted, DIGITS),
            f'{target.name}_batch_servers_per_s': round(BATCH / active, 1)}


def populate(target, number):
    """Boot servers until the project has so many."""
    missing = number - len(ids(target))
    while missing > 0:
        count = min(BATCH, missing)
        create(target, 'crowd', min_count=count, max_count=count)
        missing -= count
        wait_for_number(target, 'ACTIVE', number - missing)


def delete_all(target):
    """Delete the servers of the project, ten at a time; answer the seconds until they are gone."""
    servers = ids(target)
    begin = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as pool:
        list(pool.map(target.client.delete, servers))
    wait_for_number(target, None, 0)
    return time.perf_counter() - begin


def ids(target, query=''):
    """Answer the ids of the project's servers, of the newest page: no crowd is larger."""
    page = target.client.send('GET', f'/servers?limit={PAGE}{query}')['servers']
    return [server['id'] for server in page]


def create(target, name, **more):
    """Ask for a server; answer its id."""
    return target.client.create(name, target.image, target.flavor, target.networks, **more)


def wait_for_number(target, status, wanted):
    """Wait until so many of the project's servers have a status; with None, are there at all."""
    deadline = time.monotonic() + PATIENCE
    while len(ids(target, f'&status={status}' if status else '')) != wanted:
        if time.monotonic() > deadline:
            raise AssertionError(f'there are never {wanted} servers {status or "in all"}')
        time.sleep(LIST_POLL)


def _spread(name, times):
    ordered = sorted(times)
    return {f'{name}_p50_s': round(statistics.median(ordered), DIGITS),
            f'{name}_p95_s': round(ordered[int(len(ordered) * 0.95)], DIGITS),
            f'{name}_min_s': round(ordered[0], DIGITS)}

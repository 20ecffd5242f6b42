# SPDX-License-Identifier: Apache-2.0
"""What it costs that tokens are Keystone's: the API's answers by both strategies, and the ratio.

Two API daemons of one cloud are asked by turns, one that believes its callers and one that
trusts a real Keystone and has kept what it says, so that both see the same machine.
"""

import dataclasses
import statistics

from tests.bench import boots, daemons, requests
from tests.live import companions, compute_client

CLIENTS = 8
TURNS = 3
SECONDS = 2
USER, PROJECT = 'bench', 'bench'
TRUSTING = 'api with keystone'
API = {'noauth2': 'api', 'keystone': TRUSTING}
MICROSECONDS = 1e6
PATHS = {'flavors_detail': '/flavors/detail', 'list_1': '/servers?limit=1000',
         'one_server': '/servers/{}'}


def identity(target, _args):
    """Ask for flavors, for a list and for one server, of a project with one server."""
    strategies = {'noauth2': target, 'keystone': _trusting(target, companions.lend())}
    for each in strategies.values():
        boots.populate(each, 1)
        # Each worker asks Keystone once, which is not what is measured.
        requests.wrk(each, f'{each.client.prefix}/flavors', CLIENTS)
    found = {}
    for name, path in PATHS.items():
        for figure, number in _compare(strategies, path).items():
            found[f'{target.name}_{name}_{figure}'] = number
    boots.delete_all(target)
    target.cloud.daemons.pop(TRUSTING).stop()
    return found


def _compare(strategies, path):
    """Answer requests a second and processor time of the API for one, by strategy."""
    rates, costs = ({strategy: [] for strategy in strategies} for _ in range(2))
    for _ in range(TURNS):
        for strategy, target in strategies.items():
            rate, cost = _measure(target, API[strategy], path.format(boots.ids(target)[0]))
            rates[strategy].append(rate)
            costs[strategy].append(cost)
    found = {'keystone_ratio': round(statistics.median(
        after / before for before, after in zip(*rates.values(), strict=True)), 3)}
    for strategy in strategies:
        found[f'{strategy}_8_per_s'] = statistics.median(rates[strategy])
        found[f'{strategy}_api_cpu_us'] = statistics.median(costs[strategy])
    return found


def _measure(target, api, path):
    """Answer requests a second, and microseconds of the daemon's processor time for each."""
    processes = daemons.family(target.cloud.daemons[api].pid)
    before = daemons.cpu_seconds(processes)
    report = requests.wrk(target, f'{target.client.prefix}{path}', CLIENTS, SECONDS)
    if report['failed']:
        raise AssertionError(f'GET {path}: {report["failed"]} answers were no success')
    used = daemons.cpu_seconds(processes) - before
    return (round(report['requests'] / report['seconds'], 1),
            round(used / report['requests'] * MICROSECONDS))


def _trusting(target, keystone):
    """Start an API daemon that trusts Keystone; answer a target with a token of it."""
    keystone.add_project(PROJECT)
    keystone.add_user(USER, PROJECT, 'member', 'reader')
    port = target.cloud.add_api(TRUSTING, {**keystone.nova_options(),
                                           'image': {'store': 'files'}})
    return dataclasses.replace(target, client=compute_client.Client(
        '127.0.0.1', port, keystone.session(USER, PROJECT).get_token()))

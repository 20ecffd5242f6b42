# SPDX-License-Identifier: Apache-2.0
"""The API's answers: how many a second, and how long one takes. Asked by wrk."""

import json
import pathlib
import shutil
import subprocess

from tests.bench import boots
from tests.live import services

REPORT = pathlib.Path(__file__).parent / 'report.lua'
CLIENTS = (1, 8)
SECONDS = 5
CROWDS = (0, 100, 1000)
"""Numbers of servers in the project whose lists are measured."""


def requests(target, args):
    """Ask for versions, flavors, one server, and lists of more and more servers."""
    if shutil.which('wrk') is None:
        raise services.Unavailable('wrk is not installed (the package of the same name)')
    boots.delete_all(target)
    found = {'versions': _ask(target, '/', from_root=True),
             'flavors_detail': _ask(target, '/flavors/detail')}
    for crowd in [crowd for crowd in CROWDS if crowd <= args.crowd]:
        boots.populate(target, crowd)
        if crowd and 'one_server' not in found:
            found['one_server'] = _ask(target, f'/servers/{boots.ids(target)[0]}')
        found[f'list_{crowd}'] = _ask(target, '/servers?limit=1000')
        found[f'detail_{crowd}'] = _ask(target, '/servers/detail?limit=1000')
    boots.delete_all(target)
    return {f'{target.name}_get_{path}_{name}': figure
            for path, figures in found.items() for name, figure in figures.items()}


def _ask(target, path, *, from_root=False):
    """Answer rate and latency of an address, for each number of clients."""
    found = {}
    for clients in CLIENTS:
        report = wrk(target, path if from_root else f'{target.client.prefix}{path}', clients)
        if report['failed']:
            raise AssertionError(f'GET {path}: {report["failed"]} answers were no success')
        found[f'{clients}_per_s'] = round(report['requests'] / report['seconds'], 1)
        found[f'{clients}_p50_ms'] = round(report['p50_ms'], 2)
        found[f'{clients}_p99_ms'] = round(report['p99_ms'], 2)
    return found


def wrk(target, path, clients, seconds=SECONDS):
    """Ask for a path again and again; answer what report.lua says of it."""
    host, port = target.client.address
    headers = [text for name, value in target.client.headers.items()
               for text in ('-H', f'{name}: {value}')]
    done = subprocess.run(
        ['wrk', '-t', '1', '-c', str(clients), '-d', f'{seconds}s', '-s', str(REPORT), *headers,
         f'http://{host}:{port}{path}'],
        capture_output=True, text=True, check=True, timeout=seconds * 10)
    return json.loads(done.stdout.splitlines()[-1])

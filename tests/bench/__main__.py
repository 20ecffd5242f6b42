# SPDX-License-Identifier: Apache-2.0
"""Measure, print, keep: ``python -m tests.bench [parts]``.

Parts: counts (statements and messages), boot, load, memory, libvirt; all of
them without a name. The bench starts a cloud of its own with its own RabbitMQ
and MariaDB, so it must be root. With --endpoint it measures any
Nova-compatible API instead, with boot and load only, by HTTP.

Figures go to tests/bench/results/, the last ones also to latest.json there.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import sys
import urllib.parse

from tests.bench import goals, measures, targets
from tests.live import compute_client

RESULTS = pathlib.Path(__file__).parent / 'results'
FAKE_PARTS = {'counts': measures.counts, 'boot': measures.boot, 'load': measures.load,
              'memory': measures.memory}
HTTP_PARTS = ('boot', 'load')
PARTS = (*FAKE_PARTS, 'libvirt')


def main():
    """Run the chosen parts; answer the exit code."""
    args = _arguments()
    chosen = args.parts or (HTTP_PARTS if args.endpoint else PARTS)
    found = {}
    if args.endpoint:
        found.update(_run(_foreign(args), [part for part in HTTP_PARTS if part in chosen], args))
    else:
        fake = [part for part in FAKE_PARTS if part in chosen]
        if fake:
            with targets.own_cloud_of_fake_nodes() as target:
                found.update(_run(target, fake, args))
        if 'libvirt' in chosen:
            with targets.own_cloud_of_libvirt() as target:
                found.update(_run(target, ['boot'], args))
    path = _keep(found)
    print(goals.table(found))
    print(f'Kept in {path}')
    return 0


def _arguments():
    parser = argparse.ArgumentParser(
        prog='python -m tests.bench', description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('parts', nargs='*', choices=[*PARTS, []], metavar='part')
    parser.add_argument('--boots', type=int, default=30, help='servers booted one at a time')
    parser.add_argument('--servers', type=int, default=200, help='servers of the load')
    parser.add_argument('--endpoint', help='such as http://127.0.0.1:8774/v2.1')
    parser.add_argument('--token', default='admin:admin', help='X-Auth-Token')
    parser.add_argument('--image', help='id of an image')
    parser.add_argument('--flavor', help='id of a flavor')
    parser.add_argument('--network', default='auto', help='auto, none, or the id of a network')
    args = parser.parse_args()
    if args.endpoint and not (args.image and args.flavor):
        parser.error('--endpoint needs --image and --flavor')
    return args


def _foreign(args):
    url = urllib.parse.urlsplit(args.endpoint)
    networks = args.network if args.network in ('auto', 'none') else [{'uuid': args.network}]
    return targets.Target(
        name='endpoint', image=args.image, flavor=args.flavor, networks=networks,
        client=compute_client.Client(url.hostname, url.port or 80, args.token, prefix=url.path))


def _run(target, parts, args):
    found = {}
    for part in parts:
        print(f'{part} ({target.name}) ...', file=sys.stderr, flush=True)
        found.update(FAKE_PARTS[part](target, args))
    return found


def _keep(found):
    RESULTS.mkdir(exist_ok=True)
    now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    record = {'when': now.isoformat(), 'command': sys.argv[1:], 'cpus': os.cpu_count(),
              'load_before': os.getloadavg()[2], 'python': platform.python_version(),
              'figures': found}
    text = json.dumps(record, indent=2) + '\n'
    path = RESULTS / f'{now:%Y%m%dT%H%M%SZ}.json'
    path.write_text(text, encoding='utf-8')
    (RESULTS / 'latest.json').write_text(text, encoding='utf-8')
    return path


if __name__ == '__main__':
    sys.exit(main())

# SPDX-License-Identifier: Apache-2.0
"""Measure, print, keep: ``python -m tests.bench [parts]``.

Parts: start, idle, counts (statements, messages, bytes), boot, load, batch (a
hundred servers by one request), requests, identity (requests with tokens of
Keystone beside noauth2), memory, scheduler, libvirt; all of
them without a name. The bench starts a cloud of its own with its own RabbitMQ
and MariaDB, so it must be root. With --endpoint it measures any
Nova-compatible API instead, by HTTP: boot, load, batch and requests; the
project of the token needs a quota for the servers (--servers, --crowd).

Figures go to tests/bench/results/ as JSON and as a page with plots, the last
ones also to latest.json and latest.html there. --compare puts the figures of
another run beside them.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import sys
import urllib.parse

from tests.bench import goals, measures, page, targets
from tests.live import compute_client

RESULTS = pathlib.Path(__file__).parent / 'results'
LIBVIRT = 'libvirt'
PARTS = (*measures.OWN, LIBVIRT)


def main():
    """Run the chosen parts; answer the exit code."""
    args = _arguments()
    chosen = args.parts or (measures.HTTP if args.endpoint else PARTS)
    found = {}
    if args.endpoint:
        found.update(_run(_foreign(args), measures.HTTP, chosen, args))
    else:
        if any(part in chosen for part in measures.OWN):
            with targets.own_cloud_of_fake_nodes() as target:
                found.update(_run(target, measures.OWN, chosen, args))
        if LIBVIRT in chosen:
            with targets.own_cloud_of_libvirt() as target:
                found.update(_run(target, measures.OWN, ['boot'], args))
    path = _keep(found, args.compare)
    print(goals.table(found))
    print(f'Kept in {path} and {path.with_suffix(".html")}')
    return 0


def _arguments():
    parser = argparse.ArgumentParser(
        prog='python -m tests.bench', description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('parts', nargs='*', choices=[*PARTS, []], metavar='part')
    parser.add_argument('--boots', type=int, default=30, help='servers booted one at a time')
    parser.add_argument('--servers', type=int, default=200, help='servers of the load')
    parser.add_argument('--crowd', type=int, default=1000,
                        help='servers of the longest list that is measured')
    parser.add_argument('--hosts', type=int, default=10000,
                        help='the largest number of hosts that the scheduler chooses among')
    parser.add_argument('--compare', type=pathlib.Path, action='append', default=[],
                        help='figures of another run (JSON), for the page')
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


def _run(target, parts, chosen, args):
    found = {}
    for part in [part for part in parts if part in chosen]:
        print(f'{part} ({target.name}) ...', file=sys.stderr, flush=True)
        found.update(parts[part](target, args))
    return found


def _keep(found, others):
    """Write the figures down; answer the path of the JSON."""
    RESULTS.mkdir(exist_ok=True)
    now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    record = {'when': now.isoformat(), 'command': sys.argv[1:], 'cpus': os.cpu_count(),
              'load_before': os.getloadavg()[2], 'python': platform.python_version(),
              'figures': found}
    text = json.dumps(record, indent=2) + '\n'
    shown = page.render([('nova_lite', record), *(
        (other.stem, json.loads(other.read_text(encoding='utf-8'))) for other in others)])
    path = RESULTS / f'{now:%Y%m%dT%H%M%SZ}.json'
    for place in (path, RESULTS / 'latest.json'):
        place.write_text(text, encoding='utf-8')
        place.with_suffix('.html').write_text(shown, encoding='utf-8')
    return path


if __name__ == '__main__':
    sys.exit(main())

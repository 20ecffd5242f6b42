# SPDX-License-Identifier: Apache-2.0
"""Where the processor's time goes: ``python -m tests.bench.profile [paths]``.

Each path is driven twice. The first time nobody looks, and the processes'
counters tell what a request costs; the second time py-spy tells where. Time in
the kernel (sockets, threads) is in the cost alone. The daemons are real, with a
MariaDB and a RabbitMQ of their own, so it must be root; a choice among many
hosts is made in this process, as the bench does. Shares come with an error of
one to two points.
"""

import argparse
import csv
import dataclasses
import os
import pathlib
import sys
import typing

from tests.bench import boots, daemons, layers, requests, samples, scheduling, targets

KEPT = pathlib.Path(__file__).parents[2] / 'doc/source/contributor/profiles'
CLIENTS = 8
MICROSECONDS = 10 ** 6


@dataclasses.dataclass
class Cost:
    """What one request of a path costs one daemon.

    :ivar user: microseconds in the program, ``system``: in the kernel
    """

    user: float
    system: float
    samples: samples.Samples

    def shares(self):
        """Answer layer -> part of the samples in percent."""
        total = self.samples.total or 1
        found = self.samples.by(layers.of_stack)
        return {layer: found[layer] / total * 100 for layer in layers.NAMES}


@dataclasses.dataclass(frozen=True)
class Path:
    """What is profiled.

    :ivar crowd: servers that there are before
    :ivar drive: function (target, args) that answers how many requests it has done
    :ivar clear: whether the servers are deleted afterwards, unmeasured
    """

    title: str
    drive: typing.Callable
    crowd: typing.Callable = lambda _args: 0
    clear: bool = False


def _get(path):
    """Answer what asks for an address; ``{one}`` in it is a server of the project."""
    def drive(target, args):
        server = boots.ids(target)[0] if '{one}' in path else None
        report = requests.wrk(target, target.client.prefix + path.format(one=server), CLIENTS,
                              args.seconds)
        if report['failed']:
            raise AssertionError(f'{path}: {report["failed"]} answers were no success')
        return report['requests']
    return drive


def _boot(target, args):
    boots.load_servers(target, args.servers)
    return args.servers


def _delete(target, args):
    boots.delete_all(target)
    return args.servers


PATHS = {
    'list': Path('GET /servers, none there', _get('/servers')),
    'flavors': Path('GET /flavors/detail', _get('/flavors/detail')),
    'one': Path('GET /servers/{id}', _get('/servers/{one}'), crowd=lambda _args: 1),
    'detail': Path('GET /servers/detail, 1,000', _get('/servers/detail?limit=1000'),
                   crowd=lambda _args: 1000),
    'boot': Path('POST /servers until ACTIVE', _boot, clear=True),
    'delete': Path('DELETE until gone', _delete, crowd=lambda args: args.servers),
}
CHOICES = {'choice-1000': 1000, 'choice-5000': 5000}


def main():
    """Profile the chosen paths."""
    args = _arguments()
    chosen = args.paths or [*PATHS, *CHOICES]
    if any(name in PATHS for name in chosen):
        with targets.own_cloud_of_fake_nodes() as target:
            for name in [name for name in PATHS if name in chosen]:
                _tell(name, PATHS[name].title, _profile(target, PATHS[name], args), args)
    for name in [name for name in CHOICES if name in chosen]:
        _tell(name, f'select_destinations, {CHOICES[name]:,} hosts',
              _profile_choice(CHOICES[name], args), args)
    return 0


def _arguments():
    parser = argparse.ArgumentParser(
        prog='python -m tests.bench.profile', description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('paths', nargs='*', choices=[*PATHS, *CHOICES, []], metavar='path',
                        help=f'of {", ".join([*PATHS, *CHOICES])}; all without one')
    parser.add_argument('--seconds', type=int, default=15, help='that GETs take')
    parser.add_argument('--servers', type=int, default=200, help='booted or deleted')
    parser.add_argument('--choices', type=int, default=200, help='of a host')
    parser.add_argument('--top', type=int, default=20, help='functions shown of each daemon')
    parser.add_argument('--keep', action='store_true', help=f'the shares, as CSV in {KEPT}')
    return parser.parse_args()


def _profile(target, path, args):
    """Answer daemon -> Cost, of the daemons that a path concerns."""
    pids = {daemons.kind(name): daemon.pid for name, daemon in target.cloud.daemons.items()}
    boots.delete_all(target)
    # What a daemon does only once is no part of a request.
    _prepared(target, path, args)
    path.drive(target, args)
    _prepared(target, path, args)
    before = _times(pids)
    number = path.drive(target, args)
    used = _used(before, _times(pids), number)
    _prepared(target, path, args)
    with samples.of(pids) as found:
        path.drive(target, args)
    boots.delete_all(target)
    whole = sum(map(sum, used.values()))
    return {name: Cost(*used[name], found[name]) for name in pids if sum(used[name]) > whole / 50}


def _prepared(target, path, args):
    if path.clear:
        boots.delete_all(target)
    boots.populate(target, path.crowd(args))


def _profile_choice(hosts, args):
    with scheduling.own_database() as context:
        scheduling.add_hosts(context, range(hosts))
        own = {'scheduler': os.getpid()}
        scheduling.choose(context, 2)
        before = _times(own)
        scheduling.choose(context, args.choices)
        used = _used(before, _times(own), args.choices)
        with samples.of(own) as found:
            scheduling.choose(context, args.choices)
    return {name: Cost(*used[name], found[name]) for name in own}


def _times(pids):
    return {name: daemons.cpu_times(daemons.family(pid)) for name, pid in pids.items()}


def _used(before, after, number):
    """Answer name -> microseconds (user, system) a request."""
    return {name: tuple((now - then) / number * MICROSECONDS
                        for then, now in zip(before[name], after[name], strict=True))
            for name in before}


def _tell(name, subject, costs, args):
    for daemon, cost in costs.items():
        print(f'\n{subject}: {daemon}, {cost.user:.0f} us + {cost.system:.0f} us in the kernel a '
              f'request, {cost.samples.total} samples')
        for layer, share in sorted(cost.shares().items(), key=lambda pair: -pair[1]):
            if share >= 0.1:
                print(f'  {share:5.1f} %  {layer}')
        for title, counted in (('own time', cost.samples.own()),
                               ('cumulative time', cost.samples.cumulative()),
                               ('time for whom', cost.samples.for_whom())):
            print(f'  {title}')
            for (function, file), number in counted.most_common(args.top):
                print(f'  {number / cost.samples.total * 100:5.1f} %  {function} ({file})')
    sys.stdout.flush()
    if args.keep:
        _keep(KEPT / f'{name}.csv', costs)


def _keep(path, costs):
    """Write the shares down for the documentation: a row a layer, a column a daemon."""
    path.parent.mkdir(exist_ok=True)
    shares = {daemon: cost.shares() for daemon, cost in costs.items()}
    with open(path, 'w', encoding='utf-8', newline='') as file:
        writer = csv.writer(file, lineterminator='\n')
        writer.writerow(['', *costs])
        for unit in ('user', 'system'):
            writer.writerow([f'{unit}, microseconds', *(
                f'{getattr(cost, unit):.0f}' for cost in costs.values())])
        for layer in layers.NAMES:
            row = [f'{shares[daemon][layer]:.0f} %' for daemon in costs]
            if any(cell != '0 %' for cell in row):
                writer.writerow([layer, *row])


if __name__ == '__main__':
    sys.exit(main())

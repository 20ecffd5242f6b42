# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage scheduler``: why a server went where it is, why it found no host, what if.

It asks the database itself, with the filters and weighers that the
configuration here names: no scheduler has to be running.
"""

import argparse

from oslo_config import cfg

from nova_lite import objects
from nova_lite.cmd.manage import connections, printing
from nova_lite.db.stores import decisions
from nova_lite.scheduler import (
    aggregates,
    drivers,
    explain,
    inquiry,
    reasons,
    what_if,
    wish,
)

CONF = cfg.CONF

CLASSES = ('VCPU', 'MEMORY_MB', 'DISK_GB')
HOST_COLUMNS = ('host', 'zone', 'fits', 'placed', 'weight', 'stands against it', 'would help')
CAUSE_COLUMNS = ('cause', 'hosts', 'only cause', 'nearest host', 'needed', 'nearest')
WAY_COLUMNS = ('change', 'cost', 'hosts that fit then')
EVERYWHERE = ' (everywhere)'


def register(subparsers):
    """Add the family's parser."""
    family = subparsers.add_parser('scheduler', help='why servers go where they go')
    commands = family.add_subparsers(metavar='COMMAND', required=True)
    _register_explain(commands)
    _register_what_if(commands)


def _register_explain(commands):
    parser = commands.add_parser(
        'explain', help='what the scheduler decided, and what it would decide now')
    subject = parser.add_mutually_exclusive_group(required=True)
    subject.add_argument('--server', metavar='UUID', help='the newest decision on a server')
    subject.add_argument('--decision', metavar='ID', type=int, help='a decision by its number')
    subject.add_argument('--operation', metavar='ID', type=int,
                         help='the newest decision of an operation')
    subject.add_argument('--request-id', metavar='REQ', help="the newest one of a user's request")
    _add_hosts(parser)
    parser.set_defaults(run=run_explain)


def _register_what_if(commands):
    parser = commands.add_parser(
        'what-if', help='where servers would go; nothing is claimed or written')
    asked = parser.add_argument_group('what is asked for')
    for name, metavar, text in (
            ('--flavor', 'ID', 'flavor'), ('--image', 'ID', 'image'),
            ('--zone', 'ZONE[:HOST[:NODE]]', 'availability zone; a host after it is forced'),
            ('--project', 'ID', 'project that asks'),
            ('--requested-host', 'NAME', 'host that has to pass the filters')):
        asked.add_argument(name, metavar=metavar, help=text)
    for name, text in (('--vcpus', 'vCPUs'), ('--ram', 'MB of memory'), ('--disk', 'GB of disk')):
        asked.add_argument(name, metavar='N', type=_amount,
                           help=f"{text} instead of the flavor's")
    asked.add_argument('--count', metavar='N', type=_positive, default=1,
                       help='servers (default: 1)')
    _repeated(asked, '--hint', 'KEY=VALUE', 'scheduler hint', type=_pair)
    _repeated(asked, '--extra-spec', 'KEY=VALUE', "extra spec beside the flavor's", type=_pair)
    _repeated(asked, '--ignore-host', 'NAME', 'host to avoid')
    supposed = parser.add_argument_group('what is supposed of the cloud')
    _repeated(supposed, '--without-host', 'NAME', 'a host that is not there')
    _repeated(supposed, '--disable-host', 'NAME', 'a host that is disabled')
    _repeated(supposed, '--enable-host', 'NAME', 'a host that is enabled and up')
    _repeated(supposed, '--add-host', 'NAME:VCPUS:MB:GB[:ZONE[:LIKE]]',
              'a host more, like another one (the first that is up)', type=_new_host)
    _repeated(supposed, '--ratio', 'CLASS=RATIO',
              'allocation ratio on all hosts, such as VCPU=8', type=_ratio)
    _add_hosts(parser)
    parser.set_defaults(run=run_what_if)


def _repeated(parser, name, metavar, text, **options):
    parser.add_argument(name, metavar=metavar, action='append', default=[],
                        help=f'{text}; may be repeated', **options)


def _add_hosts(parser):
    parser.add_argument('--host', metavar='NAME', action='append', default=[],
                        help='tell of this host; may be repeated (default: the best and those '
                             'that come nearest)')
    parser.add_argument('--limit', metavar='N', type=_positive, default=explain.LIMIT,
                        help=f'hosts to tell of (default: {explain.LIMIT})')
    printing.add_format(parser)


# Values


def _amount(text):
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f'{text} is less than nothing')
    return number


def _positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f'{text} is less than 1')
    return number


def _pair(text):
    name, equals, value = text.partition('=')
    if not name or not equals:
        raise argparse.ArgumentTypeError(f'{text} is not KEY=VALUE')
    return name, value


def _ratio(text):
    name, value = _pair(text)
    number = float(value)
    if not 0 < number < float('inf'):
        raise argparse.ArgumentTypeError(f'{value} is no ratio')
    return name, number


def _new_host(text):
    name, *rest = text.split(':')
    if not name or not 3 <= len(rest) <= 5:
        raise argparse.ArgumentTypeError(f'{text} is not NAME:VCPUS:MB:GB[:ZONE[:LIKE]]')
    zone, like = [*rest[3:], '', ''][:2]
    return what_if.NewHost(name, dict(zip(CLASSES, map(_amount, rest[:3]), strict=True)),
                           like or None, zone or None)


def _by_name(pairs):
    """Answer name -> value; a name that comes several times has a list."""
    found = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


# Commands


def run_explain(args):
    """Print the record, and what would be decided now.

    :raises DecisionNotFound: if there is none
    """
    operator = connections.operator()
    found = _inquiry().explain(operator, inquiry.Subject(
        decision_id=args.decision, server_id=args.server, operation_id=args.operation,
        request_id=args.request_id), _question(args, 1))
    number = found.pop('decision')
    row = number and decisions.get(operator, number)
    record = row and {**reasons.recorded(row), 'created_at': row['created_at']}
    if args.format != printing.TABLE:
        _print_plain(args, {'decision': record, 'now': found})
        return
    if record:
        _print_record(record, args.server)
    else:
        print('No decision is on record, or it is archived; this is what the server asks for.')
    print('\nNow:')
    _print_answer(args, found)


def run_what_if(args):
    """Print where the servers would go.

    :raises NotFound: if there is no such flavor or image
    :raises InvalidInput: if what is supposed contradicts what there is
    """
    operator = connections.operator()
    wanted = wish.Wish(
        project_id=args.project or '', flavor_id=args.flavor, vcpus=args.vcpus,
        memory_mb=args.ram, disk_gb=args.disk, image_id=args.image, zone=args.zone,
        host=args.requested_host, ignore_hosts=tuple(args.ignore_host), hints=_by_name(args.hint))
    spec = wanted.spec(operator)
    spec.flavor.extra_specs = {**spec.flavor.extra_specs, **dict(args.extra_spec)}
    supposed = what_if.Supposed(
        without_hosts=tuple(args.without_host), disable_hosts=tuple(args.disable_host),
        enable_hosts=tuple(args.enable_host), add_hosts=tuple(args.add_host),
        allocation_ratios=dict(args.ratio))
    found = _inquiry().what_if(operator, spec, supposed, _question(args, args.count))
    if args.format != printing.TABLE:
        _print_plain(args, found)
        return
    _print_answer(args, found)


def _inquiry():
    objects.register_all()
    return inquiry.Inquiry(drivers.configured(), aggregates.Aggregates())


def _question(args, count):
    return explain.Question(count=count, limit=args.limit, only=frozenset(args.host))


# Printing


def _print_plain(args, found):
    """JSON has all; lines of values have the hosts."""
    if args.format == printing.JSON:
        printing.record(args, found)
    else:
        printing.rows(args, HOST_COLUMNS, _host_rows(found.get('now', found)))


def _print_record(record, server):
    print(f'Decision {record["id"]} of {record["created_at"]} for operation '
          f'{record["operation_id"]}, request {record["request_id"]}: looked at '
          f'{record["considered_hosts"]} host(s).')
    if record['reason']:
        print(f'No host: {record["reason"]}')
    for one in record['placements']:
        if server in (None, one['server_id']):
            others = ', '.join(other['host'] for other in one['alternates'])
            print(f'Server {one["server_id"]}: {one["text"]}'
                  f'{f" Alternates: {others}." if others else ""}')


def _print_answer(args, found):
    print(f'{found["placed"]} of {found["wanted"]} server(s) would find room; '
          f'{found["fitting_hosts"]} of {found["total_hosts"]} host(s) fit'
          f'{" the next one" if found["reason"] and found["placed"] else ""}.')
    for number, one in enumerate(found['placements'], start=1):
        print(f'Server {number}: {one["text"]}')
    if found['reason']:
        print(found['reason'])
    _print_section(args, 'What stands against hosts:', CAUSE_COLUMNS, [
        {'cause': one['text'] + (EVERYWHERE if one['everywhere'] else ''), 'hosts': one['hosts'],
         'only cause': one['alone'], 'nearest host': one['nearest_host'],
         'needed': one['needed'], 'nearest': one['nearest']} for one in found['causes']])
    _print_section(args, 'What would make it fit, the smallest change first:', WAY_COLUMNS, [
        {'change': one['text'], 'cost': one['cost'], 'hosts that fit then': one['fitting_hosts']}
        for one in found['changes']])
    _print_section(args, 'Hosts:', HOST_COLUMNS, _host_rows(found))
    left = found['total_hosts'] - len(found['hosts'])
    if left and not args.host:
        print(f'{left} more host(s); see --limit and --host.')


def _host_rows(found):
    return [{
        'host': one['host'], 'zone': one['zone'], 'fits': one['fits'], 'placed': one['placed'],
        'weight': one['weight'],
        'stands against it': '; '.join(map(_cause_in_words, one['causes'])) or None,
        'would help': one['change'] and one['change']['text']} for one in found['hosts']]


def _cause_in_words(cause):
    if cause['needed'] is None:
        return cause['text']
    unit = f' {cause["unit"]}' if cause['unit'] else ''
    return f'{cause["text"]} ({cause["needed"]}{unit} needed, {cause["available"]}{unit} free)'


def _print_section(args, title, columns, rows):
    if rows:
        print(f'\n{title}')
        printing.rows(args, columns, rows)

# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage operation``: the durable operations, for those who keep them going.

What the record says is explained in doc/source/admin/operations.rst. Moving
and ending them by hand is operation_change.py.
"""

import os

from cryptography import fernet
from oslo_config import cfg
from oslo_utils import strutils

from nova_lite.cmd.manage import (
    confirmation,
    connections,
    key_files,
    operation_change,
    printing,
)
from nova_lite.db.stores import actions, decisions, operations_admin
from nova_lite.states import operation as op
from nova_lite.states import transitions

CONF = cfg.CONF

MOST = 500
COLUMNS = ('id', 'kind', 'phase', 'state', 'host', 'instance_uuid', 'attempts', 'idle')
SHOWN = ('id', 'kind', 'phase', 'state', 'host', 'host_may_hold', 'attempts', 'lease', 'fence',
         'instance_uuid', 'parent_id', 'superseded_by', 'project_id', 'user_id', 'request_id',
         'created_at', 'progress_at', 'finished_at', 'idle', 'message')
EVENT = ('start_time', 'finish_time', 'event', 'host', 'result', 'details')


def register(subparsers):
    """Add the family's parser."""
    family = subparsers.add_parser('operation', help='the durable operations')
    commands = family.add_subparsers(metavar='COMMAND', required=True)
    key = commands.add_parser(
        'create_key', help='make the key that protects secrets of unfinished operations')
    key.set_defaults(run=create_key)
    _register_list(commands)
    showing = _register_one(commands, 'show', show,
                            'show one operation, its steps, and why it went to its host')
    printing.add_format(showing)
    retrying = _register_one(commands, 'retry', operation_change.retry,
                             'wake whoever is to go on, now')
    retrying.add_argument('--release-lease', action='store_true',
                          help='also take it from a worker that lives; it is begun again')
    retrying.add_argument('--dry-run', action='store_true', help='only say what it needs')
    abandoning = _register_one(commands, 'abandon', operation_change.abandon,
                               'end it with a fault that says who did it')
    abandoning.add_argument('--reason', help='why; the owner of the server reads it')
    abandoning.add_argument('--even-if-host-holds', action='store_true',
                            help='also where a host may hold something of the guest')
    confirmation.add_arguments(abandoning)


def _register_one(commands, name, run, purpose):
    parser = commands.add_parser(name, help=purpose)
    parser.add_argument('operation_id', metavar='ID', type=int, help='number of the operation')
    parser.set_defaults(run=run)
    return parser


def _register_list(commands):
    parser = commands.add_parser('list', help='show what is not finished, the quietest first')
    parser.add_argument('--all', action='store_true', help='also what has ended')
    parser.add_argument('--state', choices=sorted(op.UNFINISHED | op.FINISHED),
                        help='only those in a state')
    parser.add_argument('--kind', choices=sorted(
        row.kind for row in transitions.TABLE.values() if row.phases), help='only those of a kind')
    parser.add_argument('--host', help="only those in a phase of a host's")
    parser.add_argument('--server', metavar='UUID', help='only those of a server')
    parser.add_argument('--quiet-for', type=float, metavar='SECONDS',
                        help='only those without a sign of progress for so long')
    parser.add_argument('--limit', type=int, default=MOST, metavar='N',
                        help=f'at most so many (default: {MOST})')
    printing.add_format(parser)
    parser.set_defaults(run=list_operations)


def create_key(args):
    """Write a new key, unless there is one."""
    key_files.create(CONF.operations.secrets_key_file, _write_key)


def _write_key(path):
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640)
    with os.fdopen(descriptor, 'wb') as file:
        file.write(fernet.Fernet.generate_key())


def list_operations(args):
    """Print a line for each operation, the quietest first."""
    states = op.UNFINISHED | op.FINISHED if args.all else op.UNFINISHED
    rows = operations_admin.listing(connections.operator(), operations_admin.Wanted(
        states=frozenset({args.state}) if args.state else states, kind=args.kind, host=args.host,
        instance_uuid=args.server, quiet_for=args.quiet_for), limit=args.limit)
    printing.rows(args, COLUMNS, [_line(row) for row in rows])
    if len(rows) < args.limit:
        printing.say(args, f'{len(rows)} operation(s).')
    else:
        printing.say(args, f'These are the {len(rows)} that have been quiet longest; there may be '
                           'more, see --limit.')


def _line(row):
    return {**{name: row[name] for name in SHOWN}, 'idle': round(row['idle']),
            'owner_lives': row['owner_lives'], 'host_is_up': row['host_is_up']}


def show(args):
    """Print what is recorded of one operation.

    :raises OperationNotFound: if there is none of that number
    """
    operator = connections.operator()
    row = operations_admin.get(operator, args.operation_id)
    action = actions.of_operation(operator, row['id'])
    printing.record(args, {
        **{name: value for name, value in _line(row).items() if value is not None},
        'owner': owner_in_words(row), 'secrets': 'sealed' if row['has_secrets'] else 'none',
        'action': action and action['action'],
        'arguments': [{'name': name, 'value': value} for name, value in
                      sorted(strutils.mask_dict_password(row['arguments']).items())
                      if value is not None],
        'steps': _steps(operator, action),
        'decisions': [{'line': line} for decision in _decisions(operator, row)
                      for line in in_words(decision, row['instance_uuid'])]})


def owner_in_words(row):
    """Say who runs the phase, and whether it lives; None if nobody does."""
    if row['owner'] is None:
        return None
    if row['owner_binary'] is None:
        return f'{row["owner"]}, a start that a newer one has replaced'
    return (f'{row["owner_binary"]} on {row["owner_host"]}, '
            f'{"alive" if row["owner_lives"] else "silent"}, seen {row["owner_seen_at"]}')


def _steps(operator, action):
    events = actions.list_events(operator, action['id']) if action else []
    return printing.chosen(reversed(events), EVENT)


def _decisions(operator, row):
    """Answer the scheduler's; servers made together share their parent's."""
    return [decision for operation_id in (row['parent_id'], row['id']) if operation_id
            for decision in decisions.of_operation(operator, operation_id)]


def in_words(decision, instance_uuid=None):
    """Yield what a decision says, a line a thought.

    :param instance_uuid: the only server to tell of; None tells of all
    """
    if decision['message']:
        yield f'{decision["created_at"]}: no host. {decision["message"]}'
        return
    excluded = sum(decision['causes'].values())
    yield (f'{decision["created_at"]}: looked at {decision["considered"]} node(s) that were up and '
           f'had room, of which {excluded} did not pass the filters.')
    for chosen in decision['selections']:
        if instance_uuid in (None, chosen['consumer']):
            others = ', '.join(f'{host} ({node})' for host, node in chosen['alternates'])
            yield (f'Server {chosen["consumer"]} goes to {chosen["host"]} ({chosen["node"]}); '
                   f'next best: {others or "none"}.')

# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage operation``: the durable operations, for those who keep them going.

What the record says is explained in doc/source/admin/operations.rst.
"""

import os
import pathlib

import prettytable
from cryptography import fernet
from oslo_config import cfg

from nova_lite import context as nova_context
from nova_lite.db import connect
from nova_lite.db.stores import actions, decisions, operations, sweeping

CONF = cfg.CONF

COLUMNS = ('id', 'kind', 'phase', 'state', 'host', 'instance_uuid', 'attempts', 'progress_at')
SHOWN = ('kind', 'phase', 'state', 'host', 'host_may_hold', 'owner', 'attempts', 'lease', 'fence',
         'instance_uuid', 'parent_id', 'superseded_by', 'project_id', 'user_id', 'request_id',
         'created_at', 'progress_at', 'finished_at', 'message')
EVENT = ('start_time', 'finish_time', 'event', 'host', 'result', 'details')


def register(subparsers):
    """Add the family's parser."""
    family = subparsers.add_parser('operation', help='the durable operations')
    commands = family.add_subparsers(metavar='COMMAND', required=True)
    key = commands.add_parser(
        'create_key', help='make the key that protects secrets of unfinished operations')
    key.set_defaults(run=create_key)
    listing = commands.add_parser('list', help='show what is not finished')
    listing.set_defaults(run=list_unfinished)
    showing = commands.add_parser(
        'show', help='show one operation, its steps, and why it went to its host')
    showing.add_argument('operation_id', metavar='ID', type=int, help='number of the operation')
    showing.set_defaults(run=show)


def create_key(args):
    """Write a new key, unless there is one."""
    path = pathlib.Path(CONF.operations.secrets_key_file)
    if path.exists():
        print(f'{path} is there already; nothing changed.')
        return
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640)
    with os.fdopen(descriptor, 'wb') as file:
        file.write(fernet.Fernet.generate_key())
    print(f'Wrote {path}. Copy it to every controller; compute hosts must not have it.')


def list_unfinished(args):
    """Print one line for each unfinished operation, the quietest first."""
    connect.connect()
    rows = sweeping.unfinished(nova_context.get_admin_context())
    for row in rows:
        print('  '.join(f'{name}={row[name]}' for name in COLUMNS)
              + f'  idle={row["idle"]:.0f}s')
    if len(rows) < sweeping.PAGE:
        print(f'{len(rows)} operation(s) are not finished.')
    else:
        print(f'These are the {len(rows)} that have been quiet longest; there are more.')


def show(args):
    """Print what is recorded of one operation.

    :raises OperationNotFound: if there is none of that number
    """
    connect.connect()
    operator = nova_context.get_admin_context()
    row = operations.get(operator, args.operation_id)
    print(f'Operation {row["id"]}')
    for name in SHOWN:
        if row[name] is not None:
            print(f'  {name:<15}{row[name]}')
    for name, value in sorted(row['arguments'].items()):
        if value is not None:
            print(f'  {"argument":<15}{name}: {value}')
    _print_steps(operator, row)
    _print_decisions(operator, row)


def _print_steps(operator, row):
    action = actions.of_operation(operator, row['id'])
    if action is None:
        print('\nNobody asked for it by itself, so no steps are kept.')
        return
    table = prettytable.PrettyTable(EVENT, align='l')
    for event in reversed(actions.list_events(operator, action['id'])):
        table.add_row([event[name] or '' for name in EVENT])
    print(f'\nSteps of the action "{action["action"]}"\n{table}')


def _print_decisions(operator, row):
    """Print the scheduler's answers; servers made together share their parent's."""
    found = [decision for operation_id in (row['parent_id'], row['id']) if operation_id
             for decision in decisions.of_operation(operator, operation_id)]
    if found:
        print('\nDecisions of the scheduler')
    for decision in found:
        for line in in_words(decision, row['instance_uuid']):
            print(f'  {line}')


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

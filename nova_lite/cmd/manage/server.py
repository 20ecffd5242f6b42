# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage server``: what is recorded of servers, and what their hosts hold.

Servers are changed by the API, what has gone wrong by ``operation`` and
``audit``; what is left is declared by ``reset-state`` (server_reset.py).
"""

from nova_lite import exception
from nova_lite.audit import hosts as audited_hosts
from nova_lite.cmd.manage import connections, operation, printing, server_reset
from nova_lite.db.stores import (
    actions,
    instances,
    operations_admin,
    servers_admin,
    services,
)
from nova_lite.states import operation as op
from nova_lite.states import power, task, vm

MOST = 500
ANY_TASK = 'any'
COLUMNS = ('uuid', 'name', 'host', 'vm_state', 'task_state', 'power_state', 'project', 'created')
SHOWN = ('uuid', 'display_name', 'project_id', 'user_id', 'host', 'node', 'availability_zone',
         'vm_state', 'task_state', 'power_state', 'fence', 'flavor_id', 'vcpus', 'memory_mb',
         'root_gb', 'image_ref', 'locked', 'locked_reason', 'created_at', 'launched_at',
         'updated_at', 'deleted_at')
IN_HAND = ('id', 'kind', 'phase', 'state', 'host', 'host_may_hold', 'attempts', 'lease')
OPERATION = ('id', 'kind', 'phase', 'state', 'host', 'host_may_hold', 'message')
FAULT = ('created_at', 'code', 'message', 'host')
CLAIM = ('host', 'node', 'resource_class', 'amount')
NIC = ('network', 'address', 'mac', 'host', 'nic')
EVENT = ('start_time', 'finish_time', 'event', 'host', 'result', 'details')


def register(subparsers):
    """Add the family's parser."""
    family = subparsers.add_parser('server', help='servers of all projects')
    commands = family.add_subparsers(metavar='COMMAND', required=True)
    _register_list(commands)
    showing = commands.add_parser('show', help='show all that is known of a server')
    showing.add_argument('uuid', metavar='UUID', help='id of the server, deleted or not')
    showing.add_argument('--record-only', action='store_true', help='do not ask its host')
    printing.add_format(showing)
    showing.set_defaults(run=show)
    server_reset.add_command(commands)


def _register_list(commands):
    listing = commands.add_parser('list', help='show servers, the newest first')
    listing.add_argument('--host', help='only those on a host')
    listing.add_argument('--project', help='only those of a project')
    listing.add_argument('--state', choices=sorted(vm.ALL), help='only those in a vm_state')
    listing.add_argument('--task', choices=[*sorted(task.ALL), ANY_TASK],
                         help='only those with a task_state, or with any')
    which = listing.add_mutually_exclusive_group()
    which.add_argument('--deleted', action='store_true', help='those that are deleted instead')
    which.add_argument('--all', action='store_true', help='those that are deleted too')
    listing.add_argument('--limit', type=int, default=MOST, metavar='N',
                         help=f'at most so many (default: {MOST})')
    printing.add_format(listing)
    listing.set_defaults(run=list_servers)


def list_servers(args):
    """Print a line for each server."""
    filters = {'host': args.host, 'project_id': args.project, 'vm_state': args.state,
               'task_state': servers_admin.ANY if args.task == ANY_TASK else args.task}
    rows = servers_admin.listing(
        connections.operator(), deleted=None if args.all else args.deleted, limit=args.limit,
        filters={name: value for name, value in filters.items() if value is not None})
    printing.rows(args, COLUMNS, [_line(row) for row in rows])
    more = '; there may be more, see --limit' if len(rows) == args.limit else ''
    printing.say(args, f'{len(rows)} server(s){more}.')


def _line(row):
    return {'uuid': row['uuid'], 'name': row['display_name'], 'host': row['host'],
            'vm_state': row['vm_state'], 'task_state': row['task_state'],
            'power_state': power.NAMES[row['power_state']], 'project': row['project_id'],
            'created': row['created_at'], 'deleted': row['deleted']}


def show(args):
    """Print a server: what is at work on it, what was, what it holds, and its host's answer.

    :raises InstanceNotFound: if there is none, archived ones included
    """
    operator = connections.operator()
    row = instances.get_by_uuid(operator, args.uuid, read_deleted=True)
    fields = {name: row[name] for name in SHOWN if row[name] is not None}
    printing.record(args, {
        **fields, 'power_state': power.NAMES[row['power_state']],
        'held_by_host': 'not asked' if args.record_only else _held(operator, row),
        'in_hand': _in_hand(operator, args.uuid),
        'faults': printing.chosen(servers_admin.faults_of(operator, args.uuid), FAULT),
        'operations': _operations(operator, args.uuid),
        'actions': _actions(operator, args.uuid),
        'allocations': printing.chosen(servers_admin.claims_of(operator, args.uuid), CLAIM),
        'addresses': printing.chosen(servers_admin.addresses_of(operator, args.uuid), NIC)})


def _held(operator, row):
    """Answer in words what the server's host says that it holds of it."""
    if row['host'] is None:
        return 'it is on no host'
    if not services.is_host_up(operator, row['host']):
        return f'unknown: host {row["host"]} is down'
    try:
        with connections.messages():
            held = audited_hosts.ask(operator, row['host'])
    except exception.NovaLiteException as error:
        return f'unknown: {error}'
    return held.in_words(row['uuid'])


def _in_hand(operator, uuid):
    """Answer the operations at work, with who has them and for how long they have been quiet."""
    rows = operations_admin.listing(
        operator, operations_admin.Wanted(instance_uuid=uuid), limit=MOST)
    return [{**{name: row[name] for name in IN_HAND}, 'idle': round(row['idle']),
             'owner': operation.owner_in_words(row)} for row in rows]


def _operations(operator, uuid):
    rows = operations_admin.listing(operator, operations_admin.Wanted(
        states=op.UNFINISHED | op.FINISHED, instance_uuid=uuid), limit=MOST)
    return printing.chosen(sorted(rows, key=lambda row: row['id']), OPERATION)


def _actions(operator, uuid):
    """Answer the actions with their steps, oldest first."""
    lines = []
    for action in reversed(actions.list_actions(operator, uuid)):
        lines.append({**dict.fromkeys(EVENT), 'start_time': action['start_time'],
                      'finish_time': action['finish_time'], 'event': action['action'],
                      'details': action['message']})
        for event in reversed(actions.list_events(operator, action['id'])):
            lines.append({**{name: event[name] for name in EVENT},
                          'event': f'- {event["event"]}'})
    return lines

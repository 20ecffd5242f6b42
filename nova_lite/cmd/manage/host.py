# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage host``: compute hosts join and leave, and what is known of them.

A host that joins gets a key file and a broker account that are good for
nothing but its own work (rpc/keys.py, rpc/accounts.py). Joining again replaces
both.
"""

import json
import os
import pathlib
import secrets
import shlex
import urllib.parse

from oslo_config import cfg

from nova_lite import context as nova_context
from nova_lite import exception
from nova_lite.cmd.manage import connections, key_files, printing
from nova_lite.db import connect
from nova_lite.db.stores import host_details, operations_admin, servers_admin
from nova_lite.objects import base as objects_base
from nova_lite.rpc import accounts, keys

CONF = cfg.CONF

PASSWORD_BYTES = 24
DEFAULT_VHOST = 'nova_lite'
COLUMNS = ('host', 'key', 'status', 'state', 'zone', 'aggregates', 'servers', 'unfinished')
ROOM = ('node', 'resource_class', 'total', 'reserved', 'allocation_ratio', 'capacity', 'used',
        'free')
NODE = ('hypervisor_hostname', 'uuid', 'hypervisor_type', 'hypervisor_version', 'cpu_arch',
        'host_ip', 'disk_available_least', 'failed_builds')
SERVER = ('uuid', 'display_name', 'vm_state', 'task_state', 'project_id')
OPERATION = ('id', 'kind', 'phase', 'state', 'instance_uuid', 'host_may_hold')
MOST = 500


def register(subparsers):
    """Add the family's parser."""
    family = subparsers.add_parser('host', help='compute hosts that may join, and their keys')
    commands = family.add_subparsers(metavar='COMMAND', required=True)
    key = commands.add_parser('create_key', help="make the controllers' key for messages")
    key.set_defaults(run=create_key)
    adding = commands.add_parser('add', help="make a host's key file and broker account")
    adding.add_argument('name', help="the host's name, as [DEFAULT] host there")
    adding.add_argument('--output', metavar='PATH', default=None,
                        help='where the key file goes (default: NAME.key here)')
    adding.add_argument('--vhost', default=DEFAULT_VHOST, help='virtual host of the broker')
    adding.add_argument('--broker', default=None, metavar='HOST[:PORT]',
                        help="the broker as the host reaches it (default: this machine's "
                             'my_ip)')
    adding.add_argument('--format', choices=['text', 'json'], default='text')
    adding.add_argument('--print-broker-commands', action='store_true',
                        help='print what to run at the broker instead of running it')
    adding.set_defaults(run=add)
    listing = commands.add_parser('list', help='show the hosts')
    printing.add_format(listing)
    listing.set_defaults(run=list_hosts)
    showing = commands.add_parser('show', help='show a host, its room, servers and operations')
    showing.add_argument('name')
    printing.add_format(showing)
    showing.set_defaults(run=show)
    revoking = commands.add_parser('revoke', help='believe nothing more that a host sends')
    revoking.add_argument('name')
    revoking.add_argument('--print-broker-commands', action='store_true',
                          help='print what to run at the broker instead of running it')
    revoking.set_defaults(run=revoke)


def create_key(args):
    """Write the controllers' key, unless there is one."""
    if os.path.exists(CONF.rpc.key_file):
        keys.load(CONF.rpc.key_file)
    key_files.create(CONF.rpc.key_file,
                     lambda path: keys.save(path, keys.ControllerKeys.generate()))


def add(args):
    """Let a host in; print what goes into its configuration."""
    accounts.check_name(args.name)
    master = _master()
    connect.connect()
    output = pathlib.Path(args.output or f'{args.name}.key')
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    if not args.print_broker_commands:
        accounts.add(args.name, args.vhost, password)
    generation = objects_base.store('hosts').join(nova_context.get_admin_context(), args.name)
    output.unlink(missing_ok=True)
    keys.save(output, master.host_keys(args.name, generation))
    key_files.give_to_group(output)
    url = _transport_url(args, password)
    if args.format == 'json':
        print(json.dumps({'host': args.name, 'key_file': str(output), 'transport_url': url}))
        return
    _explain(args, output, url, password)


def _explain(args, output, url, password):
    if args.print_broker_commands:
        user = accounts.user_of(args.name)
        print('Run this where the broker is (change_password instead of add_user if the '
              'account is there):')
        for command in [['add_user', user, password],
                        *accounts.commands_to_add(args.name, args.vhost)]:
            print('  rabbitmqctl ' + shlex.join(command))
        print()
    print(f'Copy {output} to host {args.name} as {CONF.rpc.key_file}, root:{key_files.GROUP} 0640,')
    print('and put this into its /etc/nova_lite/compute.conf:')
    print()
    print('[DEFAULT]')
    print(f'host = {args.name}')
    print(f'transport_url = {url}')


def _transport_url(args, password):
    user = urllib.parse.quote(accounts.user_of(args.name), safe='')
    vhost = urllib.parse.quote(args.vhost, safe='')
    where = args.broker or CONF.my_ip
    if ':' not in where:
        where += ':5672'
    return f'rabbit://{user}:{password}@{where}/{vhost}'


def list_hosts(args):
    """Print one line for each host."""
    rows = [_line(row) for row in host_details.overview(connections.operator())]
    printing.rows(args, COLUMNS, rows)
    printing.say(args, f'{len(rows)} host(s).')


def _line(row):
    service = row['service'] or {}
    return {
        'host': row['name'], 'key': _key_in_words(row['joined']),
        'status': 'disabled' if service.get('disabled') else 'enabled',
        'state': _state_in_words(row['service']), 'zone': service.get('availability_zone'),
        'aggregates': row['aggregates'], 'servers': row['servers'],
        'unfinished': row['unfinished']}


def _key_in_words(joined):
    if joined is None:
        return 'none'
    return 'revoked' if joined['revoked'] else f'generation {joined["key_generation"]}'


def _state_in_words(service):
    if service is None:
        return 'never started'
    if service['forced_down']:
        return 'forced down'
    return 'up' if service['is_up'] else 'down'


def show(args):
    """Print all that is recorded of a host.

    :raises ComputeHostNotFound: if it never joined and has no service
    """
    operator = connections.operator()
    row = host_details.get(operator, args.name)
    service = row['service'] or {}
    printing.record(args, {
        **_line(row), 'aggregates': tuple(row['aggregates']),
        'reason': service.get('disabled_reason'), 'last_seen': service.get('last_seen_at'),
        'version': service.get('version'),
        'nodes': printing.chosen(host_details.nodes_of(operator, args.name), NODE),
        'room': printing.chosen(host_details.room(operator, args.name), ROOM),
        'servers_here': printing.chosen(servers_admin.listing(
            operator, filters={'host': args.name}, limit=MOST), SERVER),
        'unfinished_operations': printing.chosen(operations_admin.listing(
            operator, operations_admin.Wanted(host=args.name), limit=MOST), OPERATION)})
    printing.say(args, f'Next: "nova-lite-manage audit --host {args.name}" asks it what it holds.'
                 if service else 'Next: "nova-lite-manage host add" has said which files it needs; '
                                 'start nova-lite-compute there.')


def revoke(args):
    """Void a host's key, and delete its broker account."""
    connect.connect()
    objects_base.store('hosts').revoke(nova_context.get_admin_context(), args.name)
    print(f'Controllers refuse {args.name} within {CONF.rpc.host_key_lifetime:.0f} s.')
    if args.print_broker_commands:
        print('Run this where the broker is:')
        print(f'  rabbitmqctl delete_user {shlex.quote(accounts.user_of(args.name))}')
        return
    accounts.remove(args.name)
    print('Its broker account is deleted.')


def _master():
    keyring = keys.load(CONF.rpc.key_file)
    if not isinstance(keyring, keys.ControllerKeys):
        raise exception.KeyFileUnusable(
            path=CONF.rpc.key_file, reason="it is a host's, only a controller can add hosts")
    return keyring

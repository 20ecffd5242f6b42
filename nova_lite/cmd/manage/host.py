# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage host``: compute hosts join and leave; the controllers' own key.

A host that joins gets a key file and a broker account that are good for
nothing but its own work (rpc/keys.py, rpc/accounts.py). Joining again replaces
both.
"""

import json
import os
import pathlib
import secrets
import shlex
import shutil
import sys
import urllib.parse

from oslo_config import cfg

from nova_lite import context as nova_context
from nova_lite import exception
from nova_lite.db import connect
from nova_lite.objects import base as objects_base
from nova_lite.rpc import accounts, keys

CONF = cfg.CONF

PASSWORD_BYTES = 24
DEFAULT_VHOST = 'nova_lite'
GROUP = 'nova-lite'
COLUMNS = ('name', 'key_generation', 'revoked', 'created_at', 'updated_at')


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
    listing = commands.add_parser('list', help='show the hosts that have joined')
    listing.set_defaults(run=list_hosts)
    revoking = commands.add_parser('revoke', help='believe nothing more that a host sends')
    revoking.add_argument('name')
    revoking.add_argument('--print-broker-commands', action='store_true',
                          help='print what to run at the broker instead of running it')
    revoking.set_defaults(run=revoke)


def create_key(args):
    """Write the controllers' key, unless there is one."""
    path = pathlib.Path(CONF.rpc.key_file)
    if path.exists():
        keys.load(path)
        print(f'{path} is there already; nothing changed.')
        return
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    _save(path, keys.ControllerKeys.generate())
    print(f'Wrote {path}. Copy it to every controller; compute hosts must not have it.')


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
    _save(output, master.host_keys(args.name, generation))
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
    print(f'Copy {output} to host {args.name} as {CONF.rpc.key_file}, root:{GROUP} 0640,')
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
    connect.connect()
    rows = objects_base.store('hosts').list_hosts(nova_context.get_admin_context())
    for row in rows:
        print('  '.join(f'{name}={row[name]}' for name in COLUMNS))
    print(f'{len(rows)} host(s) have joined.')


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


def _save(path, keyring):
    """Write a key file for the service's group, where there is one."""
    keys.save(path, keyring)
    if os.geteuid() == 0:
        try:
            shutil.chown(path, 'root', GROUP)
        except LookupError:
            print(f'There is no group {GROUP} here; only root can read {path}.', file=sys.stderr)

# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage operation``: the durable operations."""

import os
import pathlib

from cryptography import fernet
from oslo_config import cfg

from nova_lite import context as nova_context
from nova_lite.db import connect
from nova_lite.objects import base as objects_base

CONF = cfg.CONF

COLUMNS = ('id', 'kind', 'phase', 'state', 'host', 'instance_uuid', 'attempts', 'progress_at')


def register(subparsers):
    """Add the family's parser."""
    family = subparsers.add_parser('operation', help='the durable operations')
    commands = family.add_subparsers(metavar='COMMAND', required=True)
    key = commands.add_parser(
        'create_key', help='make the key that protects secrets of unfinished operations')
    key.set_defaults(run=create_key)
    listing = commands.add_parser('list', help='show what is not finished')
    listing.set_defaults(run=list_unfinished)


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
    rows = objects_base.store('sweeping').unfinished(nova_context.get_admin_context())
    for row in rows:
        print('  '.join(f'{name}={row[name]}' for name in COLUMNS)
              + f'  idle={row["idle"]:.0f}s')
    print(f'{len(rows)} operation(s) are not finished.')

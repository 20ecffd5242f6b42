# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage db``: the schema, the archive, and changes of rows between releases.

What an operator does with it and when: doc/source/admin/database.rst and
upgrades.rst. The exit codes are Nova's, so that a script for Nova understands
them.
"""

from nova_lite.cmd.manage.db import archive, online, purge, schema


def register(subparsers):
    """Add the family's parser."""
    family = subparsers.add_parser('db', help='the database: schema, archive, upgrades of rows')
    commands = family.add_subparsers(metavar='COMMAND', required=True)
    for module in (schema, archive, purge, online):
        module.register(commands)

# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage resource_class``: what all nodes together have of each class.

Node by node it is in ``nova-lite-manage host show``.
"""

from nova_lite.cmd.manage import connections, printing
from nova_lite.db.stores import inventory_sums

COLUMNS = ('resource_class', 'nodes', 'total', 'reserved', 'capacity', 'used', 'free')


def register(subparsers):
    """Add the family's parser."""
    family = subparsers.add_parser('resource_class', help='what flavors can ask hosts for')
    commands = family.add_subparsers(metavar='COMMAND', required=True)
    listing = commands.add_parser('list', help='show what there is of each class, and what is '
                                               'used of it')
    printing.add_format(listing)
    listing.set_defaults(run=list_classes)


def list_classes(args):
    """Print a line for each class that a node has."""
    rows = inventory_sums.by_class(connections.operator())
    printing.rows(args, COLUMNS, rows)
    printing.say(args, f'{len(rows)} class(es).')

# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage trait``: which nodes have which traits, and who says so.

A host tells what its hypervisor offers and what stands in its provider files;
what is added here is beside that, and stays when the host reports again.
"""

from nova_lite import demands, exception
from nova_lite.cmd.manage import connections, printing
from nova_lite.db.stores import traits

COLUMNS = ('host', 'node', 'trait', 'by')


def register(subparsers):
    """Add the family's parser."""
    family = subparsers.add_parser('trait', help='qualities of hosts that flavors can ask for')
    commands = family.add_subparsers(metavar='COMMAND', required=True)
    listing = commands.add_parser('list', help='show the traits of the nodes, and who says so')
    listing.add_argument('--host', help='only of this host')
    listing.add_argument('--trait', help='only this one: the nodes that have it')
    printing.add_format(listing)
    listing.set_defaults(run=list_traits)
    for name, run, text in (('add', add, "say that a host's nodes have traits"),
                            ('remove', remove, 'take back what was added here')):
        command = commands.add_parser(name, help=text)
        command.add_argument('host')
        command.add_argument('traits', metavar='TRAIT', nargs='+',
                             help='a name of os-traits, or CUSTOM_ and a name of your own')
        command.add_argument('--node', help='only this node of the host')
        printing.add_format(command)
        command.set_defaults(run=run)


def list_traits(args):
    """Print a line for each trait of each node."""
    rows = [{'host': row['host'], 'node': row['node'], 'trait': row['trait'],
             'by': [source.removeprefix('by_') for source in traits.SOURCES if row[source]]}
            for row in traits.listing(connections.operator(), host=args.host, trait=args.trait)]
    printing.rows(args, COLUMNS, rows)
    printing.say(args, f'{len(rows)} trait(s).')


def add(args):
    """Say that nodes have traits.

    :raises TraitInvalid: if one can't be meant
    """
    for name in args.traits:
        if not demands.is_trait(name):
            raise exception.TraitInvalid(
                name=name, reason='os-traits has no such name; names of your own begin with '
                                  'CUSTOM_')
    count = traits.assign(connections.operator(), args.host, args.traits, node=args.node)
    printing.rows(args, ('added',), [{'added': count}])
    printing.say(args, 'The scheduler heeds it from the next server on.')


def remove(args):
    """Take back what was added, where the host does not say the same."""
    taken, left = traits.withdraw(
        connections.operator(), args.host, args.traits, node=args.node)
    printing.rows(args, ('removed', 'left'), [{'removed': taken, 'left': left}])
    if left:
        printing.say(args, f'{left} stay(s), because the host itself says so: its hypervisor, or '
                           'a provider file there.')

# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage aggregate``: a look at the host aggregates without the API.

They are changed by the API only (``/os-aggregates``), which knows what a host
with servers may not do.
"""

from nova_lite import exception
from nova_lite.cmd.manage import connections, printing
from nova_lite.db.stores import aggregates, availability_zones

COLUMNS = ('id', 'name', 'availability_zone', 'hosts', 'metadata')


def register(subparsers):
    """Add the family's parser."""
    family = subparsers.add_parser('aggregate', help='host aggregates and availability zones')
    commands = family.add_subparsers(metavar='COMMAND', required=True)
    listing = commands.add_parser('list', help='show all aggregates')
    printing.add_format(listing)
    listing.set_defaults(run=list_aggregates)
    showing = commands.add_parser('show', help='show the hosts and the metadata of an aggregate')
    showing.add_argument('aggregate', metavar='AGGREGATE', help='number or name')
    printing.add_format(showing)
    showing.set_defaults(run=show)


def list_aggregates(args):
    """Print a line for each aggregate, with the number of its hosts."""
    rows = [_fields(row) for row in aggregates.list_aggregates(connections.operator())]
    printing.rows(args, COLUMNS, rows, words={'hosts': len, 'metadata': _pairs})
    printing.say(args, f'{len(rows)} aggregate(s).')


def show(args):
    """Print what is recorded of one aggregate.

    :raises AggregateNotFound: if none has that number or name
    """
    for row in aggregates.list_aggregates(connections.operator()):
        if args.aggregate in (str(row['id']), row['name']):
            break
    else:
        raise exception.AggregateNotFound(aggregate_id=args.aggregate)
    printing.record(args, {**_fields(row), 'created_at': row['created_at'],
                           'updated_at': row['updated_at']})


def _fields(row):
    return {'id': row['id'], 'uuid': row['uuid'], 'name': row['name'],
            'availability_zone': row['metadata'].get(availability_zones.KEY),
            'hosts': tuple(row['hosts']), 'metadata': row['metadata']}


def _pairs(metadata):
    return [f'{key}={value}' for key, value in sorted(metadata.items())]

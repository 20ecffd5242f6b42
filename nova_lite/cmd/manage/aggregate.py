# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage aggregate``: a look at the host aggregates without the API.

They are changed by the API only (``/os-aggregates``), which knows what a host
with servers may not do.
"""

import json

import prettytable

from nova_lite import context, exception
from nova_lite.db import connect
from nova_lite.db.stores import aggregates, availability_zones

COLUMNS = ('id', 'name', 'availability zone', 'hosts', 'metadata')


def register(subparsers):
    """Add the family's parser."""
    family = subparsers.add_parser('aggregate', help='host aggregates and availability zones')
    commands = family.add_subparsers(metavar='COMMAND', required=True)
    listing = commands.add_parser('list', help='show all aggregates')
    listing.add_argument('--json', action='store_true', help='answer in JSON')
    listing.set_defaults(run=list_aggregates)
    showing = commands.add_parser('show', help='show the hosts and the metadata of an aggregate')
    showing.add_argument('aggregate', metavar='AGGREGATE', help='number or name')
    showing.set_defaults(run=show)


def list_aggregates(args):
    """Print a line for each aggregate."""
    rows = _read()
    if args.json:
        print(json.dumps([{
            'id': row['id'], 'uuid': row['uuid'], 'name': row['name'], 'hosts': row['hosts'],
            'metadata': row['metadata']} for row in rows], indent=2))
        return
    table = prettytable.PrettyTable(COLUMNS, align='l')
    for row in rows:
        table.add_row([row['id'], row['name'], row['metadata'].get(availability_zones.KEY, ''),
                       len(row['hosts']), ', '.join(_pairs(row))])
    print(table)


def show(args):
    """Print what is recorded of one aggregate.

    :raises AggregateNotFound: if none has that number or name
    """
    for row in _read():
        if args.aggregate in (str(row['id']), row['name']):
            break
    else:
        raise exception.AggregateNotFound(aggregate_id=args.aggregate)
    print(f'Aggregate {row["id"]}')
    for name in ('name', 'uuid', 'created_at', 'updated_at'):
        print(f'  {name:<12}{row[name] or ""}')
    for pair in _pairs(row):
        print(f'  {"metadata":<12}{pair}')
    for host in row['hosts']:
        print(f'  {"host":<12}{host}')


def _read():
    connect.connect()
    return aggregates.list_aggregates(context.get_admin_context())


def _pairs(row):
    return [f'{key}={value}' for key, value in sorted(row['metadata'].items())]

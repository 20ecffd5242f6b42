# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage limits``: take the limits of the database to Keystone.

Afterwards ``[quota] driver`` may choose Keystone's (nova_lite/quota/unified.py).
"""

import importlib

from nova_lite.cmd.manage import connections, printing
from nova_lite.db.stores import quotas
from nova_lite.quota import limits as quota_limits
from nova_lite.quota import resources

COLUMNS = ('project_id', 'resource', 'limit', 'done')
ALL_PROJECTS = '(registered)'
NEW = 'new'
WOULD_BE_NEW = 'would be new'
KEPT = 'is there already: %s'


def register(subparsers):
    """Add the family's parser."""
    family = subparsers.add_parser('limits', help='limits that Keystone keeps')
    commands = family.add_subparsers(metavar='COMMAND', required=True)
    migrate = commands.add_parser(
        'migrate_to_unified_limits',
        help='record the limits of the database and of the options in Keystone')
    migrate.add_argument('--project-id', help='only the limits that this project has of its own')
    migrate.add_argument('--region-id', help="of the limits, instead of our endpoint's")
    migrate.add_argument('--dry-run', action='store_true', help='only say what would be recorded')
    printing.add_format(migrate)
    migrate.set_defaults(run=migrate_to_unified_limits)


def migrate_to_unified_limits(args):
    """Record what Keystone has no limit for; what it has stays."""
    context = connections.operator()
    unified = importlib.import_module('nova_lite.quota.unified')
    service = unified.our_service()
    if args.region_id is not None:
        service['region_id'] = args.region_id
    defaults = [] if args.project_id else _defaults(context, unified, service)
    own = _own(context, unified, service, args.project_id)
    if not args.dry_run:
        _record(unified, service, defaults, own)
    found = [*defaults, *own]
    for row in found:
        row['done'] = row['done'] or (WOULD_BE_NEW if args.dry_run else NEW)
    printing.rows(args, COLUMNS, found)
    printing.say(args, 'Limits of users have no place in Keystone and are left out.')


def _defaults(context, unified, service):
    there = unified.registered(service)
    limits = _in_database(context)
    return [_row(ALL_PROJECTS, name, limits[resource], there)
            for resource, name in unified.NAMES.items()]


def _in_database(context):
    """Answer the default limits, whatever driver is chosen already."""
    recorded = quotas.find(context)[quotas.CLASS]
    return {**resources.defaults(), **quota_limits.known(recorded)}


def _own(context, unified, service, project_id):
    there = unified.of_projects(service)
    return [_row(owner, unified.NAMES[resource], limit, there.get(owner, {}))
            for owner, limits in quotas.list_of_projects(context, project_id).items()
            for resource, limit in limits.items() if resource in unified.OF_PROJECTS]


def _row(project_id, name, limit, there):
    """Answer what is to be done about a limit; None stands where it is to be recorded."""
    return {'project_id': project_id, 'resource': name, 'limit': limit,
            'done': KEPT % there[name] if name in there else None}


def _record(unified, service, defaults, own):
    wanted = [row for row in defaults if row['done'] is None]
    if wanted:
        unified.add('registered_limits', service, [
            {'resource_name': row['resource'], 'default_limit': row['limit']} for row in wanted])
    wanted = [row for row in own if row['done'] is None]
    if wanted:
        unified.add('limits', service, [
            {'project_id': row['project_id'], 'resource_name': row['resource'],
             'resource_limit': row['limit']} for row in wanted])

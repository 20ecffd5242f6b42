# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage db sync`` and ``db version``: the schema."""

from nova_lite.db import connect, migrations


def register(commands):
    """Add the commands' parsers."""
    sync_parser = commands.add_parser('sync', help='bring the schema to this release')
    sync_parser.add_argument(
        '--expand', action='store_const', dest='branches', const=('expand',),
        default=migrations.BRANCHES,
        help='only add what is new; may run while older daemons work')
    sync_parser.add_argument(
        '--contract', action='store_const', dest='branches', const=('contract',),
        help='only take away what no daemon uses any more; all daemons must be new')
    sync_parser.set_defaults(run=sync)
    version_parser = commands.add_parser('version', help='say which schema there is')
    version_parser.set_defaults(run=version)


def sync(args):
    """Migrate each branch, one line a step."""
    connect.connect()
    steps = []

    def report(revision, text):
        steps.append(revision)
        print(f'  {revision}: {text}')

    for branch in args.branches:
        print(f'Bringing the {branch} branch of the schema up to date:')
        migrations.sync(branch, report)
    print(f'Done, {len(steps)} step(s).' if steps else 'Nothing to do, the schema is up to date.')


def version(args):
    """Print the revision of each branch and the newest that this release knows."""
    connect.connect()
    present, newest = migrations.versions(), migrations.newest()
    for branch in migrations.BRANCHES:
        state = 'up to date' if present[branch] == newest[branch] else (
            f'this release has {newest[branch]}; run "nova-lite-manage db sync"')
        print(f'{branch}: {present[branch] or "not synced"} ({state})')
    return 0 if present == newest else 1

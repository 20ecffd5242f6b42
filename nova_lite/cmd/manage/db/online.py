# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage db online_data_migrations``: rows in an older form, rewritten.

Exit codes: 0 nothing is left to do, 1 rows were changed and there may be more
(only with --max-count), 2 a migration failed and no other got further, 127 wrong
count, 255 an error of another kind.
"""

import prettytable

from nova_lite import context as nova_context
from nova_lite.cmd.manage.db import output
from nova_lite.db import connect
from nova_lite.db.stores import online_migrations

COMPLETE = 0
MAYBE_MORE = 1
FAILED = 2
BAD_COUNT = 127


def register(commands):
    """Add the command's parser."""
    parser = commands.add_parser(
        'online_data_migrations',
        help='rewrite rows of an older release, while the daemons work')
    parser.add_argument('--max-count', '--max_count', type=int, metavar='N',
                        help='rows to change at most (default: all)')
    parser.set_defaults(run=run, failed=output.UNEXPECTED)


def run(args):
    """Make the migrations; answer whether there may be more to do."""
    if args.max_count is not None and args.max_count < 1:
        print('--max-count must be at least 1.')
        return BAD_COUNT
    if not online_migrations.MIGRATIONS:
        print('This release has no online data migrations; there is nothing to do.')
        return COMPLETE
    connect.connect()
    progress = output.Progress('migrated')
    results = online_migrations.new_results()
    for rows in online_migrations.run(
            nova_context.get_admin_context(), results, args.max_count):
        progress.add(rows)
    _print(results)
    return _outcome(results, args.max_count)


def _outcome(results, max_count):
    done = sum(result.done for result in results)
    if max_count is not None and done:
        return MAYBE_MORE
    return FAILED if any(result.error for result in results) else COMPLETE


def _print(results):
    table = prettytable.PrettyTable(('Migration', 'Total needed', 'Completed'), align='l')
    for result in results:
        table.add_row([result.name, result.found, result.done])
    print(table)
    for result in results:
        if result.error:
            print(f'{result.name} failed: {result.error}')

# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage db archive_deleted_rows``: deleted servers out of the live tables.

Exit codes: 0 nothing was archived, 1 something was (there may be more), 2 wrong
usage, 4 the date is none, 255 an error; what was moved before it stays moved.
"""

import time

from oslo_config import cfg

from nova_lite import context as nova_context
from nova_lite.cmd.manage.db import output, purge
from nova_lite.db import connect
from nova_lite.db.stores import archive, archive_rest

CONF = cfg.CONF

NOTHING = 0
SOMETHING = 1
BAD_COUNT = 2
BAD_DATE = 4

DEFAULT_ROWS = 1000


def register(commands):
    """Add the command's parser."""
    parser = commands.add_parser(
        'archive_deleted_rows', help='move deleted servers and finished work to the shadow tables')
    parser.add_argument('--max_rows', '--max-rows', type=int, default=DEFAULT_ROWS, metavar='N',
                        help=f'rows to move at most (default: {DEFAULT_ROWS}); with '
                             '--until-complete, those of one round')
    parser.add_argument('--before', metavar='DATE',
                        help='move only what ended before that time (UTC), such as 2030-01-31')
    parser.add_argument('--until-complete', action='store_true',
                        help='go on until nothing is left to move')
    parser.add_argument('--purge', action='store_true',
                        help='delete everything in the shadow tables afterwards')
    parser.add_argument('--sleep', type=float, default=0, metavar='N',
                        help='seconds between two rounds of --until-complete')
    parser.add_argument('--task-log', action='store_true',
                        help="move the usage audit's log too")
    parser.add_argument('--verbose', action='store_true',
                        help='print how many rows of each table were moved')
    parser.set_defaults(run=run, failed=output.UNEXPECTED)


def run(args):
    """Archive; answer whether something was."""
    if args.max_rows < 1 or args.sleep < 0:
        print('--max_rows must be at least 1, and --sleep not negative.')
        return BAD_COUNT
    try:
        before = output.parse_date(args.before) if args.before else None
    except ValueError:
        print(f'"{args.before}" is no date.')
        return BAD_DATE
    connect.connect()
    progress = output.Progress('archived')
    while _round(args, before, progress) and args.until_complete:
        time.sleep(args.sleep)
    progress.finish(args.verbose)
    if args.purge and progress.rows:
        purge.delete(args.verbose)
    return SOMETHING if progress.rows else NOTHING


def _round(args, before, progress):
    """Move the rows of one round; answer how many they were."""
    moved_before = progress.rows.total()
    for rows in _transactions(args, before):
        progress.add(rows)
    return progress.rows.total() - moved_before


def _transactions(args, before):
    operator = nova_context.get_admin_context()
    budget = archive.Budget(args.max_rows)
    yield from archive.servers(operator, budget, before=before)
    yield from archive_rest.batches(operator, budget, before=before)
    if CONF.archive.decisions_kept_days:
        yield from archive_rest.old_decisions(
            operator, budget, kept_days=CONF.archive.decisions_kept_days, before=before)
    if args.task_log:
        yield from archive_rest.task_logs(operator, budget, before=before)

# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage db purge``: what is archived goes for good.

Exit codes: 0 something was deleted, 1 neither --all nor --before was given, 2 the
date is none, 3 there was nothing to delete, 255 an error.
"""

from nova_lite import context as nova_context
from nova_lite.cmd.manage.db import output
from nova_lite.db import connect
from nova_lite.db.stores import purge

PURGED = 0
WHAT_MISSING = 1
BAD_DATE = 2
NOTHING = 3


def register(commands):
    """Add the command's parser."""
    parser = commands.add_parser('purge', help='delete rows of the shadow tables')
    what = parser.add_mutually_exclusive_group()
    what.add_argument('--all', action='store_true', help='delete all of them')
    what.add_argument('--before', metavar='DATE',
                      help='delete only what ended before that time (UTC), such as 2030-01-31')
    parser.add_argument('--verbose', action='store_true',
                        help='print how many rows of each table were deleted')
    parser.set_defaults(run=run, failed=output.UNEXPECTED)


def run(args):
    """Purge; answer whether anything was there."""
    if not args.all and not args.before:
        print('Say --all, or --before DATE.')
        return WHAT_MISSING
    try:
        before = output.parse_date(args.before) if args.before else None
    except ValueError:
        print(f'"{args.before}" is no date.')
        return BAD_DATE
    connect.connect()
    return PURGED if delete(args.verbose, before=before) else NOTHING


def delete(verbose, *, before=None):
    """Delete what is archived, and say how much; answer whether there was any.

    :param before: only what ended before that time
    """
    progress = output.Progress('purged')
    for rows in purge.purge(nova_context.get_admin_context(), before=before):
        progress.add(rows)
    progress.finish(verbose)
    return bool(progress.rows)

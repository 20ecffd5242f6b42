# SPDX-License-Identifier: Apache-2.0
"""The question before a command that takes something away, and the run that only says what it is.

``--dry-run`` changes nothing; ``--yes`` answers the question beforehand. Where
nobody can be asked, a command without ``--yes`` does nothing.
"""

import sys

from nova_lite import exception
from nova_lite.cmd.manage import printing


def add_arguments(parser):
    """Add ``--yes`` and ``--dry-run`` to a command."""
    parser.add_argument('-y', '--yes', action='store_true', help='do it without asking')
    parser.add_argument('--dry-run', action='store_true',
                        help='say what would be done, and change nothing')


def is_given(args, *plan):
    """Say what is going to be done; answer whether to do it.

    :param plan: sentences
    :raises NotConfirmed: if the operator says no, or there is nobody to ask
    """
    if args.dry_run:
        printing.say(args, 'Would do, without --dry-run:', *(f'  {line}' for line in plan))
        return False
    if args.yes:
        return True
    if not sys.stdin.isatty():
        raise exception.NotConfirmed(plan=' '.join(plan))
    print(*plan, sep='\n', file=sys.stderr)
    print('Go on? [y/N] ', end='', file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ('y', 'yes'):
        raise exception.NotConfirmed(plan=' '.join(plan))
    return True

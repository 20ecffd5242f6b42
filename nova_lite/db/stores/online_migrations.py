# SPDX-License-Identifier: Apache-2.0
"""Changes of rows that are made while the daemons work, and the order that they are made in.

A migration of the schema only adds and takes away; where rows must be rewritten
for newer code, a function here does it, a few at a time. Code reads both forms
until a later release requires that everything is done
("nova-lite-status upgrade check" says whether it is).

Such a function takes (context, max_count) and answers (found, done): it rewrites
at most ``max_count`` rows in one transaction, found being those of that many
that needed it. With ``max_count`` 0 it changes nothing and answers how many rows
need it. It may be run again at any time.
"""

import collections
import dataclasses

from oslo_log import log

LOG = log.getLogger(__name__)

MIGRATIONS = ()
"""Functions, oldest first. One goes when a release no longer reads the older form."""

ROWS_AT_ONCE = 50


@dataclasses.dataclass
class Progress:
    """What has come of one migration in one run."""

    name: str
    found: int = 0
    done: int = 0
    error: Exception | None = None


def new_results():
    """Answer one Progress for each migration, to be filled by ``run``."""
    return [Progress(migration.__name__) for migration in MIGRATIONS]


def run(context, results, max_count):
    """Make all migrations, each until it finds nothing, has failed, or the count is used up.

    Yields a Counter of migration -> rows changed after each transaction.

    :param results: a Progress for each migration
    :param max_count: rows to change at most, of all migrations together; None for no limit
    """
    left = max_count
    for migration, progress in zip(MIGRATIONS, results, strict=True):
        while left is None or left > 0:
            count = ROWS_AT_ONCE if left is None else min(ROWS_AT_ONCE, left)
            done = _step(context, migration, count, progress)
            yield collections.Counter({progress.name: done})
            if not done:
                break
            left = None if left is None else left - done


def _step(context, migration, count, progress):
    """Make one transaction of a migration; answer how many rows it changed."""
    try:
        found, done = migration(context, count)
    except Exception as error:
        # The others go on; the operator's answer names it.
        LOG.exception('The migration %s failed', progress.name)
        progress.error = error
        return 0
    progress.found += found
    progress.done += done
    return done


def remaining(context):
    """Answer name -> rows that need it, of the migrations that are not complete."""
    found = {migration.__name__: migration(context, 0)[0] for migration in MIGRATIONS}
    return {name: count for name, count in found.items() if count}

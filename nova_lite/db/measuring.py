# SPDX-License-Identifier: Apache-2.0
"""Times the statements that are sent to the database; nothing of it is there unless it is on."""

import time

import sqlalchemy as sa

from nova_lite import metrics
from nova_lite.metrics import catalogue

KINDS = frozenset(['select', 'insert', 'update', 'delete'])
OTHER = 'other'
LONGEST = 6
"""Letters of the longest of them."""


def listen():
    """Measure the statements of all engines of this process, if anybody looks."""
    for name, listener in LISTENERS.items() if metrics.is_on() else ():
        if not sa.event.contains(sa.Engine, name, listener):
            sa.event.listen(sa.Engine, name, listener)


def _begun(_connection, _cursor, _statement, *more):
    _parameters, execution, _executemany = more
    execution.begun_at = time.monotonic()


def _ended(_connection, _cursor, statement, *more):
    _parameters, execution, _executemany = more
    metrics.observe(
        catalogue.SQL_STATEMENTS, time.monotonic() - execution.begun_at, kind_of(statement))


def kind_of(statement):
    """Answer the label of a statement."""
    word = statement.lstrip()[:LONGEST].lower()
    return word if word in KINDS else OTHER


LISTENERS = {'before_cursor_execute': _begun, 'after_cursor_execute': _ended}
"""SQLAlchemy's events."""

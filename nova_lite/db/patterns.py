# SPDX-License-Identifier: Apache-2.0
"""Regular expressions of users in statements: what the database may say to them.

Whether one is a regular expression at all has been checked with the request.
"""

import contextlib

from nova_lite import exception
from nova_lite.db import engine, failures

TIME = 2
"""Seconds that a list may take whose filters have a regular expression."""


@contextlib.contextmanager
def reader(context, *, with_pattern):
    """A read whose statements may have one. The databases' are not Python's, nor alike.

    :param with_pattern: whether there is one
    :raises InvalidInput: if the database refuses it, or gives it up
    """
    try:
        with engine.reader(context) as connection, (
                engine.limited(connection, TIME) if with_pattern else contextlib.nullcontext()):
            yield connection
    except failures.PatternRefused as error:
        raise exception.InvalidInput(reason='the regular expression can not be used') from error

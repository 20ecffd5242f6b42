# SPDX-License-Identifier: Apache-2.0
"""What the commands on many rows print while they run, and dates as they take them."""

import collections
import datetime
import sys
import time

import prettytable
from oslo_utils import timeutils

SECONDS_BETWEEN_LINES = 2.0

FORMATS = ('%Y-%m-%d', '%Y-%m-%d %H:%M', '%Y-%m-%d %H:%M:%S')
"""Of a date, where it is not ISO 8601 with a T."""

UNEXPECTED = 255
"""Exit code where 1 says something else than that it failed."""


class Progress:
    """Adds up rows by table; says every few seconds how far it is.

    :param verb: what is done with the rows, such as "archived"
    """

    def __init__(self, verb, *, clock=time.monotonic):
        self.rows = collections.Counter()
        self._verb = verb
        self._clock = clock
        self._began = self._said = clock()

    def add(self, rows):
        """Count the rows of one transaction."""
        self.rows += rows
        now = self._clock()
        if now - self._said >= SECONDS_BETWEEN_LINES:
            self._said = now
            print(f'{self._total()} so far, {now - self._began:.0f} s', file=sys.stderr, flush=True)

    def _total(self):
        return f'{self._verb} {self.rows.total()} rows'

    def finish(self, verbose):
        """Print the sum, and the table if asked."""
        if verbose and self.rows:
            table = prettytable.PrettyTable(('Table', f'Rows {self._verb}'), align='l')
            for name, count in sorted(self.rows.items()):
                table.add_row([name, count])
            print(table)
        if self.rows:
            print(f'{self._total().capitalize()} in {self._clock() - self._began:.1f} s.')
        else:
            print(f'Nothing was {self._verb}.')


def parse_date(text):
    """Answer a time in UTC of what an operator has typed.

    :raises ValueError: if it is no date
    """
    for form in FORMATS:
        try:
            return datetime.datetime.strptime(text, form)
        except ValueError:
            continue
    return timeutils.normalize_time(timeutils.parse_isotime(text))

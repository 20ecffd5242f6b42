# SPDX-License-Identifier: Apache-2.0
"""How long servers ran in a period of time, and which period of audits ended last.

Pure. The API sums it up for projects (api/openstack/compute/simple_tenant_usage.py),
hosts report it for each of their servers (compute/periodics/usage_audit.py).
"""

import calendar
import dataclasses
import datetime

SECONDS_AN_HOUR = 3600
MONTHS_A_YEAR = 12
HOUR = datetime.timedelta(hours=1)


@dataclasses.dataclass(frozen=True)
class Period:
    """From one moment to another, UTC without zone."""

    beginning: datetime.datetime
    ending: datetime.datetime

    def seconds_of(self, launched_at, terminated_at):
        """Answer the seconds of it in which a server was there.

        :param launched_at: None for a server that never ran
        :param terminated_at: None for one that is still there
        """
        if launched_at is None:
            return 0.0
        first = max(launched_at, self.beginning)
        last = self.ending if terminated_at is None else min(terminated_at, self.ending)
        return max((last - first).total_seconds(), 0.0)

    def hours_of(self, launched_at, terminated_at):
        """Answer the same in hours, with their fraction."""
        return self.seconds_of(launched_at, terminated_at) / SECONDS_AN_HOUR


def last_completed(wanted, before):
    """Answer the last period of audits that ended before a moment.

    :param wanted: year, month, day or hour; ``@`` and a number move its beginning
        by months, days, hours or minutes
    """
    unit, _, offset = wanted.partition('@')
    number_of, beginning_of = UNITS[unit]
    number, offset = number_of(before), int(offset or 0)
    while beginning_of(number, offset) >= before:
        number -= 1
    return Period(beginning_of(number - 1, offset), beginning_of(number, offset))


def _year(number, offset):
    return datetime.datetime(number, max(offset, 1), 1)


def _month(number, offset):
    """Answer its beginning; where it has too few days, it begins on its last."""
    year, month = divmod(number, MONTHS_A_YEAR)
    _weekday, days = calendar.monthrange(year, month + 1)
    return datetime.datetime(year, month + 1, min(max(offset, 1), days))


def _day(number, offset):
    return datetime.datetime.fromordinal(number) + offset * HOUR


def _hour(number, offset):
    return datetime.datetime.min + number * HOUR + datetime.timedelta(minutes=offset)


UNITS = {
    'year': (lambda moment: moment.year, _year),
    'month': (lambda moment: moment.year * MONTHS_A_YEAR + moment.month - 1, _month),
    'day': (lambda moment: moment.toordinal(), _day),
    'hour': (lambda moment: (moment - datetime.datetime.min) // HOUR, _hour),
}
"""Unit -> (the number of the one that a moment is in, the beginning of a number)."""

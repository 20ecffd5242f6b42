# SPDX-License-Identifier: Apache-2.0
"""Count the tests in a subunit stream: ``stestr last --subunit | python -m tests.totals``.

Prints the names of what failed, the reasons of what was skipped, and one line
with the totals. A test that started and never ended (its process died) has
failed.
"""

import collections
import sys

import subunit
import testtools

PASSED = frozenset({'success', 'xfail'})
SKIPPED = 'skip'
LISTED = 'exists'


class Totals:
    """Outcomes of a run, and the reasons of what was skipped."""

    def __init__(self):
        self.outcomes = collections.Counter()
        self.reasons = collections.Counter()
        self.failed = []

    def count(self, test):
        """Take one test as testtools.StreamToDict tells it."""
        status = test['status']
        if status == LISTED:
            return
        if status == SKIPPED:
            self.outcomes['skipped'] += 1
            reason = test['details'].get('reason')
            self.reasons[reason.as_text() if reason else 'no reason given'] += 1
        elif status in PASSED:
            self.outcomes['passed'] += 1
        else:
            self.outcomes['failed'] += 1
            self.failed.append(test['id'])

    def lines(self):
        for name in sorted(self.failed):
            yield f'failed: {name}'
        for reason, number in sorted(self.reasons.items()):
            yield f'skipped {number}: {reason}'
        yield ', '.join(f'{self.outcomes[name]} {name}' for name in
                        ('passed', 'failed', 'skipped'))


def read(stream):
    """Answer the Totals of a subunit v2 stream."""
    totals = Totals()
    result = testtools.StreamToDict(totals.count)
    result.startTestRun()
    subunit.ByteStreamToStreamResult(stream, non_subunit_name='stdout').run(result)
    result.stopTestRun()
    return totals


if __name__ == '__main__':
    print('\n'.join(read(sys.stdin.buffer).lines()))

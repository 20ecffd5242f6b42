# SPDX-License-Identifier: Apache-2.0
"""What shellcheck does not find in the shell scripts."""

import re

from tests import base

# A program that goes at the first line it likes closes the pipe; the other one dies of it if
# it has more to say, and under pipefail that is a failure, now and then.
GOES_EARLY = re.compile(r'\|\s*(grep\s+-\w*q|head\b)')
SCRIPTS = ('devstack/*.sh', 'devstack/lib/*.sh', 'devstack/guest_image/*.sh', 'run_tests.sh')


class ShellTest(base.TestCase):

    def test_no_pipe_ends_in_a_program_that_may_go_before_all_is_said(self):
        found = []
        for script in sorted(path for pattern in SCRIPTS for path in base.TOP.glob(pattern)):
            found += [f'{script.relative_to(base.TOP)}:{number}: {line.strip()}'
                      for number, line in enumerate(script.read_text().splitlines(), 1)
                      if GOES_EARLY.search(line) and not line.lstrip().startswith('#')]
        self.assertEqual([], found, 'use grep -q ... <<<"$(command)" instead')

# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/confirmation.py."""

import argparse
import contextlib
import io

from nova_lite import exception
from nova_lite.cmd.manage import confirmation
from tests import base


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self):
        return True


class ConfirmationTest(base.TestCase):

    def ask(self, *words, stdin=None):
        parser = argparse.ArgumentParser()
        confirmation.add_arguments(parser)
        self.patch(confirmation.sys, 'stdin', stdin or io.StringIO())
        self.out, self.err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(self.out), contextlib.redirect_stderr(self.err):
            return confirmation.is_given(parser.parse_args(words), 'Drop it.')

    def test_yes_answers_beforehand(self):
        self.assertTrue(self.ask('--yes'))

    def test_dry_run_says_what_would_be_done_and_wins_over_yes(self):
        self.assertFalse(self.ask('--dry-run', '--yes'))
        self.assertIn('Drop it.', self.out.getvalue())

    def test_nobody_to_ask_means_no(self):
        error = self.assertRaises(exception.NotConfirmed, self.ask)
        self.assertIn('Nothing was done. "--yes" does it: Drop it.', str(error))

    def test_operator_at_a_terminal_is_asked(self):
        self.assertTrue(self.ask(stdin=Terminal('y\n')))
        self.assertIn('Go on?', self.err.getvalue())
        self.assertRaises(exception.NotConfirmed, self.ask, stdin=Terminal('\n'))

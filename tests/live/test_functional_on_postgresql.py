# SPDX-License-Identifier: Apache-2.0
"""All of tests/functional again, on PostgreSQL in the place of SQLite."""

import os
import subprocess
import sys

from tests import base as tests_base
from tests.fixtures import database
from tests.live import base, databases, postgresql
from tests.live.services import Unavailable


class FunctionalTest(base.LiveTestCase):

    time_limit = 900

    def test_functional_tests_pass_on_postgresql(self):
        try:
            server = databases.running(postgresql.PostgreSQL)
        except Unavailable as error:
            self.skipTest(str(error))
        done = subprocess.run(
            [sys.executable, '-m', 'unittest', 'discover', '-s', 'tests/functional', '-t', '.'],
            cwd=tests_base.TOP, env={**os.environ, database.CHOSEN: server.url},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode:
            self.addDetail('its output', base.text_detail(lambda: done.stdout))
        self.assertEqual(0, done.returncode, 'see the output')

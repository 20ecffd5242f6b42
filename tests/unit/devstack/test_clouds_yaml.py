# SPDX-License-Identifier: Apache-2.0
"""What stack.sh does with a user's clouds.yaml, run as stack.sh runs it."""

import json
import os
import pathlib
import pwd
import stat
import subprocess
import sys
import tempfile

import testtools
import yaml

PROGRAM = pathlib.Path(__file__).parents[3] / 'devstack' / 'companions' / 'clouds_yaml.py'
STACK = {'auth_url': 'http://192.0.2.1:5000/v3', 'region': 'RegionOne',
         'passwords': {'admin': 'one', 'demo': 'two', 'alt_demo': 'three'}}
SOMEBODYS = """\
# mine
clouds:   # all of them
    # the first
    work: {auth: {username: me}}

cache: {class: none}
"""


class CloudsYamlTest(testtools.TestCase):

    def setUp(self):
        super().setUp()
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.path = pathlib.Path(directory.name, 'openstack', 'clouds.yaml')

    def run_program(self, action):
        return subprocess.run(
            [sys.executable, PROGRAM, action, self.path, pwd.getpwuid(os.getuid()).pw_name],
            input=json.dumps(STACK), text=True, capture_output=True, check=False)

    def write(self, text):
        self.path.parent.mkdir()
        self.path.write_text(text)

    def clouds(self):
        return yaml.safe_load(self.path.read_text())['clouds']

    def test_file_is_made_and_only_its_owner_reads_it(self):
        self.assertEqual(0, self.run_program('write').returncode)
        demo = self.clouds()['nova-lite-demo']
        self.assertEqual(('demo', 'two', 'demo', STACK['auth_url']), tuple(
            demo['auth'][key] for key in ('username', 'password', 'project_name', 'auth_url')))
        self.assertEqual(0o600, stat.S_IMODE(self.path.stat().st_mode))

    def test_what_somebody_has_there_stays_to_the_letter(self):
        self.write(SOMEBODYS)
        self.run_program('write')
        self.assertEqual(
            {'work', 'nova-lite-admin', 'nova-lite-demo', 'nova-lite-alt-demo'}, set(self.clouds()))
        self.assertIn('    # the first\n    work: {auth: {username: me}}\n', self.path.read_text())
        self.assertEqual(0, self.run_program('remove').returncode)
        self.assertEqual(SOMEBODYS, self.path.read_text())

    def test_second_run_changes_nothing(self):
        self.write(SOMEBODYS)
        self.run_program('write')
        once = self.path.read_text()
        self.run_program('write')
        self.assertEqual(once, self.path.read_text())

    def test_file_that_had_nothing_else_is_removed(self):
        self.run_program('write')
        self.assertEqual(0, self.run_program('remove').returncode)
        self.assertFalse(self.path.exists())

    def test_file_that_is_not_understood_stays(self):
        self.path.parent.mkdir()
        for text in ('clouds: {work: {}}\n', 'clouds:\n- work\n', 'clouds: [\n', 'work\n'):
            self.path.write_text(text)
            result = self.run_program('write')
            self.assertEqual((1, text), (result.returncode, self.path.read_text()))
            self.assertIn(str(self.path), result.stderr)
            self.assertNotIn('Traceback', result.stderr)

# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/network.py: what an operator types and reads."""

import contextlib
import io
import json

from nova_lite.cmd import manage
from nova_lite.db import engine, models
from nova_lite.db.stores import networks
from tests import base

RANGE = ('--fixed-range-v4', '10.20.0.0/24')


class NetworkCommandsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        top = self.temporary_directory()
        url = f'sqlite:///{top}/database'
        engine.configure(url)
        models.metadata.create_all(engine.engine())
        self.config = top / 'nova_lite.conf'
        self.config.write_text(f'[database]\nconnection = {url}\n')

    def manage(self, *argv):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = manage.main(['--config-file', str(self.config), 'network', *argv])
        return code, out.getvalue(), err.getvalue()

    def listed(self):
        return json.loads(self.manage('list', '--json')[1])

    def test_create_says_what_it_made_and_what_to_do_next(self):
        code, out, _err = self.manage('create', '--label', 'private', *RANGE)

        [network] = self.listed()
        self.assertEqual(0, code)
        self.assertIn('253 addresses for servers', out)
        self.assertIn(f'"networks": [{{"uuid": "{network["uuid"]}"}}]', out)

    def test_options_may_be_written_with_underscores(self):
        self.manage('create', '--label', 'private', '--fixed_range_v4', '10.20.0.0/24',
                    '--bridge_interface', 'eth1', '--project_id', 'demo')

        self.assertEqual([('eth1', 'demo')], [
            (row['bridge_interface'], row['project_id']) for row in self.listed()])

    def test_each_network_has_a_bridge_of_its_own(self):
        self.manage('create', '--label', 'a', *RANGE)
        self.manage('create', '--label', 'b', '--fixed-range-v4', '10.21.0.0/24')

        self.assertEqual(['br100', 'br101'], [row['bridge'] for row in self.listed()])

    def test_create_if_absent_can_be_repeated(self):
        for _time in range(2):
            code, _out, _err = self.manage('create', '--label', 'private', *RANGE, '--if-absent')
            self.assertEqual(0, code)

        self.assertEqual(1, len(self.listed()))

    def test_wrong_range_is_one_line_that_says_what_is_right(self):
        code, _out, err = self.manage('create', '--label', 'x', '--fixed-range-v4', '10.20.0.9/24')

        self.assertEqual((1, 1), (code, len(err.splitlines())))
        self.assertIn('the range is 10.20.0.0/24', err)

    def test_list_shows_how_full_a_network_is(self):
        self.manage('create', '--label', 'private', *RANGE)
        networks.allocate(None, '0' * 36, 'h1', networks.AUTO, 'p')

        self.assertRegex(self.manage('list')[1], r'\| every +\| 1 +\| 253 ')
        self.assertEqual([(None, 1, 253)], [
            (row['project_id'], row['used'], row['usable']) for row in self.listed()])

    def test_empty_list_says_how_to_make_a_network(self):
        self.assertIn('network create --label', self.manage('list')[1])

    def test_network_in_use_is_not_deleted(self):
        self.manage('create', '--label', 'private', *RANGE)
        networks.allocate(None, '0' * 36, 'h1', networks.AUTO, 'p')

        code, _out, err = self.manage('delete', 'private')

        self.assertEqual((1, 1), (code, len(self.listed())))
        self.assertIn('in use by 1 server', err)

    def test_network_is_deleted_by_label_or_uuid(self):
        self.manage('create', '--label', 'a', *RANGE)
        self.manage('create', '--label', 'b', '--fixed-range-v4', '10.21.0.0/24')

        for name in ('a', self.listed()[1]['uuid']):
            self.assertEqual(0, self.manage('delete', name)[0])

        self.assertEqual([], self.listed())
        self.assertEqual(1, self.manage('delete', 'a')[0])

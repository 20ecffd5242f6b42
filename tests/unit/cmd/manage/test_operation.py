# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/operation.py: what an operator types and reads."""

import contextlib
import io
import stat

from cryptography import fernet

from nova_lite.cmd import manage
from nova_lite.db.stores import decisions
from nova_lite.states import operation as op
from nova_lite.states import transitions
from tests import base
from tests.fixtures import database, ended, records
from tests.fixtures import manage as manage_fixture


class OperationCommandsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        self.manage = self.useFixture(manage_fixture.Manage())

    def decide(self, operation_id, **what):
        decisions.add(self.context, {
            'operation_id': operation_id, 'project_id': 'demo', 'request': {}, 'considered': 3,
            'causes': {'filters': 1}, 'selections': [], 'message': None, **what})

    def listed(self, *words):
        return [one['id'] for one in self.manage('operation', 'list', '-f', 'json', *words).json]

    def test_list_shows_what_is_not_finished(self):
        (server,), operation_id = records.servers(self.context)
        out = self.manage('operation', 'list').out
        self.assertRegex(out, rf'\| {operation_id} +\| build +\| schedule +\| pending ')
        self.assertIn(server['uuid'], out)
        self.assertIn('1 operation(s).', out)

    def test_list_says_that_it_does_not_show_all(self):
        records.servers(self.context, min_count=2, max_count=2)
        self.assertIn('the 2 that have been quiet longest; there may be more',
                      self.manage('operation', 'list', '--limit', '2').out)

    def test_list_is_filtered(self):
        (server,), first = records.servers(self.context)
        _rows, second = records.servers(self.context)
        done = ended.operation()
        self.assertEqual([first, second], self.listed())
        self.assertEqual([first], self.listed('--server', server['uuid']))
        self.assertEqual([], self.listed('--kind', transitions.DELETE))
        self.assertEqual([], self.listed('--quiet-for', '3600'))
        self.assertEqual([done], self.listed('--state', op.DONE))
        self.assertEqual({done, first, second}, set(self.listed('--all')))

    def test_show_tells_the_record_its_steps_and_the_choice_of_the_host(self):
        records.compute_host(self.context)
        server = records.active_server(self.context)
        self.decide(1, selections=[{'consumer': server['uuid'], 'host': 'cmp1', 'node': 'n1',
                                    'alternates': [['cmp2', 'n2']]}])
        answer = self.manage('operation', 'show', '1')
        self.assertEqual(0, answer.code)
        for words in ('| done ', server['uuid'], '| create ',
                      'looked at 3 node(s) that were up and had room, of which 1 did not pass',
                      'goes to cmp1 (n1); next best: cmp2 (n2).'):
            self.assertIn(words, answer.out)

    def test_show_says_why_no_host_was_found(self):
        _rows, operation_id = records.servers(self.context)
        self.decide(operation_id, message='Of 1 host, 1 is disabled.')
        self.assertIn('no host. Of 1 host, 1 is disabled.',
                      self.manage('operation', 'show', operation_id).out)

    def test_one_server_of_several_is_told_its_own_part_of_the_decision(self):
        rows, parent = records.servers(self.context, min_count=2, max_count=2)
        self.decide(parent, selections=[
            {'consumer': row['uuid'], 'host': f'cmp{number}', 'node': 'n', 'alternates': []}
            for number, row in enumerate(rows)])
        out = self.manage('operation', 'show', parent + 1).out
        self.assertIn(f'{rows[0]["uuid"]} goes to cmp0', out)
        self.assertNotIn('cmp1', out)

    def test_secrets_are_mentioned_and_never_shown(self):
        number = ended.operation(state=op.PENDING, finished_at=None,
                                 arguments={'admin_password': 'swordfish', 'networks': 'auto'})
        ended.insert('operation_secrets', operation_id=number, sealed='swordfish')
        for form in ('table', 'json', 'value'):
            out = self.manage('operation', 'show', number, '-f', form).out
            self.assertIn('sealed', out)
            self.assertNotIn('swordfish', out)

    def test_number_that_is_not_there_is_said_in_one_line(self):
        answer = self.manage('operation', 'show', '4711')
        self.assertEqual((1, 'nova-lite-manage: Operation 4711 could not be found.\n'),
                         (answer.code, answer.err))


class CreateKeyTest(base.TestCase):
    """The key of secrets, which must never be replaced by accident."""

    def setUp(self):
        super().setUp()
        directory = self.temporary_directory()
        self.key = directory / 'keys' / 'secrets.key'
        self.config = directory / 'nova_lite.conf'
        self.config.write_text(f'[operations]\nsecrets_key_file = {self.key}\n')

    def create_key(self):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            code = manage.main(['--config-file', str(self.config), 'operation', 'create_key'])
        return code, out.getvalue()

    def test_key_can_be_used_and_others_can_not_read_it(self):
        code, out = self.create_key()
        fernet.Fernet(self.key.read_bytes())
        self.assertEqual(0, code)
        self.assertEqual(0, stat.S_IMODE(self.key.stat().st_mode) & 0o027)
        self.assertIn('Copy it to every controller', out)

    def test_key_that_is_there_is_kept(self):
        self.create_key()
        before = self.key.read_bytes()
        code, out = self.create_key()
        self.assertEqual((0, before), (code, self.key.read_bytes()))
        self.assertIn('nothing changed', out)

# SPDX-License-Identifier: Apache-2.0
"""nova-lite-manage host: keys and accounts, as an operator sees them."""

import contextlib
import io
import json
import os

from nova_lite import exception
from nova_lite.cmd import manage
from nova_lite.conf import CONF
from nova_lite.db import connect
from nova_lite.db.stores import hosts
from nova_lite.rpc import accounts, keys
from tests import base
from tests.fixtures import database, records


class HostCase(base.TestCase):
    """A controller with a database, and a broker that notes what it is told."""

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.patch(connect, 'connect', lambda: None)
        self.told = []
        self.patch(accounts, '_run', self.rabbitmqctl)
        self.complaint = None
        self.directory = self.temporary_directory()
        self.key_file = self.directory / 'keys' / 'rpc.key'
        self.context = records.caller()

    def rabbitmqctl(self, *command, stdin=None):
        if self.complaint is not None:
            raise exception.BrokerCommandFailed(command=command[0], reason=self.complaint)
        self.told.append((command, stdin))
        return ''

    def manage(self, *arguments):
        """Answer exit code, output and errors."""
        config = self.directory / 'nova_lite.conf'
        config.write_text(f'[DEFAULT]\nmy_ip = 192.0.2.7\n[rpc]\nkey_file = {self.key_file}\n',
                          encoding='utf-8')
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = manage.main(['--config-file', str(config), 'host', *map(str, arguments)])
        return code, out.getvalue(), err.getvalue()

    def manage_well(self, *arguments):
        code, out, err = self.manage(*arguments)
        self.assertIn(code, (0, None), err)
        return out


class CreateKeyTest(HostCase):
    """The controllers' own key."""

    def test_key_is_made_for_the_service_only(self):
        self.assertIn(str(self.key_file), self.manage_well('create_key'))
        self.assertIsInstance(keys.load(self.key_file), keys.ControllerKeys)
        self.assertEqual(0o640, os.stat(self.key_file).st_mode & 0o777)
        self.assertEqual(0, os.stat(self.key_file.parent).st_mode & 0o007)

    def test_key_in_use_is_kept(self):
        self.manage_well('create_key')
        before = self.key_file.read_text(encoding='ascii')
        self.assertIn('nothing changed', self.manage_well('create_key'))
        self.assertEqual(before, self.key_file.read_text(encoding='ascii'))

    def test_file_that_is_no_key_is_not_overwritten(self):
        self.key_file.parent.mkdir()
        self.key_file.write_text('mine', encoding='ascii')
        code, _out, err = self.manage('create_key')
        self.assertEqual(1, code)
        self.assertIn('it is no key file', err)
        self.assertEqual('mine', self.key_file.read_text(encoding='ascii'))


class AddTest(HostCase):
    """A host joins."""

    def setUp(self):
        super().setUp()
        self.manage_well('create_key')
        self.output = self.directory / 'node1.key'

    def add(self, *more):
        return self.manage_well('add', 'node1', '--output', self.output, *more)

    def added(self, *more):
        return json.loads(self.add('--format', 'json', *more))

    def test_key_file_is_the_hosts_own(self):
        self.add()
        given = keys.load(self.output)
        self.assertEqual(('node1', 1), (given.host, given.generation))
        self.assertEqual(keys.load(CONF.rpc.key_file).of_host('node1', 1), given.key)
        self.assertEqual(0o640, os.stat(self.output).st_mode & 0o777)

    def test_account_has_the_password_of_the_transport_url(self):
        url = self.added('--vhost', 'my vhost')['transport_url']
        (command, password), *rest = self.told
        self.assertEqual(('add_user', 'nova_lite-compute-node1'), command)
        self.assertEqual(f'rabbit://nova_lite-compute-node1:{password.strip()}@192.0.2.7:5672/'
                         'my%20vhost', url)
        self.assertEqual([command for command, _stdin in rest], [
            tuple(command) for command in accounts.commands_to_add('node1', 'my vhost')])

    def test_password_is_on_no_command_line(self):
        self.add()
        password = self.told[0][1].strip()
        self.assertGreater(len(password), 24)
        self.assertNotIn(password, [word for command, _stdin in self.told for word in command])

    def test_broker_is_where_the_host_reaches_it(self):
        for given, wanted in (('rabbit.example', 'rabbit.example:5672'),
                              ('rabbit.example:5671', 'rabbit.example:5671')):
            url = self.added('--broker', given)['transport_url']
            self.assertIn(f'@{wanted}/', url)

    def test_host_that_joins_again_has_another_key_and_password(self):
        first, key = self.added()['transport_url'], keys.load(self.output)
        second = self.added()['transport_url']
        self.assertNotEqual(first, second)
        self.assertEqual(2, keys.load(self.output).generation)
        self.assertNotEqual(key.key, keys.load(self.output).key)

    def test_operator_reads_what_to_put_where(self):
        said = self.add()
        self.assertIn(f'Copy {self.output} to host node1', said)
        self.assertIn('host = node1\ntransport_url = rabbit://nova_lite-compute-node1:', said)

    def test_broker_on_another_machine_is_told_by_the_operator(self):
        said = self.add('--print-broker-commands')
        self.assertEqual([], self.told)
        self.assertIn('rabbitmqctl add_user nova_lite-compute-node1 ', said)
        self.assertIn('rabbitmqctl set_permissions -p nova_lite nova_lite-compute-node1 ', said)
        self.assertIn('rabbitmqctl set_topic_permissions -p nova_lite ', said)

    def test_broker_that_refuses_leaves_the_old_key_valid(self):
        self.add()
        self.complaint = 'no such vhost'
        code, _out, err = self.manage('add', 'node1', '--output', self.output)
        self.assertEqual(1, code)
        self.assertIn('no such vhost', err)
        self.assertEqual(1, hosts.generation(self.context, 'node1'))
        self.assertEqual(1, keys.load(self.output).generation)

    def test_name_that_is_part_of_anothers_queue_is_refused(self):
        code, _out, err = self.manage('add', 'node1_fanout', '--output', self.output)
        self.assertEqual(1, code)
        self.assertIn('node1_fanout', err)
        self.assertEqual([], self.told)

    def test_host_can_not_let_hosts_in(self):
        own = keys.load(self.key_file).host_keys('node2', 1)
        self.key_file.unlink()
        keys.save(self.key_file, own)
        code, _out, err = self.manage('add', 'node1', '--output', self.output)
        self.assertEqual(1, code)
        self.assertIn('only a controller can add hosts', err)

    def test_without_the_controllers_key_it_says_what_to_do(self):
        self.key_file.unlink()
        code, _out, err = self.manage('add', 'node1', '--output', self.output)
        self.assertEqual(1, code)
        self.assertIn('nova-lite-manage host create_key', err)


class RevokeTest(HostCase):
    """A host leaves."""

    def setUp(self):
        super().setUp()
        hosts.join(self.context, 'node1')

    def test_key_is_void_and_account_is_gone(self):
        self.assertIn('within 10 s', self.manage_well('revoke', 'node1'))
        self.assertIsNone(hosts.generation(self.context, 'node1'))
        self.assertEqual([(('delete_user', 'nova_lite-compute-node1'), None)], self.told)

    def test_key_is_void_even_if_the_broker_is_away(self):
        self.complaint = 'it does not answer'
        code, _out, err = self.manage('revoke', 'node1')
        self.assertEqual(1, code)
        self.assertIn('it does not answer', err)
        self.assertIsNone(hosts.generation(self.context, 'node1'))

    def test_broker_on_another_machine_is_told_by_the_operator(self):
        said = self.manage_well('revoke', 'node1', '--print-broker-commands')
        self.assertIn('rabbitmqctl delete_user nova_lite-compute-node1', said)
        self.assertEqual([], self.told)

    def test_unknown_host_is_said_to_be_unknown(self):
        code, _out, err = self.manage('revoke', 'node2')
        self.assertEqual(1, code)
        self.assertIn('node2', err)
        self.assertEqual([], self.told)

    def test_list_shows_who_joined_and_who_was_revoked(self):
        hosts.join(self.context, 'node2')
        hosts.revoke(self.context, 'node1')
        said = self.manage_well('list')
        self.assertRegex(said, r'\| node1 \| revoked +\| enabled \| never started ')
        self.assertRegex(said, r'\| node2 \| generation 1 ')
        self.assertIn('2 host(s).', said)


class ShowTest(HostCase):
    """All that is recorded of a host."""

    def show(self, *words):
        return json.loads(self.manage_well('show', *words, '--format', 'json'))

    def test_host_that_runs_shows_its_room_its_servers_and_its_work(self):
        records.compute_host(self.context)
        server = records.active_server(self.context)
        shown = self.show('cmp1')
        self.assertEqual(('none', 'up', 1), tuple(
            shown[name] for name in ('key', 'state', 'servers')))
        self.assertEqual([server['uuid']], [one['uuid'] for one in shown['servers_here']])
        self.assertEqual({'VCPU', 'MEMORY_MB', 'DISK_GB'},
                         {one['resource_class'] for one in shown['room']})
        self.assertEqual([], shown['unfinished_operations'])

    def test_host_that_never_started_has_its_key_alone(self):
        hosts.join(self.context, 'node1')
        shown = self.show('node1')
        self.assertEqual(('generation 1', 'never started', []), tuple(
            shown[name] for name in ('key', 'state', 'nodes')))
        self.assertIn('start nova-lite-compute there', self.manage('show', 'node1')[1])

    def test_unknown_host_is_said_to_be_unknown(self):
        self.assertEqual(1, self.manage('show', 'nowhere')[0])

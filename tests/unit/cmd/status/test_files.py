# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/status/files.py: what an operator may have left half done."""

import pathlib

import amqp
import oslo_messaging
from cryptography import fernet
from oslo_upgradecheck.upgradecheck import Code

from nova_lite import conf
from nova_lite.cmd.status import files
from nova_lite.rpc import keys
from tests import base


class FilesTest(base.TestCase):
    """A directory of configuration."""

    def setUp(self):
        super().setUp()
        self.directory = self.temporary_directory()

    def write(self, name, text, mode=0o640):
        path = pathlib.Path(self.directory, name)
        path.write_text(text)
        path.chmod(mode)
        return str(path)

    def assert_result(self, code, check, *words):
        found = check()
        self.assertEqual(code, found.code, found.details)
        for word in words:
            self.assertIn(word, found.details)


class ConfigurationTest(FilesTest):

    def configure(self, text):
        conf.CONF(['--config-file', self.write('nova_lite.conf', text)], project='nova_lite')

    def test_known_options_are_no_trouble(self):
        self.configure('[operations]\nworkers = 4\n[oslo_messaging_rabbit]\nssl = true\n')
        self.assert_result(Code.SUCCESS, files.configuration)

    def test_misspelt_option_is_a_warning(self):
        self.configure('[operations]\nworker = 4\n')
        self.assert_result(Code.WARNING, files.configuration, '[operations] worker ')

    def test_no_file_is_a_warning(self):
        self.assert_result(Code.WARNING, files.configuration, 'No configuration file')


class PolicyTest(FilesTest):

    def policy(self, text, name='policy.yaml'):
        self.override('oslo_policy', policy_file=self.write(name, text))

    def test_no_file_is_no_trouble(self):
        self.override('oslo_policy', policy_file='nowhere.yaml')
        self.assert_result(Code.SUCCESS, files.policy_file)

    def test_known_rules_and_helpers_of_them_are_no_trouble(self):
        self.policy('"mine": "role:mine"\n"os_compute_api:servers:create": "rule:mine"\n')
        self.assert_result(Code.SUCCESS, files.policy_file)

    def test_json_fails(self):
        self.policy('{"os_compute_api:servers:create": "!"}', 'policy.json')
        self.assert_result(Code.FAILURE, files.policy_file, 'oslopolicy-convert-json-to-yaml')

    def test_rule_that_nothing_asks_is_a_warning(self):
        self.policy('"os_compute_api:servers:creat": "!"\n')
        self.assert_result(Code.WARNING, files.policy_file, 'os_compute_api:servers:creat')

    def test_name_that_a_policy_had_once_is_a_warning(self):
        self.policy('"os_compute_api:os-services": "role:operator"\n')
        self.assert_result(Code.WARNING, files.policy_file,
                           'os_compute_api:os-services is deprecated since 21.0.0')

    def test_file_that_is_no_mapping_fails(self):
        for text in ('"a": [\n', '- a\n'):
            self.policy(text)
            self.assert_result(Code.FAILURE, files.policy_file, 'can not be read')


class KeysTest(FilesTest):

    def setUp(self):
        super().setUp()
        self.use(keys.ControllerKeys.generate().to_text())
        self.override('operations', secrets_key_file=self.write(
            'secrets.key', fernet.Fernet.generate_key().decode()))

    def use(self, text, mode=0o640):
        self.override('rpc', key_file=self.write('rpc.key', text, mode))

    def test_both_keys_are_there(self):
        self.assert_result(Code.SUCCESS, files.keys)

    def test_key_that_everybody_can_read_is_a_warning(self):
        self.use(keys.ControllerKeys.generate().to_text(), 0o644)
        self.assert_result(Code.WARNING, files.keys, 'rpc.key')

    def test_missing_key_of_messages_fails(self):
        self.override('rpc', key_file='/nonexistent/rpc.key')
        self.assert_result(Code.FAILURE, files.keys, '/nonexistent/rpc.key')

    def test_key_of_a_host_fails(self):
        self.use(keys.ControllerKeys.generate().host_keys('cmp1', 1).to_text())
        self.assert_result(Code.FAILURE, files.keys, "compute host's key")

    def test_missing_or_broken_key_of_secrets_fails(self):
        for path in ('/nonexistent/secrets.key', self.write('broken.key', 'words')):
            self.override('operations', secrets_key_file=path)
            self.assert_result(Code.FAILURE, files.keys, path)


class Connection:
    """RabbitMQ, which knows one account on the host ``open``, and is not on ``gone``."""

    def __init__(self, address, *, userid, **_options):
        self._address = address
        self._userid = userid

    def connect(self):
        if self._address.startswith('gone'):
            raise ConnectionRefusedError('refused')
        if self._userid != 'nova_lite-controller':
            raise amqp.AccessRefused('login refused')

    def collect(self):
        """Close what is open."""


class BrokerTest(FilesTest):

    def setUp(self):
        super().setUp()
        self.patch(amqp, 'Connection', Connection)
        # Makes the library's option known.
        oslo_messaging.TransportURL.parse(conf.CONF, 'rabbit://')

    def url(self, text):
        self.override(transport_url=f'rabbit://{text}/nova_lite')

    def test_broker_lets_the_account_in(self):
        self.url('nova_lite-controller:x@open')
        self.assert_result(Code.SUCCESS, files.broker)

    def test_unknown_account_fails(self):
        self.url('somebody:x@open')
        self.assert_result(Code.FAILURE, files.broker, 'open', 'login refused')

    def test_one_broker_of_two_that_does_not_answer_is_a_warning(self):
        self.url('nova_lite-controller:x@open,nova_lite-controller:x@gone')
        self.assert_result(Code.WARNING, files.broker, 'gone: refused')

    def test_address_without_a_host_fails(self):
        self.override(transport_url='rabbit://')
        self.assert_result(Code.FAILURE, files.broker, 'names no host')

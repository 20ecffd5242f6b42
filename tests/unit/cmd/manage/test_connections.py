# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/connections.py."""

from nova_lite import exception
from nova_lite.cmd.manage import connections
from nova_lite.rpc import identity, keys
from tests import base


class ConnectionsTest(base.TestCase):

    def test_messages_are_signed_with_the_controllers_key(self):
        path = self.temporary_directory() / 'rpc.key'
        keys.save(path, keys.ControllerKeys.generate())
        self.override('rpc', key_file=str(path))
        self.addCleanup(identity.set_process, None)
        with connections.messages():
            sender = identity.current()
        self.assertEqual(('controller', connections.BINARY), (sender.sender.kind, sender.binary))

    def test_without_the_key_nothing_can_be_asked(self):
        self.override('rpc', key_file='/nowhere')
        self.assertRaises(exception.KeyFileUnusable, connections.messages().__enter__)

    def test_operator_behind_sudo_is_named(self):
        self.patch(connections.os, 'environ', {'SUDO_USER': 'ann'})
        self.assertRegex(connections.who(), '^ann@.+')

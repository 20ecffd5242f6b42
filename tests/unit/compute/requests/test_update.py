# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/requests/update.py."""

from nova_lite import exception
from nova_lite.compute.requests import update
from nova_lite.states import vm
from tests import base
from tests.fixtures import database, records


class UpdateTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller()
        records.compute_host(records.caller(is_admin=True))

    def test_answer_is_the_new_row(self):
        server = records.active_server(self.context, metadata={'role': 'db'})
        row = update.update(self.context, server, {
            'display_name': 'new', 'access_ip_v4': '192.0.2.1', 'auto_disk_config': True})
        self.assertEqual(('new', '192.0.2.1', True, {'role': 'db'}, vm.ACTIVE), (
            row['display_name'], row['access_ip_v4'], row['auto_disk_config'], row['metadata'],
            row['vm_state']))

    def test_server_that_is_being_built_may_be_renamed(self):
        (server,), _operation_id = records.servers(self.context)
        self.assertEqual('new', update.update(
            self.context, server, {'display_name': 'new'})['display_name'])

    def test_server_that_is_deleted_meanwhile_is_not_found(self):
        missing = {'uuid': '99999999-9999-4999-8999-999999999999'}
        self.assertRaises(exception.InstanceNotFound, update.update, self.context, missing,
                          {'display_name': 'new'})

# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/instances.py: servers in a database."""

from oslo_serialization import jsonutils

from nova_lite import conf, objects
from nova_lite.compute import startup
from tests import base
from tests.fixtures import database, records


class ServersOfAHostTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        records.compute_host(self.context)

    def test_pages_follow_each_other_by_id(self):
        made = [records.active_server(self.context)['id'] for _number in range(3)]
        found, marker = [], 0
        while page := objects.InstanceList.get_by_host(self.context, 'cmp1', marker, 2):
            found += [server.id for server in page]
            marker = page[-1].id
        self.assertEqual(made, found)

    def test_page_fits_into_a_message_whatever_the_user_data(self):
        records.active_server(self.context, user_data='x' * 65535, metadata={'role': 'web' * 80})
        page = objects.InstanceList.get_by_host(self.context, 'cmp1', 0, startup.PAGE)
        size = len(jsonutils.dumps(page.obj_to_primitive()))
        self.assertLess(size * startup.PAGE, conf.CONF.rpc.max_message_bytes)

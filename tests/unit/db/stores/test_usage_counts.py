# SPDX-License-Identifier: Apache-2.0
"""What projects and users have, counted in a database."""

from nova_lite.db import engine
from nova_lite.db.stores import instances, server_groups, usage_counts
from tests import base
from tests.fixtures import database, placement, records

NOTHING = {'instances': 0, 'cores': 0, 'ram': 0}


class UsageCountsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller()

    def boot(self, user_id='fred', project_id='demo', **flavor):
        (row,), _operation = records.servers(
            records.caller(user_id, project_id), flavor=records.flavor(**flavor))
        return row['uuid']

    def delete(self, uuid):
        with engine.writer() as connection:
            connection.execute(instances.instances.update().where(
                instances.instances.c.uuid == uuid).values(deleted=True))

    def test_project_without_servers_has_nothing(self):
        self.assertEqual((NOTHING, NOTHING, 0),
                         usage_counts.of_servers(self.context, 'demo', 'fred'))
        self.assertEqual({**NOTHING, 'server_groups': 0},
                         usage_counts.of_everything(self.context, 'demo'))

    def test_servers_count_by_their_flavors_until_they_are_deleted(self):
        self.boot(vcpus=2, memory_mb=512)
        self.boot('wilma', vcpus=4, memory_mb=1024)
        self.boot(project_id='other')
        self.delete(self.boot())
        self.assertEqual((
            {'instances': 2, 'cores': 6, 'ram': 1536}, {'instances': 1, 'cores': 2, 'ram': 512}, 0),
            usage_counts.of_servers(self.context, 'demo', 'fred'))
        self.assertEqual({'instances': 1, 'cores': 4, 'ram': 1024, 'server_groups': 0},
                         usage_counts.of_everything(self.context, 'demo', 'wilma'))

    def test_members_of_a_group_that_live_are_counted(self):
        uuids = [self.boot() for _ in range(3)]
        group = placement.server_group(self.context, 'affinity', uuids[:2])
        other = placement.server_group(self.context, 'affinity', uuids)
        self.delete(uuids[0])
        for asked, members in ((group, 1), (other, 2), ('lost', 0)):
            self.assertEqual(members, usage_counts.of_servers(
                self.context, 'demo', 'fred', group=asked)[2])

    def test_groups_are_counted_by_project_and_user(self):
        for user_id in ('fred', 'wilma'):
            server_groups.create(records.caller(user_id), name='g', policy='affinity', rules={})
        self.assertEqual((2, 1, 0), (
            usage_counts.of_groups(self.context, 'demo'),
            usage_counts.of_groups(self.context, 'demo', 'wilma'),
            usage_counts.of_groups(self.context, 'other')))
        self.assertEqual(1, usage_counts.of_everything(
            self.context, 'demo', 'fred')['server_groups'])

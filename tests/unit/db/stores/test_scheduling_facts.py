# SPDX-License-Identifier: Apache-2.0
"""What the scheduler reads of hosts beside their room."""

import datetime

from nova_lite.db import engine
from nova_lite.db.stores import candidates, inventories
from nova_lite.db.stores import scheduling_facts as facts
from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.states import operation as op
from tests import base
from tests.fixtures import database, placement, records


class FactsCase(base.TestCase):

    def setUp(self):
        super().setUp()
        self.database = self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        for host in ('cmp1', 'cmp2'):
            records.compute_host(self.context, host)

    def claimed_server(self, node_id):
        """Record a server that holds room on a node; answer its uuid."""
        (row,), _operation = records.servers(self.context)
        inventories.claim(self.context, [inventories.Claim(
            row['uuid'], node_id, {'VCPU': 1, 'MEMORY_MB': 64})])
        return row['uuid']

    def column(self, fact):
        """Answer what each host has for a fact."""
        rows = candidates.matching(self.context, candidates.Cut(
            amounts={'VCPU': 1}, facts=frozenset({fact})))
        return {row.host: getattr(row, fact.value) for row in rows}


class ColumnsTest(FactsCase):

    def test_work_is_what_the_host_has_to_run_now(self):
        for _ in range(3):
            records.servers(self.context)
        with engine.writer(self.context) as connection:
            for number, state in enumerate((op.PENDING, op.RUNNING, op.DONE), start=1):
                connection.execute(facts.operations.update().where(
                    facts.operations.c.id == number).values(host='cmp2', state=state))
        self.assertEqual({'cmp1': 0, 'cmp2': 2}, self.column(Fact.WORK))

    def test_servers_are_those_that_hold_room_each_once(self):
        self.claimed_server(1)
        self.claimed_server(1)
        self.assertEqual({'cmp1': 2, 'cmp2': 0}, self.column(Fact.SERVERS))

    def test_version_of_no_aggregates_is_known(self):
        self.assertEqual({'cmp1': '0', 'cmp2': '0'}, self.column(Fact.AGGREGATES))

    def test_version_is_one_for_all_hosts(self):
        placement.aggregate(self.context, 'fast', ['cmp1'])
        versions = set(self.column(Fact.AGGREGATES).values())
        self.assertEqual(1, len(versions - {'0'}), versions)


class GroupTest(FactsCase):

    def test_member_is_where_it_holds_room_and_nowhere_before(self):
        there, here = self.claimed_server(1), self.claimed_server(2)
        (waiting,), _operation = records.servers(self.context)
        uuid = placement.server_group(
            self.context, 'anti-affinity', [there, here, waiting['uuid']], max_server_per_host=3)
        found = facts.group(self.context, uuid)
        self.assertEqual(('anti-affinity', {'max_server_per_host': 3}),
                         (found.policy, found.rules))
        self.assertEqual({there: 'cmp1', here: 'cmp2'}, found.placed)

    def test_group_is_read_with_one_statement(self):
        uuid = placement.server_group(self.context, 'affinity', [self.claimed_server(1)])
        with self.database.statements() as sent:
            facts.group(self.context, uuid)
        self.assertEqual(1, len(sent))

    def test_lock_is_a_write_that_changes_the_row(self):
        uuid = placement.server_group(self.context, 'affinity')
        facts.lock_group(self.context, facts.group(self.context, uuid).id)
        with engine.reader(self.context) as connection:
            (row,) = connection.execute(facts.groups.select())
        self.assertIsInstance(row.updated_at, datetime.datetime)


class ImagesTest(FactsCase):

    def server(self, host, **properties):
        (row,), _operation = records.servers(self.context)
        with engine.writer(self.context) as connection:
            connection.execute(facts.servers.update().where(
                facts.servers.c.uuid == row['uuid']).values(
                    host=host, image_ref='-'.join(properties.values()),
                    image_meta={'properties': properties}))

    def test_servers_of_a_host_are_counted_by_their_images(self):
        self.server('cmp1', os='debian')
        self.server('cmp1', os='debian')
        self.server('cmp1', os='fedora')
        self.server('cmp2', os='debian')
        self.server('cmp3', os='other')
        with self.database.statements() as sent:
            found = facts.images_on(self.context, {'cmp1', 'cmp2'})
        self.assertEqual({'cmp1', 'cmp2'}, set(found))
        self.assertCountEqual([({'os': 'debian'}, 2), ({'os': 'fedora'}, 1)], found['cmp1'])
        self.assertEqual(2, len(sent))

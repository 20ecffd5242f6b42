# SPDX-License-Identifier: Apache-2.0
"""What the scheduler reads beside the room of hosts, on real databases."""

import sqlalchemy as sa

from nova_lite.db import engine, models
from nova_lite.db.stores import aggregates as aggregate_store
from nova_lite.db.stores import candidates, inventories
from nova_lite.db.stores import scheduling_facts as facts
from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler import host_state
from nova_lite.states import operation as op
from tests.fixtures import placement, records
from tests.live import base, postgresql
from tests.live.services import Unavailable
from tests.live.test_claims_do_not_overcommit import start

ALL = frozenset(Fact)
AMOUNTS = {'VCPU': 1}


class Facts:
    """The tests; a class for each database says where it is."""

    def prepare(self, url):
        start(url, 4)
        models.metadata.create_all(engine.engine())
        self.addCleanup(lambda: engine.engine().dispose())
        self.context = records.caller(is_admin=True)
        for host in ('cmp1', 'cmp2'):
            records.compute_host(self.context, host)

    def rows(self, **cut):
        return candidates.matching(self.context, candidates.Cut(AMOUNTS, ALL, **cut))

    def version(self):
        return self.rows()[0].aggregates

    def test_version_changes_with_each_change_of_the_aggregates(self):
        seen = [self.version()]
        made = aggregate_store.create(self.context, 'fast')['id']
        seen.append(self.version())
        aggregate_store.add_host(self.context, made, 'cmp1')
        seen.append(self.version())
        aggregate_store.update(self.context, made, pairs={'ssd': 'yes'})
        seen.append(self.version())
        aggregate_store.update(self.context, made, pairs={'ssd': 'no'})
        seen.append(self.version())
        aggregate_store.remove_host(self.context, made, 'cmp1')
        seen.append(self.version())
        self.assertEqual(seen[-1], self.version())
        aggregate_store.delete(self.context, made)
        self.assertEqual((6, '0', '0'), (len(set(seen)), seen[0], self.version()))

    def test_all_facts_come_in_their_columns(self):
        (row,), operation = records.servers(self.context)
        inventories.claim(self.context, [inventories.Claim(row['uuid'], 1, {'VCPU': 3})])
        with engine.writer(self.context) as connection:
            connection.execute(facts.operations.update().where(
                facts.operations.c.id == operation).values(host='cmp1', state=op.RUNNING))
            connection.execute(facts.servers.update().values(
                host='cmp1', image_meta={'properties': {'os': 'debian'}}))
        for rows in (self.rows(), self.rows(limit=5),
                     candidates.every(self.context, AMOUNTS, None, ALL)):
            hosts = host_state.from_rows(
                sorted(rows), candidates.resource_classes(AMOUNTS), ALL)
            self.assertEqual([('cmp1', 1, 1, 3, 13, True), ('cmp2', 0, 0, 0, 16, True)], [
                (host.host, host.io_ops, host.num_instances, host.details.vcpus_used,
                 host.free_vcpus, bool(host.is_seen)) for host in hosts])
        self.assertEqual({'cmp1': [({'os': 'debian'}, 1)]},
                         facts.images_on(self.context, {'cmp1', 'cmp2'}))

    def test_every_condition_of_a_cut_is_understood(self):
        self.assertEqual(['cmp2'], [row.host for row in self.rows(
            zone='nova', hosts=frozenset({'cmp1', 'cmp2'}), nodes=frozenset({'cmp1', 'cmp2'}),
            not_hosts=frozenset({'cmp9'}), not_nodes=frozenset({('cmp1', 'cmp1')}), limit=3)])

    def test_members_of_a_group_are_found(self):
        (row,), _operation = records.servers(self.context)
        inventories.claim(self.context, [inventories.Claim(row['uuid'], 2, {'VCPU': 3})])
        uuid = placement.server_group(self.context, 'anti-affinity', [row['uuid']],
                                      max_server_per_host=2)
        found = facts.group(self.context, uuid)
        self.assertEqual(({row['uuid']: 'cmp2'}, {'max_server_per_host': 2}),
                         (found.placed, found.rules))
        facts.lock_group(self.context, found.id)
        with engine.reader(self.context) as connection:
            self.assertEqual(1, connection.execute(sa.select(sa.func.count()).where(
                facts.groups.c.updated_at.is_not(None))).scalar())


class MariaDBFactsTest(Facts, base.LiveTestCase):

    needs = ('mariadb',)

    def setUp(self):
        super().setUp()
        self.prepare(self.database.url)


class PostgreSQLFactsTest(Facts, base.LiveTestCase):

    def setUp(self):
        super().setUp()
        try:
            self.prepare(self.useFixture(postgresql.PostgreSQL()).url)
        except Unavailable as error:
            self.skipTest(str(error))

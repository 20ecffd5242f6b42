# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/compute_nodes.py: hypervisors as their hosts report them."""

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.stores import compute_nodes, inventories, traits
from tests import base
from tests.fixtures import database, records

CPUS = {'VCPU': {'total': 8, 'reserved': 0, 'allocation_ratio': 2.0}}


class ComputeNodesTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        records.compute_host(self.context)

    def report(self, *names, host='cmp1', **changes):
        compute_nodes.report(self.context, host, [{
            'hypervisor_hostname': name, 'hypervisor_type': 'fake', 'hypervisor_version': 1,
            'vcpus': 8, 'memory_mb': 1024, 'local_gb': 10, 'inventories': CPUS, **changes}
            for name in names])

    def nodes(self, *columns):
        with engine.reader() as connection:
            found = connection.execute(
                compute_nodes.nodes.select().order_by(compute_nodes.nodes.c.id)).mappings()
            return [tuple(row[name] for name in columns) for row in found]

    def test_node_is_reported_again_as_the_same_node(self):
        known = self.nodes('id', 'uuid')
        self.report('cmp1', memory_mb=2048)
        self.assertEqual(known, self.nodes('id', 'uuid'))
        self.assertEqual([(2048,)], self.nodes('memory_mb'))

    def test_new_node_is_added_and_one_that_is_not_named_stays(self):
        self.report('other')
        self.assertEqual([('cmp1',), ('other',)], self.nodes('hypervisor_hostname'))

    def test_nodes_of_the_same_name_on_two_hosts_are_two(self):
        records.compute_host(self.context, 'cmp2')
        self.report('cmp1', host='cmp2')
        self.assertIn(('cmp2', 'cmp1'), self.nodes('host', 'hypervisor_hostname'))
        self.assertEqual(3, len(self.nodes('id')))

    def test_report_changes_the_room_and_not_what_is_used(self):
        (node_id,), = self.nodes('id')
        inventories.claim(self.context, [inventories.Claim('a-server', node_id, {'VCPU': 3})])
        self.report('cmp1')
        row = inventories.of_nodes(self.context, [node_id])[node_id]['VCPU']
        self.assertEqual((16, 3), (row['capacity'], row['used']))

    def test_report_answers_which_node_is_which(self):
        answer = compute_nodes.report(self.context, 'cmp1', [])
        self.assertEqual({}, answer)
        (uuid,), = self.nodes('uuid')
        self.report('other')
        answer = compute_nodes.report(self.context, 'cmp1', [{
            'hypervisor_hostname': 'cmp1', 'inventories': CPUS}])
        self.assertEqual({'cmp1': uuid}, answer)

    def test_traits_of_hypervisor_and_files_are_told_apart(self):
        self.report('cmp1', traits=['A', 'B'], provider_traits=['B'])
        self.assertEqual([('A', True, False), ('B', True, True)], self.traits())

    def test_older_host_that_says_nothing_of_traits_leaves_them(self):
        self.report('cmp1', traits=['A'])
        self.report('cmp1')
        self.assertEqual([('A', True, False)], self.traits())
        self.report('cmp1', traits=[])
        self.assertEqual([], self.traits())

    def traits(self):
        return [(row['trait'], bool(row['by_driver']), bool(row['by_file']))
                for row in traits.listing(self.context)]

    def test_host_that_has_not_registered_is_refused(self):
        self.assertRaises(exception.ComputeHostNotFound, self.report, 'node', host='cmp9')

    def test_report_that_fails_in_the_middle_records_nothing(self):
        self.assertRaises(KeyError, compute_nodes.report, self.context, 'cmp1', [{
            'hypervisor_hostname': 'new', 'hypervisor_type': 'fake', 'vcpus': 1,
            'memory_mb': 1, 'local_gb': 1}])
        self.assertEqual([('cmp1',)], self.nodes('hypervisor_hostname'))

    def test_failed_builds_are_counted_for_the_node_and_forgiven_by_a_good_one(self):
        self.report('cmp1', 'other')
        for _time in range(2):
            compute_nodes.note_failed_build(self.context, 'cmp1', 'other')
        self.assertEqual([('cmp1', 0), ('other', 2)],
                         self.nodes('hypervisor_hostname', 'failed_builds'))
        compute_nodes.note_good_build(self.context, 'cmp1')
        self.assertEqual([(0,), (0,)], self.nodes('failed_builds'))

# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/scheduler/host_state.py: a node's figures while a decision is made."""

import os_resource_classes as orc

from nova_lite.scheduler import host_state
from tests import base
from tests.unit.scheduler import states


class HostStateTest(base.TestCase):

    def test_single_server_gets_no_more_than_there_really_is(self):
        room = host_state.Room(total=4, free=6)
        self.assertEqual((6, 4), (room.free, room.for_one))
        room.free = 2
        self.assertEqual(2, room.for_one)

    def test_class_that_a_node_has_not_is_no_room(self):
        self.assertEqual(0, states.host().free('CUSTOM_GPU'))

    def test_class_that_a_node_has_not_reported_is_missing(self):
        node = states.host(rooms={orc.VCPU: (None, None, None)})
        self.assertEqual((0, 8192), (node.free_vcpus, node.free_memory_mb))

    def test_disk_is_what_is_promised_or_what_is_there_whichever_is_less(self):
        for least, free in ((None, 100), (40, 40), (400, 100)):
            self.assertEqual(free, states.host(disk_available_least=least).free_disk_gb)

    def test_placed_server_leaves_less_for_the_next(self):
        node = states.host(io_ops=2)
        node.consume({orc.MEMORY_MB: 512, orc.VCPU: 1})
        self.assertEqual((7680, 63, 3), (node.free_memory_mb, node.free_vcpus, node.io_ops))

    def test_guests_that_it_can_run_are_triples(self):
        self.assertEqual((('x86_64', 'kvm', 'hvm'), ('i686', 'qemu', 'hvm')),
                         states.host().supported_instances)
        self.assertEqual((), states.host(supported_instances=None).supported_instances)

# SPDX-License-Identifier: Apache-2.0
"""What every driver must do, as tests that are run on each.

A class mixes ``DriverContract`` in and has ``driver``, ``context`` and
``new_server()``; the fake one does in tests/unit, libvirt in tests/live.
"""

import pathlib

from nova_lite import demands, exception
from nova_lite.states import power
from nova_lite.virt import driver as contract


def write_drive(path):
    """Stand for the config drive's builder."""
    pathlib.Path(path).write_bytes(b'\0' * 2048 * 64)


class DriverContract:

    def build(self, server):
        """Do all steps of a build."""
        self.driver.fetch_images(self.context, server)
        self.driver.create_disks(self.context, server)
        self.driver.write_config_drive(server, write_drive)
        self.driver.start_guest(self.context, server, server.network_info)

    def facts(self, server):
        """Answer what the driver says of a server."""
        return {
            'disks': self.driver.has_disks(server),
            'files': server.uuid in self.driver.list_disks(),
            'config_drive': self.driver.has_config_drive(server),
            'started': self.driver.is_guest_started(server),
            'power': self.driver.power_state(server),
            'listed': server.uuid in {guest.uuid for guest in self.driver.list_guests()},
        }

    NOTHING = {'disks': False, 'files': False, 'config_drive': False, 'started': False,
               'power': power.NOSTATE, 'listed': False}
    RUNS = {'disks': True, 'files': True, 'config_drive': True, 'started': True,
            'power': power.RUNNING, 'listed': True}

    def test_image_can_be_there_before_any_server_needs_it(self):
        server = self.new_server()
        self.assertTrue(self.driver.cache_image(self.context, server.image_meta))
        self.assertFalse(self.driver.cache_image(self.context, server.image_meta))
        self.assertTrue(self.driver.has_images(server))

    def test_nothing_of_a_server_is_there_before_its_build(self):
        server = self.new_server()
        self.assertFalse(self.driver.has_images(server))
        self.assertEqual(self.NOTHING, self.facts(server))

    def test_each_step_of_a_build_is_seen_to_have_happened(self):
        server = self.new_server()
        self.driver.fetch_images(self.context, server)
        self.assertTrue(self.driver.has_images(server))
        self.driver.create_disks(self.context, server)
        self.assertTrue(self.driver.has_disks(server))
        self.driver.write_config_drive(server, write_drive)
        self.assertTrue(self.driver.has_config_drive(server))
        self.driver.start_guest(self.context, server, server.network_info)
        self.assertEqual(self.RUNS, self.facts(server))

    def test_each_step_of_a_build_may_be_done_twice(self):
        server = self.new_server()
        self.build(server)
        self.build(server)
        self.assertEqual(self.RUNS, self.facts(server))
        self.assertEqual(1, [guest.uuid for guest in self.driver.list_guests()].count(server.uuid))

    def test_undo_of_each_step_takes_it_back_and_may_be_done_twice(self):
        server = self.new_server()
        self.build(server)
        for _ in range(2):
            self.driver.remove_guest(server)
            self.assertEqual({**self.NOTHING, 'disks': True, 'files': True,
                              'config_drive': True},
                             self.facts(server))
        for _ in range(2):
            self.driver.remove_config_drive(server)
            self.assertEqual({**self.NOTHING, 'disks': True, 'files': True}, self.facts(server))
        for _ in range(2):
            self.driver.remove_disks(server)
            self.assertEqual(self.NOTHING, self.facts(server))

    def test_destroy_leaves_nothing_and_may_be_done_twice(self):
        server = self.new_server()
        self.build(server)
        for _ in range(2):
            self.driver.destroy(self.context, server, server.network_info)
            self.assertEqual(self.NOTHING, self.facts(server))

    def test_destroy_removes_what_an_unfinished_build_has_left(self):
        server = self.new_server()
        self.driver.fetch_images(self.context, server)
        self.driver.create_disks(self.context, server)
        self.driver.destroy(self.context, server, server.network_info)
        self.assertEqual(self.NOTHING, self.facts(server))

    def test_guest_of_an_unknown_server_is_destroyed_by_its_uuid(self):
        server = self.new_server()
        self.build(server)
        self.driver.destroy_guest(self.context, server.uuid)
        self.assertEqual(self.NOTHING, self.facts(server))

    def test_guest_is_listed_with_its_name_and_fence(self):
        server = self.new_server(fence=7)
        self.build(server)
        [guest] = [guest for guest in self.driver.list_guests() if guest.uuid == server.uuid]
        self.assertEqual(
            contract.GuestRecord(server.uuid, server.name, power.RUNNING, fence=7), guest)

    def test_guest_of_an_older_operation_does_not_count_as_started(self):
        server = self.new_server(fence=7)
        self.build(server)
        server.fence = 8
        self.assertFalse(self.driver.is_guest_started(server))
        self.driver.start_guest(self.context, server, server.network_info)
        self.assertTrue(self.driver.is_guest_started(server))

    def test_stale_operation_does_not_start_over_a_newer_one(self):
        server = self.new_server(fence=7)
        self.build(server)
        server.fence = 6
        self.assertRaises(exception.GuestFenced, self.driver.start_guest,
                          self.context, server, server.network_info)

    def test_guest_without_disks_is_not_started(self):
        server = self.new_server()
        self.assertRaises(exception.GuestStartFailed, self.driver.start_guest,
                          self.context, server, server.network_info)
        self.assertEqual(self.NOTHING, self.facts(server))

    def test_power_goes_off_and_on(self):
        server = self.new_server()
        self.build(server)
        self.driver.power_off(self.context, server, contract.ShutdownTiming(timeout=0))
        self.assertEqual(power.SHUTDOWN, self.driver.power_state(server))
        self.driver.power_off(self.context, server, contract.ShutdownTiming(timeout=0))
        self.driver.power_on(self.context, server, server.network_info)
        self.assertEqual(power.RUNNING, self.driver.power_state(server))
        self.driver.power_off_guest(server.uuid)
        self.assertEqual(power.SHUTDOWN, self.driver.power_state(server))

    def test_power_off_without_a_guest_is_fine(self):
        server = self.new_server()
        self.driver.power_off(self.context, server, contract.ShutdownTiming(timeout=0))
        self.driver.power_off_guest(server.uuid)
        self.assertEqual(power.NOSTATE, self.driver.power_state(server))

    def test_server_without_a_guest_has_no_console_log(self):
        server = self.new_server()
        self.assertRaises(exception.ConsoleLogNotAvailable, self.driver.console_output,
                          self.context, server, None)

    def test_every_node_has_resources(self):
        self.assertTrue(self.driver.nodes())
        for node in self.driver.nodes():
            resources = self.driver.resources(node)
            self.assertGreater(resources.vcpus, 0)
            self.assertGreater(resources.memory_mb, 0)
            self.assertGreater(resources.local_gb, 0)
            self.assertIn((resources.cpu_arch, resources.hypervisor_type.lower(), 'hvm'),
                          resources.supported_instances)

    def test_every_node_has_traits_that_everybody_knows(self):
        for node in self.driver.nodes():
            found = self.driver.traits(node)
            self.assertIn('COMPUTE_NODE', found)
            self.assertEqual([], [name for name in found if not demands.is_trait(name)])

    def test_uptime_is_told_as_the_program_of_that_name_does(self):
        self.assertRegex(
            self.driver.uptime(), r'^\s*\S+\s+up\s+.+,\s+\d+ users?,\s+load average: .+')

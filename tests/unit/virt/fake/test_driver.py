# SPDX-License-Identifier: Apache-2.0
"""The fake driver keeps the contract, remembers, delays and fails as configured."""

from unittest import mock

from nova_lite import context, exception
from nova_lite.states import power
from nova_lite.virt.fake import disturbance
from nova_lite.virt.fake import driver as fake_driver
from tests import base
from tests.fixtures import virt
from tests.unit.virt import suite


class FakeTestCase(base.TestCase):

    def setUp(self):
        super().setUp()
        self.context = context.get_admin_context()

    def new_driver(self, **options):
        self.override('fake_driver', **options)
        made = fake_driver.FakeDriver('host1', virt.Images())
        self.addCleanup(made.cleanup_host)
        made.init_host(mock.Mock())
        return made

    def new_server(self, **fields):
        return virt.server(**fields)


class FakeDriverInMemoryTestCase(suite.DriverContract, FakeTestCase):

    def setUp(self):
        super().setUp()
        self.driver = self.new_driver()


class FakeDriverInFilesTestCase(suite.DriverContract, FakeTestCase):

    def setUp(self):
        super().setUp()
        self.directory = self.temporary_directory()
        self.driver = self.new_driver(state_directory=str(self.directory))

    def test_guests_are_still_there_after_a_restart(self):
        server = self.new_server()
        self.build(server)
        self.driver = self.new_driver(state_directory=str(self.directory))
        self.assertEqual(self.RUNS, self.facts(server))


class FakeNodesTestCase(FakeTestCase):

    def test_one_node_is_called_as_the_host(self):
        self.assertEqual(['host1'], self.new_driver().nodes())

    def test_host_stands_for_as_many_nodes_as_configured(self):
        self.assertEqual(['host1-node-0', 'host1-node-1'], self.new_driver(nodes=2).nodes())

    def test_nodes_may_be_named(self):
        self.assertEqual(['a', 'b'], self.new_driver(node_names=['a', 'b']).nodes())

    def test_node_uses_the_memory_of_its_own_guests(self):
        driver = self.new_driver(node_names=['a', 'b'])
        server = self.new_server(node='a')
        driver.create_disks(self.context, server)
        driver.start_guest(self.context, server, server.network_info)
        self.assertEqual([64, 0], [driver.resources(node).memory_mb_used for node in 'ab'])


class FakeConsoleTestCase(FakeTestCase):

    def lines(self, length):
        written = self.driver.console_output(self.context, self.server, length)
        return written.decode().splitlines()

    def test_console_ends_with_as_many_lines_as_were_asked_for(self):
        self.driver, self.server = self.new_driver(), self.new_server()
        self.driver.create_disks(self.context, self.server)
        self.driver.start_guest(self.context, self.server, self.server.network_info)
        written = self.lines(None)
        for length in range(len(written) + 3):
            self.assertEqual(written[max(0, len(written) - length):], self.lines(length))
        self.assertEqual('login:', written[-1])


class FakeDisturbanceTestCase(FakeTestCase):

    def test_method_fails_with_the_configured_message_and_has_no_effect(self):
        driver = self.new_driver(failures=['create_disks:1.0:no space: at all'])
        server = self.new_server()
        error = self.assertRaises(exception.FakeDriverFailure, driver.create_disks,
                                  self.context, server)
        self.assertEqual('no space: at all', str(error))
        self.assertFalse(driver.has_disks(server))

    def test_same_seed_gives_the_same_failures(self):
        def outcomes():
            driver = self.new_driver(failures=['fetch_images:0.5:no luck'], seed=3)
            found = []
            for _ in range(20):
                try:
                    driver.fetch_images(self.context, self.new_server())
                except exception.FakeDriverFailure:
                    found.append(False)
                else:
                    found.append(True)
            return found
        first = outcomes()
        self.assertEqual({True, False}, set(first))
        self.assertEqual(first, outcomes())

    def test_method_takes_as_long_as_configured(self):
        driver = self.new_driver(delays={'create_disks': '0.3', '*': '0'})
        with mock.patch.object(driver.disturbance, '_stopped') as clock:
            driver.create_disks(self.context, self.new_server())
            driver.fetch_images(self.context, self.new_server())
        clock.wait.assert_called_once_with(0.3)

    def test_hooks_are_called_on_both_sides_of_an_effect(self):
        driver = self.new_driver()
        server = self.new_server()
        seen = []
        driver.disturbance.hooks.append(
            lambda method, moment, arguments: seen.append(
                (method, moment, driver.has_disks(server))))
        driver.create_disks(self.context, server)
        self.assertEqual([('create_disks', disturbance.BEFORE, False),
                          ('create_disks', disturbance.AFTER, True)], seen)

    def test_unreadable_failure_is_an_error_of_the_configuration(self):
        self.override('fake_driver', failures=['start_guest'])
        error = self.assertRaises(exception.HypervisorUnusable, fake_driver.FakeDriver,
                                  'host1', virt.Images())
        self.assertIn('start_guest', str(error))

    def test_unreadable_delay_is_an_error_of_the_configuration(self):
        self.override('fake_driver', delays={'start_guest': 'long'})
        self.assertRaises(exception.HypervisorUnusable, fake_driver.FakeDriver,
                          'host1', virt.Images())


class FakeEventsTestCase(FakeTestCase):

    def test_guest_that_ends_by_itself_is_told(self):
        driver = self.new_driver()
        told = []
        driver.init_host(told.append)
        server = self.new_server()
        driver.create_disks(self.context, server)
        driver.start_guest(self.context, server, server.network_info)
        self.assertEqual([], told)
        driver.change_guest(server.uuid, power.SHUTDOWN)
        [event] = told
        self.assertEqual((server.uuid, power.SHUTDOWN), (event.uuid, event.transition))
        self.assertEqual(power.SHUTDOWN, driver.power_state(server))

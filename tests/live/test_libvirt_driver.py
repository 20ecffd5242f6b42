# SPDX-License-Identifier: Apache-2.0
"""The libvirt driver on a real libvirt: the contract, and what only the real thing shows."""

import os
import pathlib
import subprocess
import threading
import time

import libvirt

from nova_lite import context, exception
from nova_lite.privsep import console_context
from nova_lite.states import power
from nova_lite.virt import driver as contract
from nova_lite.virt.libvirt import driver as libvirt_driver
from tests.fixtures import boot_sectors, virt
from tests.live import base
from tests.unit.virt import suite

GREETING = 'the boot sector speaks\r\n'


class LibvirtTestCase(base.LiveTestCase):

    needs = ('libvirt',)
    virt_type = 'qemu'

    def setUp(self):
        super().setUp()
        console_context.set_client_mode(False)
        self.addCleanup(console_context.set_client_mode, True)
        self.directory.parent.chmod(0o755)
        self.directory.chmod(0o755)
        self.override(instances_path=str(self.directory / 'instances'), host='host1')
        self.override('libvirt', virt_type=self.virt_type)
        self.context = context.get_admin_context()
        self.images = virt.Images()
        self.events = []
        self.numbers = iter(range(100))
        self.driver = self.new_driver()

    def new_driver(self):
        made = libvirt_driver.LibvirtDriver('host1', self.images)
        made.init_host(self.events.append)
        self.addCleanup(made.cleanup_host)
        return made

    def new_server(self, image_format='raw', image_properties=None, **fields):
        content = boot_sectors.writes(GREETING)
        if image_format == 'qcow2':
            content = self.as_qcow2(content)
        image = virt.image(properties=image_properties, disk_format=image_format,
                           size=len(content), virtual_size=boot_sectors.IMAGE_SIZE)
        self.images.content[image.id] = content
        fields.setdefault('flavor', {'root_gb': 0})
        return virt.server(name=f'{self.name}-{next(self.numbers)}', image_meta=image, **fields)

    def as_qcow2(self, content):
        source, target = self.directory / 'source.raw', self.directory / 'source.qcow2'
        source.write_bytes(content)
        subprocess.run(['qemu-img', 'convert', '-O', 'qcow2', source, target], check=True)
        return target.read_bytes()

    def build(self, server):
        self.driver.fetch_images(self.context, server)
        self.driver.create_disks(self.context, server)
        self.driver.start_guest(self.context, server, server.network_info)

    def wait_for(self, question, seconds=20):
        """Ask until the answer is true; answer it."""
        deadline = time.monotonic() + seconds
        waiting = threading.Event()
        while not (answer := question()):
            self.assertLess(time.monotonic(), deadline, 'it never happened')
            waiting.wait(0.05)
        return answer

    def console_of(self, server):
        try:
            return self.driver.console_output(self.context, server, None)
        except exception.ConsoleLogNotAvailable:
            return b''

    def files_of(self, server):
        return sorted(os.listdir(self.directory / 'instances' / server.uuid))


class LibvirtDriverTestCase(suite.DriverContract, LibvirtTestCase):
    """The contract, with qcow2 disks."""


class LibvirtRawDriverTestCase(suite.DriverContract, LibvirtTestCase):
    """The contract, with raw disks of qcow2 images."""

    def setUp(self):
        super().setUp()
        self.override('libvirt', images_type='raw')

    def new_server(self, **fields):
        return super().new_server(image_format='qcow2', **fields)


class LibvirtGuestTestCase(LibvirtTestCase):

    def test_guest_writes_to_its_console_log_which_survives_a_restart(self):
        server = self.new_server()
        self.build(server)
        self.wait_for(lambda: GREETING.encode() in self.console_of(server))
        self.driver.power_off(self.context, server, contract.ShutdownTiming(timeout=0))
        self.driver.power_on(self.context, server, server.network_info)
        self.wait_for(lambda: self.console_of(server).count(GREETING.encode()) == 2)

    def test_console_log_is_cut_to_its_last_lines(self):
        server = self.new_server()
        self.build(server)
        self.wait_for(lambda: GREETING.encode() in self.console_of(server))
        self.assertEqual(GREETING.encode(),
                         self.driver.console_output(self.context, server, 1))

    def test_destroy_leaves_no_file_and_no_domain(self):
        server = self.new_server(flavor={'root_gb': 1, 'ephemeral_gb': 1, 'swap': 64})
        self.build(server)
        self.driver.write_config_drive(server, suite.write_drive)
        self.assertEqual(
            ['console.log', 'disk', 'disk.config', 'disk.eph0', 'disk.info', 'disk.swap'],
            self.files_of(server))
        self.driver.destroy(self.context, server, server.network_info)
        self.assertEqual(['_base', 'locks'], sorted(os.listdir(self.directory / 'instances')))
        self.assertRaises(libvirt.libvirtError, self.hypervisor.lookupByUUIDString, server.uuid)

    def test_guest_that_is_ended_behind_our_back_is_told_and_our_own_actions_are_not(self):
        server = self.new_server()
        self.build(server)
        self.driver.power_off_guest(server.uuid)
        self.driver.power_on(self.context, server, server.network_info)
        # What we cause ourselves is expected for two more seconds.
        self.wait_for(lambda: not self.driver._host._events._expectations.is_expected(
            server.uuid, power.SHUTDOWN))
        self.assertEqual([], self.seen_of(server))
        self.hypervisor.lookupByUUIDString(server.uuid).destroy()
        self.wait_for(lambda: self.seen_of(server))
        self.assertEqual([power.SHUTDOWN], self.seen_of(server))

    def seen_of(self, server):
        return [event.transition for event in self.events if event.uuid == server.uuid]

    def test_guests_of_another_service_on_the_same_machine_are_not_listed(self):
        server = self.new_server()
        self.build(server)
        self.override(instances_path=str(self.directory / 'others'))
        other = self.new_driver()
        self.assertEqual([], other.list_guests())

    def test_guest_gets_its_network_as_a_tap_on_the_bridge(self):
        bridge = f'nlt{os.getpid()}'
        subprocess.run(['ip', 'link', 'add', bridge, 'type', 'bridge'], check=True)
        self.addCleanup(subprocess.run, ['ip', 'link', 'del', bridge], check=True)
        subprocess.run(['ip', 'link', 'set', bridge, 'mtu', '1400'], check=True)
        nic = virt.nic(bridge=bridge, mtu=1400)
        server = self.new_server(nics=[nic])
        self.build(server)
        tap = pathlib.Path('/sys/class/net', nic.devname)
        self.assertEqual('1400', (tap / 'mtu').read_text(encoding='ascii').strip())
        self.assertEqual(bridge, (tap / 'master').resolve().name)
        self.driver.destroy(self.context, server, server.network_info)
        self.assertFalse(tap.exists())

    def test_kernel_is_booted_when_the_image_names_one(self):
        server = self.new_server()
        server.kernel_id = virt.new_uuid()
        self.images.content[server.kernel_id] = b'no kernel'
        self.driver.fetch_images(self.context, server)
        self.driver.create_disks(self.context, server)
        self.assertIn('kernel', self.files_of(server))
        # QEMU reads the file, which shows that it was given it, and refuses what is in it.
        self.assertRaises(exception.GuestStartFailed, self.driver.start_guest,
                          self.context, server, server.network_info)

    def test_resources_are_those_of_the_machine(self):
        [node] = self.driver.nodes()
        resources = self.driver.resources(node)
        self.assertEqual(os.cpu_count(), resources.vcpus)
        self.assertEqual('QEMU', resources.hypervisor_type)
        self.assertTrue(resources.cpu_info['arch'])

    def test_connection_is_made_anew_when_it_breaks(self):
        server = self.new_server()
        self.build(server)
        self.driver._host._connection.close()
        self.assertEqual(power.RUNNING, self.driver.power_state(server))
        self.wait_for(lambda: not self.driver._host._events._expectations.is_expected(
            server.uuid, power.SHUTDOWN))
        self.hypervisor.lookupByUUIDString(server.uuid).destroy()
        self.wait_for(lambda: self.seen_of(server))


class LibvirtKvmTestCase(LibvirtTestCase):

    virt_type = 'kvm'

    def test_kvm_guest_writes_to_its_console_log(self):
        if not os.path.exists('/dev/kvm'):
            self.skipTest('this machine has no /dev/kvm')
        # The CPU of this machine may not be one that KVM can give to a guest.
        self.override('libvirt', cpu_mode='none')
        self.driver = self.new_driver()
        server = self.new_server()
        self.build(server)
        domain = self.hypervisor.lookupByUUIDString(server.uuid)
        self.assertIn("<domain type='kvm'", domain.XMLDesc())
        self.wait_for(lambda: GREETING.encode() in self.console_of(server), seconds=60)

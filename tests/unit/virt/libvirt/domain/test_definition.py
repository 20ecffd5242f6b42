# SPDX-License-Identifier: Apache-2.0
"""What of a server stands where in its domain."""

from lxml import etree
from oslo_config import cfg

from nova_lite import context, exception
from nova_lite.virt.libvirt.disk import layout
from nova_lite.virt.libvirt.domain import definition, metadata, parts
from tests import base
from tests.fixtures import virt

OWNER = metadata.Owner('host1', '/i')
ROOT = layout.DiskFile('/i/u/disk', 'qcow2', 1 << 30, '/i/_base/abc', 'raw')
SWAP = layout.DiskFile('/i/u/disk.swap', 'raw', 1 << 20)


class DefinitionTestCase(base.TestCase):

    def define(self, *, properties=None, disks=(ROOT,), files=None, arch='x86_64', cpu=None,
               nics=(), **fields):
        server = virt.server(image_meta=virt.image(properties=properties), fence=7, **fields)
        host = definition.HostFacts(
            virt_type='qemu', arch=arch, owner=OWNER, disk_cache='none', release='1', cpu=cpu)
        made = definition.define(
            context.RequestContext(request_id='req-1'), server, nics,
            layout.InstanceDisks('/i/u', tuple(disks), **(files or {})),
            host=host, conf=cfg.CONF)
        self.server = server
        return etree.fromstring(made.to_xml())

    def test_domain_is_as_large_as_the_flavor(self):
        domain = self.define(flavor={'memory_mb': 96, 'vcpus': 3})
        self.assertEqual('96', domain.findtext('memory'))
        self.assertEqual('3', domain.findtext('vcpu'))
        self.assertEqual('qemu', domain.get('type'))

    def test_domain_says_whose_guest_it_is(self):
        domain = self.define()
        text = etree.tostring(domain.find('metadata')[0], encoding='unicode')
        self.assertEqual(7, metadata.fence_of(text))
        self.assertEqual(OWNER, metadata.owner_of(text))
        self.assertIn('request_id="req-1"', text)
        self.assertEqual(self.server.uuid, domain.findtext('uuid'))
        self.assertEqual(self.server.name, domain.findtext('name'))

    def test_title_has_no_letters_that_xml_refuses(self):
        self.assertEqual('ab<c>', self.define(display_name='a\x01b<c>').findtext('title'))

    def test_disks_have_the_usual_names_on_the_bus_of_the_image(self):
        for bus, names in (('virtio', ['vda', 'vdb']), ('sata', ['sda', 'sdb']),
                           ('scsi', ['sda', 'sdb']), ('ide', ['hda', 'hdb'])):
            domain = self.define(properties={'hw_disk_bus': bus}, disks=(ROOT, SWAP))
            targets = domain.findall('devices/disk/target')
            self.assertEqual(names, [target.get('dev') for target in targets])
            self.assertEqual({bus}, {target.get('bus') for target in targets})

    def test_scsi_disks_bring_their_controller(self):
        domain = self.define(properties={'hw_disk_bus': 'scsi'})
        [controller] = domain.findall("devices/controller[@type='scsi']")
        self.assertEqual('virtio-scsi', controller.get('model'))

    def test_shared_base_of_a_disk_keeps_its_owner(self):
        [disk] = self.define().findall('devices/disk')
        self.assertEqual('/i/_base/abc', disk.find('backingStore/source').get('file'))
        self.assertEqual('no', disk.find('backingStore/source/seclabel').get('relabel'))
        self.assertEqual('raw', disk.find('backingStore/format').get('type'))

    def test_raw_disk_is_never_searched_for_a_base(self):
        [disk] = self.define(disks=(SWAP,)).findall('devices/disk')
        self.assertEqual('raw', disk.find('driver').get('type'))
        self.assertEqual(0, len(disk.find('backingStore')))

    def test_config_drive_is_a_cdrom(self):
        domain = self.define(files={'config_drive': '/i/u/disk.config'})
        cdrom = domain.find("devices/disk[@device='cdrom']")
        self.assertEqual('/i/u/disk.config', cdrom.find('source').get('file'))
        self.assertEqual(('hda', 'ide'), tuple(cdrom.find('target').values()))

    def test_q35_has_its_cdrom_on_sata(self):
        domain = self.define(properties={'hw_machine_type': 'pc-q35-7.2'},
                             files={'config_drive': '/i/u/disk.config'})
        self.assertEqual('sata', domain.find("devices/disk[@device='cdrom']/target").get('bus'))
        self.assertEqual('pc-q35-7.2', domain.find('os/type').get('machine'))

    def test_nic_is_a_named_tap_on_its_bridge(self):
        nic = virt.nic(bridge='br100', mtu=1450)
        [made] = self.define(nics=[nic]).findall('devices/interface')
        self.assertEqual('br100', made.find('source').get('bridge'))
        self.assertEqual(nic.devname, made.find('target').get('dev'))
        self.assertEqual(nic.address, made.find('mac').get('address'))
        self.assertEqual('1450', made.find('mtu').get('size'))
        self.assertEqual('virtio', made.find('model').get('type'))

    def test_nic_has_the_model_of_the_image(self):
        domain = self.define(nics=[virt.nic()], properties={'hw_vif_model': 'e1000'})
        self.assertEqual('e1000', domain.find('devices/interface/model').get('type'))

    def test_unknown_hardware_is_refused_with_the_property_in_the_message(self):
        for name in ('hw_disk_bus', 'hw_vif_model', 'hw_cdrom_bus', 'hw_video_model'):
            error = self.assertRaises(
                exception.ImageUnacceptable, self.define, properties={name: 'abacus'})
            self.assertIn(f'{name} is abacus', str(error))

    def test_image_boots_from_its_disk(self):
        os = self.define().find('os')
        self.assertEqual('hd', os.find('boot').get('dev'))
        self.assertIsNone(os.find('kernel'))

    def test_kernel_is_booted_with_the_root_disk_and_a_serial_console(self):
        os = self.define(files={'kernel': '/i/u/kernel', 'ramdisk': '/i/u/ramdisk'}).find('os')
        self.assertEqual('/i/u/kernel', os.findtext('kernel'))
        self.assertEqual('/i/u/ramdisk', os.findtext('initrd'))
        self.assertEqual('root=/dev/vda console=ttyS0', os.findtext('cmdline'))

    def test_image_may_have_its_own_command_line(self):
        os = self.define(properties={'os_command_line': 'quiet'},
                         files={'kernel': '/i/u/kernel'}).find('os')
        self.assertEqual('quiet', os.findtext('cmdline'))

    def test_serial_console_is_logged_behind_what_is_there(self):
        log = self.define().find('devices/serial/log')
        self.assertEqual({'file': '/i/u/console.log', 'append': 'on'}, dict(log.attrib))

    def test_guest_agent_gets_a_channel_if_the_image_has_one(self):
        self.assertIsNone(self.define().find('devices/channel'))
        domain = self.define(properties={'hw_qemu_guest_agent': 'yes'})
        self.assertEqual('org.qemu.guest_agent.0',
                         domain.find('devices/channel/target').get('name'))

    def test_guest_has_no_graphics_unless_configured(self):
        domain = self.define()
        self.assertIsNone(domain.find('devices/graphics'))
        self.assertEqual('none', domain.find('devices/video/model').get('type'))
        self.override('vnc', enabled=True, server_listen='192.0.2.1')
        domain = self.define()
        self.assertEqual('192.0.2.1', domain.find('devices/graphics/listen').get('address'))
        self.assertEqual('vga', domain.find('devices/video/model').get('type'))

    def test_windows_gets_local_time(self):
        self.assertEqual('utc', self.define().find('clock').get('offset'))
        domain = self.define(properties={'os_type': 'windows'})
        self.assertEqual('localtime', domain.find('clock').get('offset'))

    def test_firmware_tells_the_guest_that_it_is_in_an_openstack_cloud(self):
        domain = self.define()
        entries = {entry.get('name'): entry.text for entry in domain.iterfind('sysinfo/system/*')}
        self.assertEqual('OpenStack Nova', entries['product'])
        self.assertEqual(self.server.uuid, entries['uuid'])

    def test_cpu_is_left_to_the_hypervisor_unless_chosen(self):
        self.assertIsNone(self.define().find('cpu'))
        cpu = parts.CPU('custom', 'Nehalem', {'pcid': 'require', 'mpx': 'disable'})
        made = self.define(cpu=cpu).find('cpu')
        self.assertEqual('Nehalem', made.findtext('model'))
        self.assertEqual([('require', 'pcid'), ('disable', 'mpx')],
                         [(feature.get('policy'), feature.get('name'))
                          for feature in made.findall('feature')])

    def test_other_architectures_get_their_machine(self):
        domain = self.define(arch='aarch64', files={'config_drive': '/i/u/disk.config'})
        self.assertEqual('virt', domain.find('os/type').get('machine'))
        self.assertIsNone(domain.find('features/apic'))
        self.assertEqual('scsi', domain.find("devices/disk[@device='cdrom']/target").get('bus'))

# SPDX-License-Identifier: Apache-2.0
"""What the host has, as libvirt and the file system say."""

import subprocess

from lxml import etree

from nova_lite import exception
from nova_lite.virt.libvirt import resources
from nova_lite.virt.libvirt.disk import layout
from tests import base

CAPABILITIES = etree.fromstring("""
<capabilities><host><cpu><arch>x86_64</arch><model>EPYC</model><vendor>AMD</vendor>
<topology sockets='1' dies='1' cores='4' threads='2'/><feature name='svm'/><feature name='aes'/>
</cpu></host>
<guest><os_type>hvm</os_type><arch name='x86_64'><domain type='qemu'/><domain type='kvm'/></arch>
</guest>
<guest><os_type>hvm</os_type><arch name='riscv64'><domain type='qemu'/></arch></guest>
</capabilities>""")


class ResourcesTestCase(base.TestCase):

    def test_cpu_is_told_as_plain_values(self):
        self.assertEqual(
            {'arch': 'x86_64', 'model': 'EPYC', 'vendor': 'AMD',
             'topology': {'sockets': 1, 'cores': 4, 'threads': 2}, 'features': ['aes', 'svm']},
            resources.cpu_of(CAPABILITIES))

    def test_kvm_is_offered_only_where_guests_use_it(self):
        qemu = (('riscv64', 'qemu', 'hvm'), ('x86_64', 'qemu', 'hvm'))
        self.assertEqual(qemu, resources.supported_by(CAPABILITIES, 'qemu'))
        self.assertEqual({*qemu, ('x86_64', 'kvm', 'hvm')},
                         set(resources.supported_by(CAPABILITIES, 'kvm')))

    def test_disks_still_grow_by_what_they_do_not_hold_yet(self):
        path = self.temporary_directory() / 'disk'
        path.write_bytes(b'x' * 8192)
        size = path.stat().st_blocks * 512
        disk = layout.DiskFile(str(path), 'qcow2', 1 << 20)
        self.assertEqual((1 << 20) - size, resources.still_to_come([disk]))

    def test_disk_that_was_just_removed_does_not_count(self):
        self.assertEqual(0, resources.still_to_come([layout.DiskFile('/nowhere', 'raw', 5)]))


class UptimeTest(base.TestCase):

    def test_program_is_asked_in_its_own_words(self):
        def run(command, *, env, **options):
            self.assertEqual((['uptime'], 'C'), (command, env['LC_ALL']))
            return subprocess.CompletedProcess(command, 0, ' 08:32:11 up 3 days\n')
        self.patch(resources.subprocess, 'run', run)
        self.assertEqual(' 08:32:11 up 3 days', resources.uptime())

    def test_program_that_is_not_there_or_fails_leaves_it_unknown(self):
        for error in (FileNotFoundError('uptime'), subprocess.CalledProcessError(1, 'uptime'),
                      subprocess.TimeoutExpired('uptime', 3)):
            def run(command, error=error, **options):
                raise error
            self.patch(resources.subprocess, 'run', run)
            self.assertRaises(exception.UptimeUnknown, resources.uptime)

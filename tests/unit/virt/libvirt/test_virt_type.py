# SPDX-License-Identifier: Apache-2.0
"""Which way guests run is found out by trying, and remembered."""

import contextlib
import json

import libvirt
from lxml import etree

from nova_lite.virt.libvirt import virt_type
from tests import base

CAPABILITIES = """
<capabilities><host><cpu><arch>{arch}</arch><model>EPYC</model></cpu></host>
<guest><os_type>hvm</os_type><arch name='x86_64'><domain type='qemu'/>{kvm}</arch></guest>
</capabilities>"""
RUNNING = (libvirt.VIR_DOMAIN_RUNNING, 1)
DONE = (libvirt.VIR_DOMAIN_SHUTOFF, libvirt.VIR_DOMAIN_SHUTOFF_SHUTDOWN)
CRASHED = (libvirt.VIR_DOMAIN_SHUTOFF, libvirt.VIR_DOMAIN_SHUTOFF_CRASHED)


class Domain:
    """A guest that answers with the states of a list, the last one for ever."""

    def __init__(self, connection):
        self._connection = connection

    def create(self):
        self._connection.starts += 1
        if self._connection.refusal:
            raise libvirt.libvirtError(self._connection.refusal)

    def state(self):
        states = self._connection.states
        return states.pop(0) if len(states) > 1 else states[0]

    def destroy(self):
        pass

    def undefineFlags(self, flags):
        self._connection.domain = None


class Connection:
    """As much of a libvirt as a trial needs; also the host that has it."""

    def __init__(self, states=(DONE,), *, kvm=True, arch='x86_64', refusal=None):
        self.states, self.refusal = list(states), refusal
        self._capabilities = CAPABILITIES.format(
            arch=arch, kvm="<domain type='kvm'/>" if kvm else '')
        self.domain, self.starts, self.version = None, 0, 7002000

    def capabilities(self):
        return etree.fromstring(self._capabilities)

    def getVersion(self):
        return self.version

    def getLibVersion(self):
        return 9000000

    def defineXML(self, xml):
        self.domain = Domain(self)
        return self.domain

    def lookupByUUIDString(self, uuid):
        if self.domain is None:
            error = libvirt.libvirtError('no domain')
            error.err = (libvirt.VIR_ERR_NO_DOMAIN, *[None] * 8)
            raise error
        return self.domain

    def call(self, function):
        return function(self)

    @contextlib.contextmanager
    def expecting(self, uuid, *transitions):
        yield


class VirtTypeTestCase(base.TestCase):

    def setUp(self):
        super().setUp()
        self.directory = self.temporary_directory()

    def choose(self, connection):
        chosen = virt_type.choose(connection, str(self.directory))
        self.assertIsNone(connection.domain, 'the guest of the trial is left')
        self.assertEqual([], [path.name for path in self.directory.iterdir()
                              if path.name != virt_type.ANSWER_FILE])
        return chosen

    def kept(self):
        return json.loads((self.directory / virt_type.ANSWER_FILE).read_text(encoding='utf-8'))

    def test_configured_type_is_taken_without_a_trial(self):
        for configured in ('kvm', 'qemu'):
            self.override('libvirt', virt_type=configured)
            connection = Connection()
            self.assertEqual(configured, self.choose(connection))
            self.assertEqual(0, connection.starts)

    def test_kvm_is_taken_when_the_guest_switches_itself_off(self):
        self.assertEqual('kvm', self.choose(Connection([RUNNING, RUNNING, DONE])))
        self.assertIn('takes kvm', self.logs.output)

    def test_qemu_is_taken_when_the_guest_is_not_done_in_time(self):
        self.override('libvirt', probe_timeout=1)
        self.assertEqual('qemu', self.choose(Connection([RUNNING])))
        self.assertIn('was not done after 1 s', self.logs.output)

    def test_qemu_is_taken_when_the_guest_crashes(self):
        self.assertEqual('qemu', self.choose(Connection([RUNNING, CRASHED])))

    def test_qemu_is_taken_when_the_guest_can_not_be_started(self):
        self.assertEqual('qemu', self.choose(Connection(refusal='no access to /dev/kvm')))
        self.assertIn('no access to /dev/kvm', self.kept()['reason'])

    def test_qemu_is_taken_without_a_trial_where_libvirt_offers_no_kvm(self):
        connection = Connection(kvm=False)
        self.assertEqual('qemu', self.choose(connection))
        self.assertEqual(0, connection.starts)

    def test_offer_is_believed_on_architectures_without_a_trial(self):
        self.assertEqual('kvm', self.choose(Connection(arch='aarch64')))

    def test_answer_is_kept(self):
        connection = Connection()
        self.choose(connection)
        self.assertEqual('kvm', self.choose(connection))
        self.assertEqual(1, connection.starts)

    def test_another_hypervisor_is_tried_again(self):
        connection = Connection()
        self.choose(connection)
        connection.version += 1
        self.choose(connection)
        self.assertEqual(2, connection.starts)

    def test_refusal_is_kept_until_the_machine_restarts(self):
        connection = Connection([CRASHED])
        self.choose(connection)
        self.choose(connection)
        self.assertEqual(1, connection.starts)
        self.useFixture(BootId(self.directory.parent / 'boot_id'))
        connection.states = [DONE]
        self.assertEqual('kvm', self.choose(connection))

    def test_unreadable_answer_is_found_out_again(self):
        (self.directory / virt_type.ANSWER_FILE).write_text('{"virt', encoding='utf-8')
        self.assertEqual('kvm', self.choose(Connection()))

    def test_configured_kernel_must_run_too(self):
        kernel = self.directory.parent / 'vmlinuz'
        kernel.write_bytes(b'kernel')
        self.override('libvirt', probe_kernel=str(kernel))
        connection = Connection([DONE, CRASHED])
        self.assertEqual('qemu', self.choose(connection))
        self.assertEqual(2, connection.starts)

    def test_missing_kernel_is_told_as_the_reason(self):
        self.override('libvirt', probe_kernel='/nowhere/vmlinuz')
        self.assertEqual('qemu', self.choose(Connection()))
        self.assertIn('/nowhere/vmlinuz', self.kept()['reason'])


class BootId(base.fixtures.MonkeyPatch):
    """The machine has been started again."""

    def __init__(self, path):
        path.write_text('another', encoding='ascii')
        super().__init__('nova_lite.virt.libvirt.virt_type.BOOT_ID', str(path))

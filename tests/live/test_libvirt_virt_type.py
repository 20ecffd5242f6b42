# SPDX-License-Identifier: Apache-2.0
"""The trial of KVM on the real machine: the guests it starts are real ones."""

import fixtures
import libvirt

from nova_lite.virt.libvirt import host, virt_type
from nova_lite.virt.libvirt.domain import domain
from tests.live import base


class TrialTestCase(base.LiveTestCase):

    needs = ('libvirt',)

    def setUp(self):
        super().setUp()
        self.directory.parent.chmod(0o755)
        self.directory.chmod(0o755)
        self.host = host.Host()
        self.addCleanup(self.host.stop)

    def test_guests_of_the_trial_switch_themselves_off(self):
        """With emulation in the place of KVM, so it must go well on any machine."""
        self.override('libvirt', cpu_mode='none', probe_timeout=30)
        self.useFixture(fixtures.MonkeyPatch(
            'nova_lite.virt.libvirt.virt_type.KVM', domain.QEMU))
        trial = virt_type.Trial(self.host, str(self.directory))
        answer = trial.run({'offered': True, 'arch': 'x86_64'})
        self.assertEqual('a 64-bit guest ran in it', answer.reason)

    def test_answer_is_that_of_a_kernel_and_nothing_of_the_trial_is_left(self):
        chosen = virt_type.choose(self.host, str(self.directory))
        self.assertIn(chosen, (domain.KVM, domain.QEMU))
        self.assertEqual([virt_type.ANSWER_FILE],
                         [path.name for path in self.directory.iterdir()])
        trial = virt_type.Trial(self.host, str(self.directory))
        self.assertRaises(libvirt.libvirtError, self.hypervisor.lookupByUUIDString, trial._uuid)

    def test_trial_with_the_default_cpu_ends_in_time(self):
        self.override('libvirt', cpu_mode='none', probe_timeout=4)
        trial = virt_type.Trial(self.host, str(self.directory))
        answer = trial.run({'offered': True, 'arch': 'x86_64'})
        self.assertIn(answer.reason.split(' after')[0], (
            'a 64-bit guest ran in it', 'a 64-bit guest was not done'), answer.reason)

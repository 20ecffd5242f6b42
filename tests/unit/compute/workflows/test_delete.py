# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/workflows/delete.py: nothing is left, however often it is tried."""

from nova_lite import exception, objects
from nova_lite.compute.workflows import build, delete
from nova_lite.operations import runner
from nova_lite.states import power, transitions, vm
from tests.fixtures import virt
from tests.unit.compute.workflows import case


class DeleteTest(case.HostCase):
    """A server that runs."""

    def setUp(self):
        super().setUp()
        self.work = self.work_to_build(config_drive=True)
        self.work.instance.network_info = objects.NetworkInfo(objects=[virt.nic()])
        build.spawn(self.host, self.context, self.work, self.lease(self.work))

    def destroy(self):
        return delete.destroy(self.host, self.context, self.work, self.lease(self.work))

    def test_delete_leaves_nothing_on_the_host(self):
        outcome = self.destroy()
        self.assertEqual((vm.DELETED, power.NOSTATE, []), (
            outcome.vm_state, outcome.power_state, self.things()))
        self.assertEqual(['compute_terminate_instance'],
                         [event['event'] for event in outcome.events])

    def test_delete_of_what_is_gone_succeeds(self):
        self.destroy()
        self.assertEqual(vm.DELETED, self.destroy().vm_state)

    def test_delete_that_was_interrupted_goes_on(self):
        self.fail_at('destroy', OSError('killed'), 'after')
        self.assertRaises(OSError, self.destroy)
        self.assertEqual(['taps'], self.things())
        self.driver.disturbance.hooks.clear()
        self.destroy()
        self.assertEqual([], self.things())

    def test_network_stays_until_the_guest_is_gone(self):
        self.fail_at('destroy', OSError('guest does not die'))
        self.assertRaises(OSError, self.destroy)
        self.assertIn('taps', self.things())

    def test_failed_delete_is_an_error_that_says_why_and_where(self):
        outcome = delete.keep(self.host, self.context, self.work,
                              exception.NetworkHostFailed(reason='nft is missing'))
        self.assertEqual((vm.ERROR, 'cmp1'), (outcome.vm_state, outcome.fault['host']))
        self.assertIn('nft is missing', outcome.fault['message'])

    def test_clean_up_leaves_nothing_on_the_host(self):
        outcome = delete.remove_leftovers(
            self.host, self.context, self.work, self.lease(self.work))
        self.assertEqual((vm.DELETED, []), (outcome.vm_state, self.things()))

    def test_clean_up_that_fails_is_not_ended_for_nobody_else_can_do_it(self):
        error = OSError('busy')
        self.assertIs(error, self.assertRaises(
            OSError, delete.try_again, self.host, self.context, self.work, error))

    def test_runner_finds_both_phases(self):
        self.assertEqual({(transitions.DELETE, transitions.DESTROY),
                          (transitions.CLEAN_UP, transitions.REMOVE_LEFTOVERS)},
                         set(runner.phases_of([delete], self.host)))

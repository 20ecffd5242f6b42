# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/workflows/build.py: the steps, their undo, and who goes on."""

from nova_lite import exception, objects
from nova_lite.compute.workflows import build
from nova_lite.operations import lease as leases
from nova_lite.operations import runner
from nova_lite.states import power, transitions, vm
from tests.fixtures import virt
from tests.unit.compute.workflows import case

EVERYTHING = ['guests', 'disks', 'config_drives', 'taps']
CHANGES = ('fetch_images', 'create_disks', 'write_config_drive', 'start_guest')
"""What a build asks of the driver, in order."""


class SpawnTest(case.HostCase):

    def setUp(self):
        super().setUp()
        self.work = self.work_to_build(config_drive=True)
        self.work.instance.network_info = objects.NetworkInfo(objects=[virt.nic()])

    def spawn(self):
        return build.spawn(self.host, self.context, self.work, self.lease(self.work))

    def superseded(self):
        """Let another take the lease, so long ago that its holder asks."""
        self.take(self.work.operation.id)
        self.patch(leases, 'CERTAIN_FOR', -1)

    def test_outcome_is_an_active_server_whose_guest_was_seen_running(self):
        outcome = self.spawn()
        self.assertEqual((vm.ACTIVE, power.RUNNING), (outcome.vm_state, outcome.power_state))
        self.assertEqual(EVERYTHING, self.things())
        self.assertEqual(vm.ACTIVE, self.finish(self.work, outcome)['vm_state'])

    def test_images_come_first_and_the_guest_last(self):
        self.spawn()
        self.assertEqual(list(CHANGES), self.calls)

    def test_config_drive_is_not_written_unasked(self):
        self.work.instance.config_drive = False
        self.spawn()
        self.assertEqual(['guests', 'disks', 'taps'], self.things())

    def test_config_drive_has_the_secrets_of_the_operation(self):
        self.work.secrets = {'admin_password': 'geheim', 'injected_files': [['/etc/a', 'eA==']]}
        written = []
        self.patch(build.config_drive, 'build', lambda path, known: (
            written.append(known), open(path, 'xb').close()))
        self.spawn()
        self.assertEqual('geheim', written[0].admin_password)

    def test_steps_are_told_with_the_whole_around_them(self):
        events = [event['event'] for event in self.spawn().events]
        self.assertEqual(['compute__do_build_and_run_instance',
                          *(step.name for step in build.STEPS)], events)

    def test_second_run_does_only_what_is_cheap_and_changes_nothing(self):
        self.spawn()
        self.calls.clear()
        outcome = self.spawn()
        self.assertEqual(([], vm.ACTIVE, EVERYTHING), (
            self.calls, outcome.vm_state, self.things()))

    def test_whatever_fails_nothing_is_left(self):
        for method in CHANGES:
            for moment in ('before', 'after'):
                self.driver.disturbance.hooks.clear()
                self.fail_at(method, OSError('disk full'), moment)
                self.assertRaises(OSError, self.spawn)
                self.assertEqual([], self.things(), f'{moment} {method}')

    def test_guest_that_ends_at_once_was_never_built(self):
        self.driver.disturbance.hooks.append(self.kill_guest)
        self.assertRaises(exception.GuestStartFailed, self.spawn)
        self.assertEqual([], self.things())

    def kill_guest(self, method, moment, _arguments):
        if (method, moment) == ('start_guest', 'after'):
            self.driver.change_guest(self.work.instance.uuid, power.SHUTDOWN)

    def test_guest_is_not_started_for_an_operation_that_was_taken_over(self):
        self.superseded()
        self.assertRaises(exception.LeaseLost, self.spawn)
        self.assertNotIn('start_guest', self.calls)

    def test_who_has_lost_the_lease_undoes_nothing(self):
        self.superseded()
        self.assertRaises(exception.LeaseLost, self.spawn)
        self.assertEqual(['disks', 'config_drives', 'taps'], self.things())


class HandBackTest(case.HostCase):
    """What is made of a failure."""

    def setUp(self):
        super().setUp()
        self.work = self.work_to_build()

    def hand_back(self, error):
        return build.hand_back(self.host, self.context, self.work, error)

    def test_controller_goes_on_and_learns_what_failed_where(self):
        handed = self.hand_back(exception.GuestStartFailed(instance_uuid='u', reason='no KVM'))
        self.assertEqual((transitions.RESCHEDULE, None, ['cmp1', 'cmp1']), (
            handed.phase, handed.host, handed.changes['failed_on']))
        self.assertIn('no KVM', handed.changes['problem']['message'])

    def test_another_host_is_worth_a_try_unless_it_would_meet_the_same(self):
        for error, worth in (
                (OSError('disk full'), True),
                (exception.GuestStartFailed(instance_uuid='u', reason='r'), True),
                (exception.ImageNotFound(image_id='i'), False),
                (exception.ImageServiceRefuses(image_id='i', status=403), False),
                (exception.ImageServiceUnavailable(reason='r'), True),
                (exception.FlavorDiskTooSmall(flavor_gb=1, image_gb=2), False)):
            problem = self.hand_back(error).changes['problem']
            self.assertIs(worth, problem['can_be_tried_elsewhere'], error)

    def test_unknown_error_tells_the_user_its_name_only(self):
        problem = self.hand_back(OSError('/var/lib/secret is full')).changes['problem']
        self.assertEqual('OSError', problem['message'])

    def test_steps_that_were_done_go_to_the_controller(self):
        self.fail_at('start_guest', OSError('no'))
        self.assertRaises(OSError, build.spawn, self.host, self.context, self.work,
                          self.lease(self.work))
        results = {event['event']: event['result'] for event in self.hand_back(OSError()).events}
        self.assertEqual(('Success', 'Error', 'Success'), (
            results['create disks'], results['start guest'], results['undo: create disks']))

    def test_host_that_may_hold_something_keeps_the_build_until_enough_is_enough(self):
        stuck = exception.UndoFailed(steps='create disks: busy', reason='x')
        self.override('operations', max_attempts_on_host=2)
        self.assertIs(stuck, self.assertRaises(exception.UndoFailed, self.hand_back, stuck))
        self.work = self.take(self.work.operation.id)
        outcome = self.hand_back(stuck)
        self.assertEqual((vm.ERROR, 'cmp1'), (outcome.vm_state, outcome.fault['host']))

    def test_server_that_may_have_left_something_stays_on_its_host(self):
        self.override('operations', max_attempts_on_host=1)
        outcome = self.hand_back(exception.UndoFailed(steps='s', reason='r'))
        row = self.finish(self.work, outcome)
        self.assertEqual((vm.ERROR, 'cmp1'), (row['vm_state'], row['host']))

    def test_runner_finds_the_phase(self):
        self.assertIn((transitions.BUILD, transitions.SPAWN),
                      runner.phases_of([build], self.host))

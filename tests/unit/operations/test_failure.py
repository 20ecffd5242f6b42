# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/operations/failure.py: what a user reads of an error, and what an admin."""

from nova_lite import exception, objects, steps
from nova_lite.operations import failure
from nova_lite.states import vm
from tests import base


def raised(error):
    """Answer an error that has been raised, so that it has a trace."""
    try:
        raise error
    except type(error) as caught:
        return caught


class FailureTest(base.TestCase):

    def test_error_of_ours_is_told_in_words_with_its_code(self):
        fault = failure.fault(exception.NoValidHost(reason='all are full'), 'cmp1')
        self.assertIn('all are full', fault['message'])
        self.assertEqual((exception.NoValidHost.code, 'cmp1'), (fault['code'], fault['host']))

    def test_any_other_error_is_told_by_its_name_only(self):
        fault = failure.fault(raised(OSError('/etc/nova_lite/keys: denied')))
        self.assertEqual((500, 'OSError', None), (
            fault['code'], fault['message'], fault['host']))

    def test_details_have_the_trace_and_the_cause(self):
        try:
            try:
                raise OSError('no space left')
            except OSError as cause:
                raise exception.GuestStartFailed(instance_uuid='u', reason='r') from cause
        except exception.GuestStartFailed as error:
            details = failure.fault(error)['details']
        self.assertIn('no space left', details)
        self.assertIn('Traceback', details)

    def test_outcome_has_the_steps_that_were_done(self):
        work = objects.Work()
        work.journal = steps.Journal('cmp1')
        with work.journal.record('create disks'):
            pass
        outcome = failure.outcome(OSError(), work, vm_state=vm.ERROR, host='cmp1')
        self.assertEqual((vm.ERROR, ['create disks']), (
            outcome.vm_state, [event['event'] for event in outcome.events]))

    def test_error_before_the_first_step_has_none(self):
        self.assertEqual([], failure.outcome(OSError(), objects.Work(), vm_state=None).events)

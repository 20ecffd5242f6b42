# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/operation_change.py: what retry and abandon decide.

What they do to a cloud is in tests/functional/test_operators_commands.py.
"""

from nova_lite import exception
from nova_lite.cmd.manage import operation_change
from nova_lite.operations import sweep
from nova_lite.states import operation as op
from nova_lite.states import transitions
from tests import base
from tests.fixtures import database, ended, manage, records


def row(**changes):
    return {'id': 7, 'kind': transitions.BUILD, 'phase': transitions.SCHEDULE,
            'state': op.PENDING, 'host': None, 'host_is_up': False, 'host_may_hold': False,
            'owner_lives': False, 'owner_binary': None, 'owner_host': None, 'idle': 0.0,
            'parent_id': None, **changes}


def on_host(**changes):
    return row(**{'phase': transitions.SPAWN, 'host': 'cmp1', 'host_is_up': True, **changes})


RUNS = {'state': op.RUNNING, 'owner_lives': True}
CASES = (
    (row(), False, sweep.Remedy.WAKE),
    (row(**RUNS), False, sweep.Remedy.LEAVE),
    (row(**RUNS), True, sweep.Remedy.RELEASE),
    (row(**RUNS, idle=1e6), False, sweep.Remedy.RELEASE),
    (row(state=op.RUNNING), False, sweep.Remedy.WAKE),
    (on_host(), False, sweep.Remedy.WAKE),
    (on_host(state=op.WAITING_FOR_HOST), False, sweep.Remedy.WAKE),
    (on_host(**RUNS, host_may_hold=True), True, sweep.Remedy.RELEASE),
    (on_host(host_is_up=False), False, sweep.Remedy.GO_ON_WITHOUT_HOST),
    (on_host(host_is_up=False, host_may_hold=True), True, sweep.Remedy.WAIT_FOR_HOST),
    (on_host(host_is_up=False, host_may_hold=True, state=op.WAITING_FOR_HOST), True,
     sweep.Remedy.LEAVE),
)


class RemedyTest(base.TestCase):

    def test_each_situation_has_its_remedy(self):
        for number, (operation, release_lease, wanted) in enumerate(CASES):
            self.assertEqual(wanted, operation_change.remedy_for(
                operation, release_lease=release_lease), number)

    def test_what_can_not_be_retried_is_refused(self):
        for operation, error in (
                (row(state=op.DONE), exception.OperationHasEnded),
                (row(phase=transitions.AWAIT_BATCH), exception.OperationBelongsToParent),
                (row(kind='dance'), exception.UnknownPhase)):
            self.assertRaises(error, operation_change.remedy_for, operation, release_lease=True)

    def test_operator_reads_why_nothing_is_done(self):
        self.assertIn('--release-lease', operation_change.why_not(row(**RUNS)))
        self.assertIn('or delete the server', operation_change.why_not(on_host()))
        self.assertNotIn('delete the server', operation_change.why_not(
            on_host(kind=transitions.CLEAN_UP)))


class AbandonTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.manage = self.useFixture(manage.Manage())

    def test_dry_run_says_what_becomes_of_the_server(self):
        _rows, number = records.servers(records.caller())
        answer = self.manage('operation', 'abandon', number, '--dry-run', '--reason', 'why')
        self.assertEqual(0, answer.code)
        self.assertRegex(answer.out, r'build was abandoned by .+@.+: why\.')
        self.assertIn('The server goes to error.', answer.out)
        self.assertEqual(op.PENDING, ended.contents('operations')[0]['state'])

    def test_operation_that_has_ended_is_not_ended_again(self):
        answer = self.manage('operation', 'abandon', ended.operation(), '--yes')
        self.assertEqual(1, answer.code)
        self.assertIn('has ended already (done)', answer.err)

# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/audit/hosts.py: what is held, against what is recorded."""

from nova_lite import exception
from nova_lite.audit import hosts
from nova_lite.db.stores import record_audit
from nova_lite.states import power, vm
from tests import base

UUID, OTHER = 'a' * 8 + '-1', 'b' * 8 + '-2'
NIC = '12345678-9abc-4def-8123-456789abcdef'
TAP = 'tap12345678-9a'
MAC = 'fa:16:3e:00:00:01'


def row(**changes):
    return {'uuid': UUID, 'host': 'cmp1', 'deleted': False, 'fence': 5, 'vm_state': vm.ACTIVE,
            'task_state': None, 'power_state': power.RUNNING, 'is_busy': False,
            'nics': [(MAC, NIC, '10.0.0.5')], **changes}


def held(**changes):
    guest = {'uuid': UUID, 'name': 'instance-1', 'power_state': power.RUNNING, 'fence': 5}
    return hosts.Held(**{'guests': {UUID: guest}, 'disks': frozenset({UUID}),
                         'taps': frozenset({TAP}), 'leases': {MAC: '10.0.0.5'}, **changes})


class CompareTest(base.TestCase):

    def found(self, what, *rows, before=None):
        after = {one['uuid']: one for one in rows}
        record = hosts.Record(before=after if before is None else before, after=after)
        return {one.code.name: one for one in hosts.compare(None, 'cmp1', what, record)}

    def test_host_that_has_what_is_recorded_is_fine(self):
        self.assertEqual({}, self.found(held(), row()))

    def test_each_thing_that_is_missing_is_named(self):
        for what, code in ((held(guests={}), 'guest-missing'),
                           (held(disks=frozenset()), 'disks-missing'),
                           (held(taps=frozenset()), 'tap-missing'),
                           (held(leases={}), 'lease-missing'),
                           (held(leases={MAC: '10.0.0.6'}), 'lease-differs')):
            self.assertEqual([code], list(self.found(what, row())))

    def test_each_thing_that_is_left_over_is_named(self):
        for what, code in ((held(taps=frozenset({TAP, 'tap0'})), 'tap-left'),
                           (held(leases={MAC: '10.0.0.5', 'other': '10.0.0.9'}), 'lease-left')):
            self.assertEqual([code], list(self.found(what, row())))

    def test_network_without_dhcp_has_no_leases_to_miss(self):
        self.assertEqual({}, self.found(held(leases=None), row()))

    def test_guest_that_is_off_needs_no_tap(self):
        off = {UUID: {**held().guests[UUID], 'power_state': power.SHUTDOWN}}
        self.assertEqual({}, self.found(
            held(guests=off, taps=frozenset(), leases={}),
            row(vm_state=vm.STOPPED, power_state=power.SHUTDOWN)))

    def test_guest_of_a_newer_operation_than_the_record_knows_is_named(self):
        self.assertEqual(['fence-ahead'], list(self.found(held(), row(fence=4))))
        self.assertEqual({}, self.found(held(), row(fence=9)))

    def test_guest_in_another_state_can_be_recorded(self):
        found = self.found(held(), row(power_state=power.SHUTDOWN))
        self.assertEqual(['power-differs'], list(found))
        self.assertIsNotNone(found['power-differs'].repair)

    def test_server_that_is_being_worked_on_is_not_judged(self):
        for changes in ({'is_busy': True}, {'task_state': 'x'}):
            self.assertEqual({}, self.found(held(guests={}), row(**changes)))

    def test_server_that_changed_while_its_host_answered_is_not_judged(self):
        self.assertEqual({}, self.found(held(guests={}), row(), before={UUID: row(fence=4)}))
        self.assertEqual({}, self.found(held(guests={}), row(), before={}))

    def test_server_in_error_may_have_no_guest(self):
        self.assertEqual({}, self.found(
            held(guests={}, disks=frozenset()), row(vm_state=vm.ERROR)))

    def test_guest_of_a_deleted_server_is_cleaned_up(self):
        found = self.found(held(), row(deleted=True))
        self.assertEqual(['guest-left'], list(found))
        self.assertIn('clean_up', found['guest-left'].remedy)

    def test_files_alone_are_cleaned_up_too(self):
        found = self.found(held(guests={}), row(deleted=True))
        self.assertEqual(['disks-left'], list(found))

    def test_what_nothing_is_recorded_of_is_left_to_a_person(self):
        found = self.found(held(taps=frozenset(), leases={}))
        self.assertEqual(['guest-left'], list(found))
        self.assertIsNone(found['guest-left'].remedy)

    def test_guest_of_another_hosts_server_is_left_to_a_person(self):
        found = self.found(held(taps=frozenset(), leases={}), row(host='cmp2'))
        self.assertEqual(['held-elsewhere'], list(found))
        self.assertIn('host cmp2', found['held-elsewhere'].problem)
        self.assertIsNone(found['held-elsewhere'].remedy)

    def test_server_on_its_way_to_another_host_is_not_judged(self):
        self.assertEqual({}, self.found(held(taps=frozenset(), leases={}),
                                        row(host='cmp2', is_busy=True)))


class LookTest(base.TestCase):
    """Two looks at a host."""

    def setUp(self):
        super().setUp()
        self.patch(record_audit, 'servers_of', lambda context, host, also=(): {UUID: row()})
        self.pauses = []

    def look(self, *answers):
        answers = list(answers)

        def ask(context, host):
            answer = answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer

        self.patch(hosts, 'ask', ask)
        found = hosts.look(None, 'cmp1', self.pauses.append)
        self.assertEqual([], answers)
        return [one.code.name for one in found]

    def test_host_that_is_fine_is_asked_once(self):
        self.assertEqual([], self.look(held()))
        self.assertEqual([], self.pauses)

    def test_what_is_over_a_moment_later_was_no_finding(self):
        self.assertEqual([], self.look(held(guests={}), held()))
        self.assertEqual([hosts.CONFIRM_AFTER], self.pauses)

    def test_what_is_there_twice_is_one(self):
        self.assertEqual(['guest-missing'], self.look(held(guests={}), held(guests={})))

    def test_host_that_does_not_answer_is_one(self):
        late = exception.MessagingTimeout(method='audit_host', recipient='cmp1', timeout=1)
        self.assertEqual(['host-silent'], self.look(late, late))


class WordsTest(base.TestCase):

    def test_what_is_held_of_a_server_in_words(self):
        self.assertEqual('guest instance-1, running, fence 5; disks', held().in_words(UUID))
        self.assertEqual('no guest; no disks', held().in_words(OTHER))

# SPDX-License-Identifier: Apache-2.0
"""The words for why no host was found."""

from nova_lite.scheduler import decision, filters
from tests import base
from tests.unit.scheduler import states


class ExplanationTest(base.TestCase):

    def explain(self, *hosts, **asked):
        self.request = states.request(**asked)
        return decision.explain(filters.enabled(), self.request, hosts)

    def reason(self, *hosts, **asked):
        return decision.reason_for_user(self.explain(*hosts, **asked), self.request)

    def test_hosts_that_are_out_are_not_asked_for_room(self):
        full = {'MEMORY_MB': (8192, 8192, 8000)}
        self.assertEqual(
            'Of 4 hosts, 2 are disabled, 1 is down; of the rest, 1 has too little memory '
            '(1024 MB needed, at most 192 MB free).',
            self.reason(states.host(disabled=True, rooms=full), states.host(disabled=True),
                        states.host(is_seen=False), states.host(rooms=full)))

    def test_host_that_lacks_several_things_is_counted_for_each(self):
        found = self.explain(states.host(rooms={
            'MEMORY_MB': (8192, 8192, 8000), 'DISK_GB': (100, 100, 95)}))
        self.assertEqual({'memory': 1, 'disk': 1}, {
            name: kept['hosts'] for name, kept in found.record().items()})
        self.assertEqual(0, found.fitting)

    def test_nearest_host_is_the_one_with_most_of_what_is_missing(self):
        found = self.explain(*(states.host(f'cmp{used}', rooms={'MEMORY_MB': (8192, 8192, used)})
                               for used in (8000, 7500, 8100)))
        self.assertIn('at most 692 MB free on cmp7500',
                      decision.reason_for_operator(found, self.request))

    def test_record_names_the_nearest_host_of_each_cause(self):
        full = {'MEMORY_MB': (8192, 8192, 8000)}
        hint = {'same_host': ['a']}
        found = self.explain(states.host('cmp1', rooms=full), states.host('cmp2'), hints=hint)
        self.assertEqual(
            {'same_host': {'hosts': 2, 'nearest_host': 'cmp2'},
             'memory': {'hosts': 1, 'needed': 1024, 'nearest': 192, 'nearest_host': 'cmp1'}},
            found.record())

    def test_record_keeps_of_a_request_what_it_asks_for(self):
        kept = decision.kept_of(states.request(zone='east').summary(), 2)
        self.assertEqual({'amounts': {'DISK_GB': 10, 'MEMORY_MB': 1024, 'VCPU': 1},
                          'zone': 'east', 'count': 2}, kept)

    def test_users_are_told_no_names_of_hosts(self):
        hosts = [states.host('secret', rooms={'MEMORY_MB': (1, 1, 0)}),
                 states.host('secret2', disabled=True)]
        self.assertNotIn('secret', self.reason(*hosts))

    def test_host_without_inventory_is_counted_once(self):
        nothing = dict.fromkeys(states.ROOMS, (None, None, None))
        self.assertEqual('Of 1 host, 1 has not reported its resources yet.',
                         self.reason(states.host(rooms=nothing)))

    def test_host_against_which_nothing_stands_fits(self):
        self.assertEqual(1, self.explain(states.host()).fitting)

    def test_reason_for_a_user_fits_the_record_of_a_fault(self):
        hint = {'same_host': ['a']}
        full = {name: (1, 1, 1) for name in states.ROOMS}
        hosts = [states.host(disabled=True), states.host(forced_down=True),
                 states.host(is_seen=False), states.host(availability_zone='w'),
                 states.host(rooms=full)]
        text = self.reason(*hosts, zone='nova', hints=hint,
                           image_properties={'hw_architecture': 'aarch64'})
        self.assertTrue(text.endswith(', and more.'), text)
        self.assertLessEqual(len(f'No valid host was found. {text}'), 255)

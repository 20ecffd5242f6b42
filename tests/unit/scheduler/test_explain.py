# SPDX-License-Identifier: Apache-2.0
"""What is said of a request and of each host."""

from nova_lite.scheduler import drivers, explain
from tests import base
from tests.unit.scheduler import states

FULL = {'MEMORY_MB': (8192, 8192, 8000)}


class ExplainTest(base.TestCase):

    def answer(self, *hosts, count=1, limit=explain.LIMIT, only=(), **asked):
        return explain.answer(
            drivers.configured(), states.request(**asked), list(hosts),
            explain.Question(count=count, limit=limit, only=frozenset(only)))

    def hosts(self, answer):
        return [row['host'] for row in answer['hosts']]

    def test_host_that_is_chosen_is_told_with_its_reason(self):
        found = self.answer(states.host('cmp1', rooms={'MEMORY_MB': (8192, 8192, 4096)}),
                            states.host('cmp2'))
        (placed,) = found['placements']
        self.assertEqual(('cmp2', 'cmp1', 1.0, 0.0), (
            placed['host'], placed['next_host'], placed['weight'], placed['next_weight']))
        self.assertEqual('cmp2 weighs 1, cmp1 0: RAMWeigher +1.', placed['text'])
        self.assertEqual((None, [], 2), (
            found['reason'], found['changes'], found['fitting_hosts']))
        self.assertEqual([('cmp2', 1, 1.0), ('cmp1', 0, 0.0)], [
            (row['host'], row['placed'], row['weight']) for row in found['hosts']])

    def test_each_host_is_told_with_all_that_stands_against_it(self):
        found = self.answer(states.host('cmp1', disabled=True, rooms=FULL))
        (row,) = found['hosts']
        self.assertEqual([
            {'cause': 'disabled', 'filter': 'ComputeFilter', 'text': 'is disabled',
             'needed': None, 'available': None, 'unit': None},
            {'cause': 'memory', 'filter': 'RamFilter', 'text': 'has too little memory',
             'needed': 1024, 'available': 192, 'unit': 'MB'}], row['causes'])
        self.assertEqual('enable cmp1; and a flavor with 192 MB memory instead of 1,024',
                         row['change']['text'])

    def test_causes_are_counted_with_the_nearest_host(self):
        found = self.answer(states.host('cmp1', rooms=FULL), states.host('cmp2', disabled=True),
                            states.host('cmp3', rooms={'MEMORY_MB': (8192, 8192, 7500)}))
        self.assertEqual([('memory', 2, False, 'cmp3', 692), ('disabled', 1, False, 'cmp2', None)],
                         [(one['cause'], one['hosts'], one['everywhere'], one['nearest_host'],
                           one['nearest']) for one in found['causes']])
        self.assertIn('2 have too little memory (1024 MB needed, at most 692 MB free on cmp3)',
                      found['reason'])

    def test_smallest_change_comes_first_one_of_each_kind(self):
        found = self.answer(states.host('cmp1', rooms=FULL),
                            states.host('cmp2', disabled=True),
                            states.host('cmp3', rooms={'MEMORY_MB': (8192, 8192, 7500)}))
        self.assertEqual(
            ['a flavor with 692 MB memory instead of 1,024', 'enable cmp2',
             '332 MB more memory on cmp3'], [way['text'] for way in found['changes']])

    def test_change_of_the_request_says_how_many_hosts_it_opens(self):
        found = self.answer(*(states.host(f'cmp{number}', availability_zone='west')
                              for number in range(3)), zone='east')
        (way,) = found['changes']
        self.assertEqual(('zone west instead of east', 3), (way['text'], way['fitting_hosts']))

    def test_what_does_not_find_room_is_explained_after_what_does(self):
        found = self.answer(states.host('cmp1', rooms={'MEMORY_MB': (2500, 2500, 0)}), count=4)
        self.assertEqual((4, 2), (found['wanted'], found['placed']))
        self.assertIn('Only 2 of 4 servers find room; for the next:', found['reason'])
        self.assertEqual(('cmp1', 2, 452), (
            found['hosts'][0]['host'], found['hosts'][0]['placed'],
            found['hosts'][0]['causes'][0]['available']))

    def test_nearest_hosts_are_told_up_to_the_limit(self):
        hosts = [states.host(f'cmp{used}', rooms={'MEMORY_MB': (8192, 8192, used)})
                 for used in (8000, 7300, 8100, 7500)]
        found = self.answer(*hosts, limit=2)
        self.assertEqual((4, ['cmp7300', 'cmp7500']), (found['total_hosts'], self.hosts(found)))

    def test_some_of_those_that_do_not_fit_are_told_beside_those_that_do(self):
        hosts = [*(states.host(f'cmp{number}') for number in range(6)),
                 *(states.host(f'off{number}', disabled=True) for number in range(6))]
        found = self.answer(*hosts, limit=4)
        self.assertEqual([True, True, False, False], [row['fits'] for row in found['hosts']])

    def test_named_hosts_are_told(self):
        hosts = [states.host(f'cmp{number}') for number in range(6)]
        self.assertEqual(['cmp4'], self.hosts(self.answer(*hosts, only=['cmp4'])))

    def test_empty_cloud_is_explained(self):
        found = self.answer()
        self.assertEqual(('There is no host yet.', [], [], []), (
            found['reason'], found['hosts'], found['causes'], found['changes']))

# SPDX-License-Identifier: Apache-2.0
"""Why this host, in words."""

from nova_lite.scheduler import reasons
from tests import base

WHY = {'next': ['cmp2', 'n2'], 'weight': 1.5, 'next_weight': 1.25,
       'shares': {'RAMWeigher': [1.0, 0.25], 'CPUWeigher': [0.5, 1.0], 'DiskWeigher': [0, 0]}}
ROW = {'id': 3, 'operation_id': 2, 'request_id': 'req-1', 'project_id': 'demo', 'message': None,
       'request': {'count': 1}, 'considered': 4, 'causes': {'vcpus': 2}, 'selections': []}


class ReasonsTest(base.TestCase):

    def test_weighers_that_made_the_difference_are_named_the_strongest_first(self):
        self.assertEqual('cmp1 weighs 1.5, cmp2 1.25: RAMWeigher +0.75, CPUWeigher -0.5.',
                         reasons.in_words('cmp1', WHY))

    def test_chance_is_told_as_such(self):
        self.assertEqual('cmp1 weighs 1.5, cmp2 2: cmp1 was drawn among the best.',
                         reasons.in_words('cmp1', {**WHY, 'next_weight': 2.0}))
        self.assertIn('they are equal', reasons.in_words('cmp1', {**WHY, 'next_weight': 1.5}))
        self.assertEqual('cmp1 was drawn; cmp2 would have done, too.',
                         reasons.in_words('cmp1', {'next': ['cmp2', 'n2']}))

    def test_only_host_has_no_rival(self):
        placed = reasons.placement('cmp1', 'n1', {})
        self.assertEqual('cmp1 is the only host that fits.', placed['text'])
        self.assertEqual((None, None, []), (
            placed['next_host'], placed['weight'], placed['weighers']))

    def test_record_tells_counts_and_placements(self):
        told = reasons.recorded({**ROW, 'selections': [
            {'consumer': 'a', 'host': 'cmp1', 'node': 'n1', 'alternates': [['cmp2', 'n2']],
             'why': WHY}]})
        self.assertEqual([{'cause': 'vcpus', 'hosts': 2, 'detail': None, 'needed': None,
                           'nearest': None, 'nearest_host': None}], told['causes'])
        (placed,) = told['placements']
        self.assertEqual(('a', 'cmp2', [{'host': 'cmp2', 'node': 'n2'}]), (
            placed['server_id'], placed['next_host'], placed['alternates']))

    def test_record_from_before_reasons_were_kept_is_told(self):
        (placed,) = reasons.recorded({**ROW, 'selections': [
            {'consumer': 'a', 'host': 'cmp1', 'node': 'n1',
             'alternates': [['cmp2', 'n2']]}]})['placements']
        self.assertEqual('cmp1 was before cmp2.', placed['text'])

    def test_refusal_has_the_nearest_host_of_each_cause(self):
        told = reasons.recorded({**ROW, 'message': 'None.', 'causes': {
            'vcpus': {'hosts': 2, 'needed': 4, 'nearest': 1, 'nearest_host': 'cmp2'}}})
        self.assertEqual((2, 4, 1, 'cmp2'), tuple(told['causes'][0][name] for name in (
            'hosts', 'needed', 'nearest', 'nearest_host')))

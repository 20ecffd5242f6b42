# SPDX-License-Identifier: Apache-2.0
"""Traits that flavor and image require or forbid, and groups that can't be kept apart."""

from nova_lite.db.stores import candidates
from nova_lite.scheduler.filters import traits
from tests.unit.scheduler import states
from tests.unit.scheduler.filters import case


def request(required='', forbidden=''):
    return states.request(traits=frozenset(required), forbidden_traits=frozenset(forbidden))


class TraitsFilterTest(case.FilterCase):

    filter_class = traits.TraitsFilter

    def excluded(self, request, has):
        host = states.host()
        host.traits_text = ','.join(has)
        found = self.rejection(request, host)
        return found and (found.cause.name, found.cause.one, found.cause.many)

    def test_request_without_traits_is_none_of_its_business(self):
        self.assert_not_asked(states.request())

    def test_host_passes_with_all_that_is_required_and_nothing_forbidden(self):
        self.assertIsNone(self.excluded(request('AB', 'C'), 'AB'))

    def test_what_is_missing_is_told_by_name(self):
        self.assertEqual(('trait:B', 'lacks trait B', 'lack trait B'),
                         self.excluded(request('AB', 'C'), 'AC'))
        self.assertEqual('lacks traits A, B and C', self.excluded(request('ABC'), '')[1])

    def test_what_is_forbidden_is_told_by_name(self):
        self.assertEqual(('forbidden_trait:C', 'has forbidden trait C', 'have forbidden trait C'),
                         self.excluded(request('A', 'CD'), 'AC'))

    def test_database_is_asked_for_the_same(self):
        cut = self.filter_class().narrow(request('A', 'B'), candidates.Cut({}))
        self.assertEqual((frozenset('A'), frozenset('B')), (cut.traits, cut.not_traits))


class GroupPolicyFilterTest(case.FilterCase):

    filter_class = traits.GroupPolicyFilter

    def test_no_host_keeps_groups_apart(self):
        self.assert_not_asked(states.request())
        found = self.assert_excluded('group_policy', states.request(apart=('1', '2')))
        self.assertEqual('1, 2', found.detail)

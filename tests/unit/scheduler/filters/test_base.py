# SPDX-License-Identifier: Apache-2.0
"""What a filter is that says no more than it must."""

from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler.filters import base
from tests import base as tests_base
from tests.unit.scheduler import states


class PlainFilter(base.Filter):
    """As short as an operator's own may be."""

    needs = frozenset({Fact.WORK})

    def why_not(self, request, host):
        return None


class FilterTest(tests_base.TestCase):

    def test_filter_concerns_every_request_and_leaves_the_cut_alone(self):
        request = states.request()
        cut = request.cut()
        self.assertTrue(PlainFilter().concerns(request))
        self.assertIs(cut, PlainFilter().narrow(request, cut))

    def test_filter_needs_for_every_request_what_its_class_says(self):
        self.assertEqual({Fact.WORK}, PlainFilter().needs_for(states.request()))

    def test_filter_has_the_name_of_its_class(self):
        self.assertEqual('PlainFilter', PlainFilter.name())

    def test_filter_without_condition_is_none(self):
        self.assertRaises(NotImplementedError, base.Filter().why_not, None, None)

# SPDX-License-Identifier: Apache-2.0
"""Hosts that were tried before."""

from nova_lite.scheduler.filters import retry
from tests.unit.scheduler import states
from tests.unit.scheduler.filters import case


class RetryFilterTest(case.FilterCase):

    filter_class = retry.RetryFilter

    def test_first_try_goes_anywhere(self):
        self.assert_not_asked(states.request())

    def test_node_that_was_tried_is_excluded_and_no_other_of_its_host(self):
        self.assert_excluded('tried', states.request(tried=frozenset({('cmp1', 'cmp1')})))
        self.assert_passes(states.request(tried=frozenset({('cmp1', 'other')})))

# SPDX-License-Identifier: Apache-2.0
"""Away from servers that a hint names."""

from nova_lite.scheduler.filters import different_host
from tests.unit.scheduler import states
from tests.unit.scheduler.filters import case

APART = {'hints': {'different_host': ['a', 'b']}}


class DifferentHostFilterTest(case.FilterCase):

    filter_class = different_host.DifferentHostFilter

    def test_request_without_the_hint_goes_anywhere(self):
        self.assert_not_asked(states.request())

    def test_host_of_any_of_the_named_servers_is_excluded(self):
        request = states.request(**APART, hosts_by_server={'b': 'cmp1'})
        self.assert_excluded('different_host', request)
        self.assert_passes(request, name='cmp2')

    def test_named_servers_that_are_nowhere_exclude_nothing(self):
        self.assert_passes(states.request(**APART))

    def test_database_is_told_the_hosts(self):
        request = states.request(**APART, hosts_by_server={'b': 'cmp1'},
                                 ignored_hosts=frozenset({'cmp9'}))
        self.assertEqual({'cmp1', 'cmp9'},
                         self.filter_class().narrow(request, request.cut()).not_hosts)

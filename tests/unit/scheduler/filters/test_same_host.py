# SPDX-License-Identifier: Apache-2.0
"""Next to servers that a hint names."""

from nova_lite.scheduler.filters import same_host
from tests.unit.scheduler import states
from tests.unit.scheduler.filters import case

TOGETHER = {'hints': {'same_host': ['a', 'b']}}


class SameHostFilterTest(case.FilterCase):

    filter_class = same_host.SameHostFilter

    def test_request_without_the_hint_goes_anywhere(self):
        self.assert_not_asked(states.request())
        self.assert_passes(states.request())

    def test_host_of_one_of_the_named_servers_passes(self):
        request = states.request(**TOGETHER, hosts_by_server={'b': 'cmp1'})
        self.assert_passes(request)
        self.assert_excluded('same_host', request, name='cmp2')

    def test_named_servers_that_are_nowhere_exclude_all(self):
        self.assert_excluded('same_host', states.request(**TOGETHER))

    def test_database_is_told_the_hosts_among_those_that_may_be_considered(self):
        request = states.request(**TOGETHER, hosts_by_server={'a': 'cmp1', 'b': 'cmp2'},
                                 hosts=frozenset({'cmp2', 'cmp3'}))
        self.assertEqual({'cmp2'}, self.filter_class().narrow(request, request.cut()).hosts)

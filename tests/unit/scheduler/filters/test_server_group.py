# SPDX-License-Identifier: Apache-2.0
"""Members of server groups, together and apart."""

from nova_lite.scheduler.filters import server_group
from tests.unit.scheduler import states
from tests.unit.scheduler.filters import case

HINT = {'group': ['g' * 36]}


def member(policy, *hosts, **rules):
    return states.request(hints=HINT, group=states.group(policy, *hosts, **rules))


class ServerGroupAffinityFilterTest(case.FilterCase):

    filter_class = server_group.ServerGroupAffinityFilter

    def test_request_without_group_goes_anywhere(self):
        self.assert_not_asked(states.request())

    def test_first_member_goes_anywhere(self):
        self.assert_passes(member('affinity'))

    def test_next_members_go_where_members_are(self):
        self.assert_passes(member('affinity', 'cmp1'))
        self.assert_excluded('group_affinity', member('affinity', 'cmp2'))

    def test_other_policies_are_none_of_its_business(self):
        self.assert_passes(member('anti-affinity', 'cmp2'))
        self.assert_passes(member('soft-affinity', 'cmp2'))

    def test_group_that_was_deleted_asks_for_nothing(self):
        self.assert_passes(states.request(hints=HINT))

    def test_database_is_told_the_hosts_of_the_members(self):
        for group, hosts in ((member('affinity', 'cmp2'), {'cmp2'}), (member('affinity'), None),
                             (member('soft-affinity', 'cmp2'), None)):
            self.assertEqual(hosts, self.filter_class().narrow(group, group.cut()).hosts)


class ServerGroupAntiAffinityFilterTest(case.FilterCase):

    filter_class = server_group.ServerGroupAntiAffinityFilter

    def test_members_avoid_each_other(self):
        self.assert_passes(member('anti-affinity', 'cmp2'))
        self.assert_excluded('group_anti_affinity', member('anti-affinity', 'cmp1', 'cmp2'))

    def test_rule_allows_several_on_a_host(self):
        rule = {'max_server_per_host': 2}
        self.assert_passes(member('anti-affinity', 'cmp1', **rule))
        self.assert_excluded('group_anti_affinity', member('anti-affinity', 'cmp1', 'cmp1', **rule))

    def test_other_policies_are_none_of_its_business(self):
        self.assert_passes(member('soft-anti-affinity', 'cmp1'))

    def test_database_is_told_the_hosts_that_are_full(self):
        request = member('anti-affinity', 'cmp1', 'cmp2', 'cmp2', max_server_per_host=2)
        self.assertEqual({'cmp2'}, self.filter_class().narrow(request, request.cut()).not_hosts)

# SPDX-License-Identifier: Apache-2.0
"""What helps against each cause; each change is tried on the filter that it is for."""

import sys

import ddt

from nova_lite.scheduler import changes, filters, host_state, remedies
from nova_lite.scheduler.filters import base as filters_base
from tests import base
from tests.unit.scheduler import states

FULL = {'MEMORY_MB': (8192, 8192, 8000)}
CASES = {
    'ComputeFilter': [
        ({}, {'disabled': True, 'disabled_reason': 'rest'}, ['enable cmp1 (disabled: rest)']),
        ({}, {'disabled': True}, ['enable cmp1']),
        ({}, {'forced_down': True}, ['take back that cmp1 was forced down']),
        ({}, {'is_seen': False, 'last_seen_at': 'noon'},
         ['bring nova-lite-compute on cmp1 back (not seen since noon)'])],
    'RamFilter': [
        ({}, {'rooms': FULL}, ['a flavor with 192 MB memory instead of 1,024',
                               '832 MB more memory on cmp1']),
        ({}, {'rooms': {'MEMORY_MB': (512, 4096, 0)}},
         ['a flavor with 512 MB memory instead of 1,024',
          'hardware with 1,024 MB memory in cmp1, which has 512'])],
    'CoreFilter': [
        ({}, {'rooms': {'VCPU': (16, 16, 16)}}, ['1 more vCPUs on cmp1'])],
    'AvailabilityZoneFilter': [
        ({'zone': 'east'}, {'availability_zone': 'west'}, ['zone west instead of east'])],
    'DestinationFilter': [
        ({'hosts': frozenset({'cmp2'}), 'forced': True}, {}, ['any host instead of cmp2']),
        ({'ignored_hosts': frozenset({'cmp1'})}, {}, ['do not avoid cmp1'])],
    'RetryFilter': [
        ({'tried': frozenset({('cmp1', 'cmp1')})}, {},
         ['try cmp1 once more, where it has failed'])],
    'SameHostFilter': [({'hints': {'same_host': ['a']}}, {}, ['drop the hint same_host'])],
    'DifferentHostFilter': [
        ({'hints': {'different_host': ['a']}, 'hosts_by_server': {'a': 'cmp1'}}, {},
         ['drop the hint different_host'])],
    'JsonFilter': [
        ({'hints': {'query': ['["=", "$host", "x"]']}}, {}, ['drop the hint query']),
        ({'hints': {'query': ['{']}}, {}, ['drop the hint query'])],
    'SimpleCIDRAffinityFilter': [
        ({'hints': {'build_near_host_ip': ['192.168.0.1'], 'cidr': ['/24']}}, {'details': {}},
         ['drop the hint build_near_host_ip'])],
    'ServerGroupAffinityFilter': [
        ({'hints': {'group': ['g']}, 'group': states.group('affinity', 'cmp2')}, {},
         ['drop the hint group'])],
    'ServerGroupAntiAffinityFilter': [
        ({'hints': {'group': ['g']}, 'group': states.group('anti-affinity', 'cmp1')}, {},
         ['drop the hint group', 'a server group with max_server_per_host 2'])],
    'IoOpsFilter': [
        ({}, {'io_ops': 9}, ['wait until cmp1 has done some of its 9 operations'])],
    'NumInstancesFilter': [
        ({}, {'num_instances': 70}, ['a higher max_instances_per_host for cmp1, or fewer than '
                                     'its 70 servers'])],
    'ComputeCapabilitiesFilter': [
        ({'extra_specs': {'capabilities:hypervisor_type': 'xen', 'hw:a': 'b'}}, {'details': {}},
         ['a flavor that does not ask for hypervisor_type xen'])],
    'AggregateInstanceExtraSpecsFilter': [
        ({'extra_specs': {'aggregate_instance_extra_specs:ssd': 'true'}}, {},
         ['a flavor that does not ask for ssd true', 'put cmp1 in an aggregate with ssd true'])],
    'ImagePropertiesFilter': [
        ({'image_properties': {'hw_architecture': 'aarch64', 'os': 'x'}}, {},
         ['an image that does not ask for architecture aarch64'])],
    'TraitsFilter': [
        ({'traits': frozenset({'HW_X', 'HW_Y'})}, {'traits_text': 'HW_Y'},
         ['a flavor and an image that do not require trait HW_X', 'trait HW_X on cmp1']),
        ({'forbidden_traits': frozenset({'HW_X'})}, {'traits_text': 'HW_X'},
         ['a flavor and an image that do not forbid trait HW_X'])],
    'GroupPolicyFilter': [
        ({'apart': ('1', '2')}, {}, ['a flavor that does not keep resource groups apart'])],
    'ResourceClassFilter': [
        ({'amounts': {'CUSTOM_X': 2}}, {},
         ['hardware with 2 CUSTOM_X in cmp1, which has 0'])],
    'AggregateMultiTenancyIsolation': [
        ({'project_id': 'demo'}, {'metadata': {'filter_tenant_id': 'vip'}},
         ['add project demo to filter_tenant_id of an aggregate of cmp1'])],
    'AggregateTypeAffinityFilter': [
        ({'flavor_name': 'small'}, {'metadata': {'instance_type': 'big,huge'}},
         ['flavor big or huge instead of small',
          'add flavor small to instance_type of an aggregate of cmp1'])],
    'AggregateImagePropertiesIsolation': [
        ({'image_properties': {'os': 'linux'}}, {'metadata': {'os': 'windows'}},
         ['an image with os windows instead of linux',
          'let an aggregate of cmp1 take images with os linux'])],
}
WITH_LATER = ('disabled_reason', 'last_seen_at', 'traits_text')


@ddt.ddt
class RemediesTest(base.TestCase):

    def against(self, condition, request, host):
        rejection = condition.why_not(request, host)
        self.assertIsNotNone(rejection)
        return remedies.against(condition, request, host, rejection)

    def host(self, changed):
        later = {name: changed[name] for name in WITH_LATER if name in changed}
        made = states.host(**{name: value for name, value in changed.items()
                              if name not in later})
        for name, value in later.items():
            setattr(made, name, value)
        return made

    @ddt.data(*((name, *case) for name, cases in CASES.items() for case in cases))
    @ddt.unpack
    def test_each_change_would_do_alone(self, name, asked, changed, texts):
        (condition,) = [cls() for cls in filters.all_filters() if cls.name() == name]
        request, host = states.request(**asked), self.host(changed)
        found = self.against(condition, request, host)
        self.assertEqual(texts, [change.text for change in found])
        for change in found:
            if change.can_be_tried:
                self.assertIsNone(condition.why_not(*changes.applied([change], request, host)))

    def test_every_cause_of_the_products_filters_has_a_remedy(self):
        for cls in filters.all_filters():
            for value in vars(sys.modules[cls.__module__]).values():
                if isinstance(value, filters_base.Cause):
                    self.assertIn(value.name, remedies.BY_CAUSE)

    def test_options_name_the_host(self):
        self.override('filter_scheduler', isolated_hosts=['cmp1'], isolated_images=['i'])
        condition = filters.isolated_hosts.IsolatedHostsFilter()
        for host, image, text in (('cmp1', None, 'take cmp1 out of'), ('cmp2', 'i', 'add cmp2 to')):
            (change,) = self.against(condition, states.request(image_id=image),
                                     states.host(host))
            self.assertIn(text, change.text)

    def test_host_that_reports_nothing_has_to_be_looked_at(self):
        (change,) = self.against(filters.room.RamFilter(), states.request(), states.host(
            rooms=dict.fromkeys(states.ROOMS, (None, None, None))))
        self.assertEqual('have cmp1 report its resources: look at nova-lite-compute there',
                         change.text)

    def test_amount_that_is_not_given_out_is_replaced_by_the_next_smaller_one(self):
        host, request = states.host(), states.request(amounts={'CUSTOM_X': 5})
        host.rooms['CUSTOM_X'] = host_state.DividedRoom(host_state.Room(16, 16), 2, 8, 2)
        condition = filters.room.ResourceClassFilter()
        (change,) = self.against(condition, request, host)
        self.assertEqual('a flavor with 4 CUSTOM_X instead of 5', change.text)
        self.assertIsNone(condition.why_not(*changes.applied([change], request, host)))

    def test_unknown_filter_is_quoted(self):
        cause = filters_base.Cause('mood', 'is in a bad mood', 'are in a bad mood')
        (change,) = remedies.against(
            filters_base.Filter(), states.request(), states.host(),
            filters_base.Rejection(cause, detail='today'))
        self.assertEqual('change what keeps servers away from cmp1: it is in a bad mood today',
                         change.text)

    def test_filter_of_others_can_bring_its_own(self):
        class Moody(filters_base.Filter):
            def remedies(self, _request, host, _rejection):
                yield changes.Change('praise', f'praise {host.host}', 1)
        cause = filters_base.Cause('mood', 'is in a bad mood', 'are in a bad mood')
        (change,) = remedies.against(Moody(), states.request(), states.host(),
                                     filters_base.Rejection(cause))
        self.assertEqual('praise cmp1', change.text)

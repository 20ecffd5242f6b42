# SPDX-License-Identifier: Apache-2.0
import ddt

from nova_lite import exception
from nova_lite.api.openstack.compute import extra_spec_rules
from tests import base
from tests.unit.api.openstack import case

SPECS = '/flavors/small/os-extra_specs'


class ExtraSpecsTest(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        self.make_flavor()

    def specs(self):
        return self.api.get(SPECS).json['extra_specs']

    def test_all_and_one_are_shown(self):
        self.assertEqual({'hw:cpu_policy': 'shared'}, self.specs())
        self.assertEqual({'hw:cpu_policy': 'shared'}, self.api.get(f'{SPECS}/hw:cpu_policy').json)
        for path in (f'{SPECS}/lost', '/flavors/huge/os-extra_specs'):
            with self.api.refused(404):
                self.api.get(path)

    def test_added_specs_replace_those_of_the_same_name_only(self):
        answer = self.admin.post(SPECS, {'extra_specs': {'hw:cpu_policy': 'mixed', 'size': 7}})
        self.assertEqual((200, {'extra_specs': {'hw:cpu_policy': 'mixed', 'size': '7'}}),
                         (answer.status, answer.json))
        self.admin.post(SPECS, {'extra_specs': {'rack': 'a'}})
        self.assertEqual({'hw:cpu_policy': 'mixed', 'size': '7', 'rack': 'a'}, self.specs())

    def test_changed_spec_is_named_in_the_address_and_in_the_body(self):
        answer = self.admin.put(f'{SPECS}/rack', {'rack': 'b'})
        self.assertEqual({'rack': 'b'}, answer.json)
        self.assertEqual('b', self.specs()['rack'])
        for body in ({'other': 'b'}, {'rack': 'b', 'other': 'b'}, {}):
            with self.subTest(body=body), self.api.refused(400):
                self.admin.put(f'{SPECS}/rack', body)

    def test_removed_spec_is_gone(self):
        answer = self.admin.delete(f'{SPECS}/hw:cpu_policy')
        self.assertEqual((200, ''), (answer.status, answer.text))
        self.assertEqual({}, self.specs())
        with self.api.refused(404):
            self.admin.delete(f'{SPECS}/hw:cpu_policy')

    def test_names_and_values_that_can_not_be_kept_are_refused(self):
        for specs in ({'a/b': 'x'}, {'': 'x'}, {'x' * 256: 'x'}, {'a': 'x' * 256}, {'a': None},
                      {'a': True}, {'a': []}, {'a': 10 ** 300}):
            with self.subTest(specs=specs), self.api.refused(400):
                self.admin.post(SPECS, {'extra_specs': specs})

    def test_specs_of_our_namespaces_are_checked_since_2_86(self):
        wrong = {'extra_specs': {'hw:cpu_policy': 'sideways'}}
        self.admin.post(SPECS, wrong, version='2.85')
        with self.api.refused(400) as refused:
            self.admin.post(SPECS, wrong, version='2.86')
        self.assertIn('dedicated, mixed, shared', refused[0].message)
        with self.api.refused(400):
            self.admin.put(f'{SPECS}/hw:colour', {'hw:colour': 'red'}, version='2.86')

    def test_specs_are_checked_together_with_those_that_are_there(self):
        self.admin.post(SPECS, {'extra_specs': {
            'trait:CUSTOM_A': 'required', 'resources1:CUSTOM_X': '1'}}, version='2.86')
        for specs in ({'trait1:CUSTOM_A': 'forbidden'},
                      {'resources2:CUSTOM_X': '1', 'group_policy': 'isolate'}):
            with self.api.refused(400):
                self.admin.post(SPECS, {'extra_specs': specs}, version='2.86')
            self.admin.post(SPECS, {'extra_specs': specs}, version='2.85')
        with self.api.refused(400):
            self.admin.put(f'{SPECS}/trait:CUSTOM_B', {'trait:CUSTOM_B': 'required'},
                           version='2.86')

    def test_only_admins_change_them(self):
        for method, path, body in (
                ('POST', SPECS, {'extra_specs': {'a': 'b'}}), ('PUT', f'{SPECS}/a', {'a': 'b'}),
                ('DELETE', f'{SPECS}/a', None)):
            self.assertEqual(403, self.api.send(method, path, body).status)

    def test_who_has_no_role_does_not_see_them(self):
        self.give_roles()
        self.assertEqual(403, self.api.send('GET', SPECS).status)
        shown = self.api.get('/flavors/small', version='2.61').json['flavor']
        self.assertNotIn('extra_specs', shown)


class DemandsTest(base.TestCase):
    """Extra specs that are right one by one."""

    FLAVOR = {'vcpus': 1, 'memory_mb': 64, 'root_gb': 0, 'ephemeral_gb': 0, 'swap': 0}

    def refusal(self, **specs):
        specs = {key.replace('__', ':'): value for key, value in specs.items()}
        error = self.assertRaises(exception.InvalidExtraSpec, extra_spec_rules.check_together,
                                  specs, self.FLAVOR)
        return str(error)

    def test_groups_can_not_be_kept_apart(self):
        specs = {'resources1__VCPU': '1', 'resources2__VCPU': '1'}
        self.assertIn('the groups 1, 2 can not be kept apart', self.refusal(
            group_policy='isolate', **specs))
        extra_spec_rules.check_together({
            'resources1:VCPU': '1', 'resources2:VCPU': '1', 'group_policy': 'none'}, self.FLAVOR)

    def test_trait_can_not_be_required_and_forbidden(self):
        self.assertIn('trait:CUSTOM_A', self.refusal(
            trait__CUSTOM_A='required', trait1__CUSTOM_A='forbidden'))

    def test_server_has_to_take_something(self):
        self.assertIn('nothing', self.refusal(resources__VCPU='0', resources__MEMORY_MB='0'))
        extra_spec_rules.check_together({
            'resources:VCPU': '0', 'resources:MEMORY_MB': '0', 'resources:CUSTOM_X': '1'},
            self.FLAVOR)


@ddt.ddt
class RulesTest(base.TestCase):

    @ddt.data(
        ('colour', 'red'), ('acme:colour', 'red'), ('vmware:hw_version', 'vmx-13'),
        ('hw:numa_nodes', '2'), ('hw:numa_cpus.0', '0-3,^2'), ('hw:numa_mem.1', '512'),
        ('hw:mem_page_size', 'large'), ('hw:mem_page_size', '2MB'), ('hw:mem_page_size', '2048'),
        ('hw:boot_menu', 'yes'), ('quota:cpu_quota', '-1'), ('quota:cpu_shares_level', 'high'),
        ('resources:VCPU', '2'), ('resources1:CUSTOM_GOLD', '1'),
        ('hw:tpm_secret_security', 'host'),
        ('resources_NET:SRIOV_NET_VF', '1'),
        ('trait:HW_CPU_X86_AVX', 'required'), ('trait_NET:CUSTOM_X', 'forbidden'),
        ('capabilities:hypervisor_type', 's== QEMU'), ('group_policy', 'none'),
        ('aggregate_instance_extra_specs:ssd', 'true'), ('pci_passthrough:alias', 'gpu:1, nic:2'),
    )
    @ddt.unpack
    def test_is_taken(self, name, value):
        self.assertIsNone(extra_spec_rules.check(name, value))

    @ddt.data(
        ('hw:colour', 'red'), ('hw:numa_nodes', '0'), ('hw:numa_nodes', '٣'),
        ('hw:numa_nodes', '9' * 5000), ('hw:numa_cpus.x', '1'), ('hw:numa_cpus.0', 'a'),
        ('hw:numa_cpus.0', '٣'),
        ('hw:mem_page_size', 'huge'), ('hw:boot_menu', 'perhaps'), ('quota:cpu_quota', '-2'),
        ('quota:lunch', '1'), ('resources:vcpu', '1'), ('resources:VCPU', '-1'),
        ('resources:RAM', '1'), ('resources:VCPU', '2147483648'), ('trait:HW_X', 'required'),
        ('resources_NET:VF', '1'), ('trait:CUSTOM_X', 'maybe'),
        ('resources' + '1' * 65 + ':VCPU', '1'),
        ('trait1:x', 'required'), ('group_policy', 'together'),
        ('os:colour', 'red'), ('pci_passthrough:alias', 'gpu'), ('hw_rng:allowed', ''),
    )
    @ddt.unpack
    def test_is_refused(self, name, value):
        self.assertRaises(exception.InvalidExtraSpec, extra_spec_rules.check, name, value)

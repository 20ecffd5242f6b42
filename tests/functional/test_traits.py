# SPDX-License-Identifier: Apache-2.0
"""Traits and other resources, from the flavor and the image to the host."""

import io

import yaml

from nova_lite import exception
from nova_lite.db.stores import host_details, inventory_audit, traits
from nova_lite.image import api as image_api
from nova_lite.scheduler import manager as scheduler_manager
from tests.functional import test_placement, world

AVX2 = 'HW_CPU_X86_AVX2'


class TraitsCase(test_placement.PlacementCase):

    def configure(self):
        self.directory = self.temporary_directory()
        self.override('compute', provider_config_location=str(self.directory))

    def flavor(self, **specs):
        """Give the flavor extra specs, as an operator with a new client does."""
        self.admin.post('/flavors/1/os-extra_specs', {'extra_specs': {
            key.replace('__', ':'): value for key, value in specs.items()}}, version='2.86')

    def files(self, host, *, inventories=(), names=()):
        """Write a host's provider file, and let it report."""
        path = self.directory / 'a.yaml'
        path.write_text(yaml.safe_dump({
            'meta': {'schema_version': '1.0'}, 'providers': [{
                'identification': {'name': host},
                'inventories': {'additional': [{name: figures} for name, figures in inventories]},
                'traits': {'additional': list(names)}}]}))
        self.report(host)

    def report(self, host):
        process = self.world.hosts[host]
        with self.world.bus.acting_as(process.who):
            process.manager.update_available_resource()
        self.world.run()


class FlavorAsksTest(TraitsCase):

    def test_server_goes_where_a_required_trait_is(self):
        traits.assign(self.world.admin, 'cmp2', [AVX2])
        self.flavor(**{f'trait__{AVX2}': 'required'})
        self.assertEqual(['cmp2'] * 2, self.boot(2))

    def test_server_stays_away_from_a_forbidden_trait(self):
        traits.assign(self.world.admin, 'cmp2', [AVX2])
        self.flavor(**{f'trait__{AVX2}': 'forbidden'})
        self.assertEqual({'cmp1', 'cmp3'}, set(self.boot(4)))

    def test_user_reads_what_no_host_has(self):
        self.flavor(**{f'trait__{AVX2}': 'required', 'trait__CUSTOM_A': 'required'})
        traits.assign(self.world.admin, 'cmp2', [AVX2])
        self.assertEqual([None], self.boot())
        self.assertIn(f'Of 3 hosts, 2 lack traits CUSTOM_A and {AVX2}, 1 lacks trait CUSTOM_A',
                      self.fault())
        self.assertIn('lacks trait CUSTOM_A', self.fault())

    def test_user_reads_that_all_hosts_have_what_is_forbidden(self):
        for host in test_placement.HOSTS:
            traits.assign(self.world.admin, host, [AVX2])
        self.flavor(**{f'trait__{AVX2}': 'forbidden'})
        self.boot()
        self.assertIn(f'3 have forbidden trait {AVX2}', self.fault())

    def test_forced_host_must_have_the_trait_too(self):
        self.flavor(trait__COMPUTE_NODE='required', trait__CUSTOM_A='required')
        self.assertEqual([None], self.boot(api=self.admin, availability_zone='nova:cmp1'))
        traits.assign(self.world.admin, 'cmp1', ['CUSTOM_A'])
        self.assertEqual(['cmp1'], self.boot(api=self.admin, availability_zone='nova:cmp1'))

    def test_misspelt_trait_is_refused_when_the_flavor_is_written(self):
        with self.admin.refused(400) as refused:
            self.flavor(trait__HW_CPU_X86_AVX9='required')
        self.assertIn('there is no trait HW_CPU_X86_AVX9', refused[0].message)

    def test_extra_specs_of_demands_mean_nothing_to_other_filters(self):
        self.override('filter_scheduler', enabled_filters=[
            'ComputeCapabilitiesFilter', 'AggregateInstanceExtraSpecsFilter'])
        with self.world.bus.acting_as(self.world.scheduler.who):
            scheduler_manager.SchedulerManager().init_host()
        self.flavor(group_policy='none', resources1__VCPU='1', trait__COMPUTE_NODE='required')
        self.assertEqual(1, len([host for host in self.boot() if host]))


class ImageAsksTest(TraitsCase):

    def test_server_goes_where_the_trait_of_its_image_is(self):
        image = image_api.API().create(self.world.admin, image_api.NewImage(
            name='fast', disk_format='raw', container_format='bare', visibility='public',
            properties={f'trait:{AVX2}': 'required'}), io.BytesIO(b'\0' * 1024))
        traits.assign(self.world.admin, 'cmp3', [AVX2])
        self.assertEqual(['cmp3'], self.boot(imageRef=image.id))


class OtherResourcesTest(TraitsCase):

    def setUp(self):
        super().setUp()
        self.flavor(resources__CUSTOM_FPGA='2')

    def used(self):
        """Answer what is used of FPGAs."""
        return [row['used'] for row in self.room() if row['resource_class'] == 'CUSTOM_FPGA']

    def room(self):
        return host_details.room(self.world.admin, 'cmp2')

    def test_class_is_claimed_released_and_audited_like_the_others(self):
        self.files('cmp2', inventories=[('CUSTOM_FPGA', {'total': 4})], names=['CUSTOM_A'])
        self.assertEqual(['cmp2'] * 2, self.boot(2))
        self.assertEqual([4], self.used())
        self.assertEqual([None], self.boot())
        self.assertIn('Of 3 hosts, 3 have too little CUSTOM_FPGA (2 needed, at most 0 free)',
                      self.fault())
        self.assertEqual([], inventory_audit.recount(self.world.admin, repair=False))
        for server in self.api.get('/servers').json['servers']:
            self.api.delete(f"/servers/{server['id']}")
        self.world.run()
        self.assertEqual([0], self.used())

    def test_units_are_heeded(self):
        self.files('cmp2', inventories=[('CUSTOM_FPGA', {'total': 4, 'max_unit': 1})])
        self.assertEqual([None], self.boot())
        self.assertIn('1 does not give 2 CUSTOM_FPGA to one server', self.fault())

    def test_class_that_goes_from_the_file_gets_no_more_servers(self):
        self.files('cmp2', inventories=[('CUSTOM_FPGA', {'total': 4})])
        self.boot()
        self.files('cmp2')
        self.assertEqual([None], self.boot())
        self.assertEqual([2], self.used())

    def test_flavor_can_leave_out_what_its_servers_do_not_take(self):
        self.files('cmp2', inventories=[('CUSTOM_FPGA', {'total': 4})])
        self.flavor(resources__VCPU='0', resources__MEMORY_MB='0', resources__DISK_GB='0')
        self.assertEqual(['cmp2'], self.boot())
        self.assertEqual({'CUSTOM_FPGA': 2}, {
            row['resource_class']: row['used'] for row in self.room() if row['used']})


class WrongFileTest(TraitsCase):

    def test_host_does_not_start_with_it(self):
        (self.directory / 'a.yaml').write_text('providers: []')
        self.world.kill_host('cmp2')
        error = self.assertRaises(
            exception.ProviderConfigInvalid, self.world.start_host, 'cmp2')
        self.assertIn('a.yaml', str(error))

    def test_host_that_runs_goes_on_with_what_it_read_before(self):
        self.files('cmp2', inventories=[('CUSTOM_FPGA', {'total': 4})])
        self.flavor(resources__CUSTOM_FPGA='2')
        (self.directory / 'a.yaml').write_text('providers: []')
        self.report('cmp2')
        self.assertEqual(['cmp2'], self.boot())


class OlderHostTest(TraitsCase):

    def test_report_without_traits_is_taken(self):
        from_before = dict.fromkeys(('vcpus', 'memory_mb', 'local_gb'), 1)
        host = self.world.hosts['cmp1']
        with self.world.bus.acting_as(host.who):
            world.objects.ComputeNode.report(self.world.admin, 'cmp1', [{
                'hypervisor_hostname': 'cmp1', 'hypervisor_type': 'fake',
                'hypervisor_version': 1, **from_before, 'inventories': {
                    'VCPU': {'total': 1, 'reserved': 0, 'allocation_ratio': 1.0}}}])
        self.assertEqual(['COMPUTE_NODE'], [
            row['trait'] for row in traits.listing(self.world.admin, host='cmp1')])

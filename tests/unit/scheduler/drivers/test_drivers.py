# SPDX-License-Identifier: Apache-2.0
"""The order in which the drivers try hosts."""

from nova_lite import exception
from nova_lite.scheduler import drivers, plan
from nova_lite.scheduler.drivers import chance_scheduler, filter_scheduler
from tests import base
from tests.unit.scheduler import states


def with_memory_used(*used):
    return [states.host(f'cmp{number}', rooms={'MEMORY_MB': (8192, 8192, one)})
            for number, one in enumerate(used)]


class FilterSchedulerTest(base.TestCase):

    def firsts(self, hosts, times=60):
        driver = drivers.configured()
        return {driver.best_first(states.request(), hosts)[0].host for _ in range(times)}

    def test_best_host_is_first(self):
        self.assertEqual({'cmp1'}, self.firsts(with_memory_used(10, 0, 20)))

    def test_equal_hosts_keep_their_order(self):
        self.assertEqual({'cmp0'}, self.firsts(with_memory_used(0, 0, 0)))

    def test_equal_best_hosts_are_mixed_if_asked_for(self):
        self.override('filter_scheduler', shuffle_best_same_weighed_hosts=True)
        self.assertEqual({'cmp0', 'cmp2'}, self.firsts(with_memory_used(0, 9, 0)))

    def test_one_of_the_subset_is_drawn(self):
        self.override('filter_scheduler', host_subset_size=2)
        self.assertEqual({'cmp0', 'cmp1'}, self.firsts(with_memory_used(0, 1, 2)))

    def test_subset_larger_than_the_cloud_is_the_cloud(self):
        self.override('filter_scheduler', host_subset_size=9)
        self.assertEqual({'cmp0', 'cmp1'}, self.firsts(with_memory_used(0, 1)))

    def test_database_ranks_by_the_class_that_weighs_most(self):
        driver = filter_scheduler.FilterScheduler()
        self.assertEqual(('MEMORY_MB', False), driver.ranking)
        self.override('filter_scheduler', cpu_weight_multiplier=-3.0)
        self.assertEqual(('VCPU', True), driver.ranking)


class ChanceSchedulerTest(base.TestCase):

    def test_any_host_may_be_first(self):
        self.override('scheduler', driver='chance_scheduler')
        driver, hosts = drivers.configured(), with_memory_used(0, 5000)
        self.assertEqual({'cmp0', 'cmp1'}, {
            driver.best_first(states.request(), hosts)[0].host for _ in range(60)})

    def test_only_what_a_claim_demands_is_checked(self):
        driver = chance_scheduler.ChanceScheduler()
        hosts = [states.host('cmp1'), states.host('cmp2', disabled=True)]
        passing = plan.passing(driver.filters_for(None), states.request(zone='east'), hosts)
        self.assertEqual(['cmp1'], [host.host for host in passing])


class ConfiguredTest(base.TestCase):

    def test_driver_can_be_an_operators_own(self):
        self.override('scheduler', driver=f'{__name__}.OwnScheduler')
        self.assertIsInstance(drivers.configured(), OwnScheduler)

    def test_unknown_driver_stops_the_start(self):
        self.override('scheduler', driver='nova_lite.scheduler.plan')
        self.assertRaises(exception.SchedulerExtensionNotFound, drivers.configured)


class OwnScheduler(chance_scheduler.ChanceScheduler):
    """Stands for an operator's driver."""

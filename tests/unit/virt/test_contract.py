# SPDX-License-Identifier: Apache-2.0
"""Every driver has every method of the contract, with the contract's signature."""

import inspect

from nova_lite.virt import driver
from nova_lite.virt.fake import driver as fake_driver
from nova_lite.virt.libvirt import driver as libvirt_driver
from tests import base
from tests.fixtures import virt

DRIVERS = (fake_driver.FakeDriver, libvirt_driver.LibvirtDriver)


def contract():
    """Answer the methods of the contract by name."""
    return {name: method for name, method in inspect.getmembers(
        driver.ComputeDriver, inspect.isfunction) if not name.startswith('_')}


class ContractTestCase(base.TestCase):

    def test_no_driver_leaves_a_method_out(self):
        for driver_class in DRIVERS:
            self.assertEqual(frozenset(), driver_class.__abstractmethods__)

    def test_every_driver_takes_the_arguments_of_the_contract(self):
        for name, method in contract().items():
            wanted = list(inspect.signature(method).parameters)
            for driver_class in DRIVERS:
                has = list(inspect.signature(getattr(driver_class, name)).parameters)
                self.assertEqual(wanted, has, f'{driver_class.__name__}.{name}')

    def test_every_method_of_the_contract_is_described(self):
        for name, method in contract().items():
            self.assertTrue(method.__doc__, name)

    def test_configuration_names_the_driver(self):
        self.override(compute_driver='fake.FakeDriver', host='h1')
        loaded = driver.load(virt.Images())
        self.assertIsInstance(loaded, fake_driver.FakeDriver)
        self.assertEqual('h1', loaded.host_name)

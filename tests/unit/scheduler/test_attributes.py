# SPDX-License-Identifier: Apache-2.0
"""Names that extra specs and queries have for what a host is."""

from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler import attributes
from tests import base
from tests.unit.scheduler import states


class AttributeTest(base.TestCase):

    def value(self, path):
        return attributes.value_of(states.host(details={}, io_ops=2), path.split(':'))

    def test_every_name_has_a_value(self):
        missing = [name for name in attributes.NAMES if self.value(name) is None]
        self.assertEqual(['disk_available_least'], missing)

    def test_figures_are_in_the_units_that_their_names_say(self):
        self.assertEqual([16, 3, 8192, 8192, 100, 102400, 20480, 2], [self.value(name) for name in (
            'vcpus_total', 'vcpus_used', 'total_usable_ram_mb', 'free_ram_mb',
            'total_usable_disk_gb', 'free_disk_mb', 'disk_mb_used', 'num_io_ops')])

    def test_path_leads_into_what_the_cpu_is(self):
        self.assertEqual('Skylake', self.value('cpu_info:model'))
        self.assertEqual(2, self.value('cpu_info:topology:sockets'))

    def test_unknown_names_have_no_value(self):
        for path in ('nothing', 'cpu_info:nothing', 'host:deeper', '__class__'):
            self.assertIsNone(self.value(path))

    def test_only_what_costs_is_read_on_demand(self):
        self.assertEqual({Fact.DETAILS}, attributes.facts_for(['host', 'nothing']))
        self.assertEqual({Fact.DETAILS, Fact.GUESTS},
                         attributes.facts_for(['supported_instances']))

# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/api/openstack/compute/schemas/hypervisors.py: the queries of each version.

Answers are held against it in tests/unit/api/openstack/compute/views/test_hypervisors.py.
"""

from nova_lite import exception
from nova_lite.api.openstack import microversions
from nova_lite.api.openstack.compute.schemas import hypervisors
from tests import base

UUID = '11111111-1111-4111-8111-111111111111'


class QueryTest(base.TestCase):

    def known(self, series, minor):
        return set(series.at(microversions.Microversion(minor)).definition['properties'])

    def check(self, series, minor, query):
        series.at(microversions.Microversion(minor)).check(query)

    def test_parameters_came_one_after_the_other(self):
        pages = {'limit', 'marker'}
        everything = pages | {'hypervisor_hostname_pattern', 'with_servers'}
        for minor, expected in ((32, set()), (33, pages), (52, pages), (53, everything),
                                (104, everything)):
            self.assertEqual(expected, self.known(hypervisors.LIST_QUERY, minor), minor)
        self.assertEqual(set(), self.known(hypervisors.SHOW_QUERY, 52))
        self.assertEqual({'with_servers'}, self.known(hypervisors.SHOW_QUERY, 53))

    def test_marker_is_a_uuid_since_2_53(self):
        self.check(hypervisors.LIST_QUERY, 52, {'marker': ['7']})
        self.check(hypervisors.LIST_QUERY, 53, {'marker': [UUID]})
        self.assertRaises(exception.ValidationError, self.check, hypervisors.LIST_QUERY, 53,
                          {'marker': ['7']})

    def test_limit_may_be_larger_than_any_list(self):
        for minor in (33, 53, 104):
            self.check(hypervisors.LIST_QUERY, minor, {'limit': ['9' * 30]})
            self.assertRaises(exception.ValidationError, self.check, hypervisors.LIST_QUERY, minor,
                              {'limit': ['-1']})

    def test_nothing_is_asked_twice_since_2_53(self):
        for query in ({'limit': ['1', '2']}, {'with_servers': ['1', '0']}):
            self.assertRaises(
                exception.ValidationError, self.check, hypervisors.LIST_QUERY, 53, query)

    def test_statistics_take_no_parameters_since_2_75(self):
        self.check(hypervisors.NO_QUERY, 74, {'limit': ['1']})
        self.assertRaises(exception.ValidationError, self.check, hypervisors.NO_QUERY, 75,
                          {'limit': ['1']})

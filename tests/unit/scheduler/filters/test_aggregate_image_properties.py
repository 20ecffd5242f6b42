# SPDX-License-Identifier: Apache-2.0
"""Aggregates that take only some images."""

from nova_lite.scheduler.filters import aggregate_image_properties
from tests.unit.scheduler import states
from tests.unit.scheduler.filters import case

WINDOWS = {'os_distro': 'windows', 'os_version': '2022'}


class AggregateImagePropertiesIsolationTest(case.FilterCase):

    filter_class = aggregate_image_properties.AggregateImagePropertiesIsolation

    def test_image_goes_where_its_value_is_named(self):
        request = states.request(image_properties=WINDOWS)
        self.assert_passes(request, metadata={'os_distro': 'windows'})
        self.assert_passes(request, metadata={'os_distro': 'debian,windows'})
        self.assert_excluded('aggregate_image_properties', request,
                             metadata={'os_distro': 'debian'})

    def test_what_only_image_or_aggregate_names_decides_nothing(self):
        self.assert_passes(states.request(image_properties=WINDOWS), metadata={'ssd': 'true'})
        self.assert_passes(states.request(image_properties={'os_type': 'linux'}),
                           metadata={'os_distro': 'debian'})
        self.assert_passes(states.request(image_properties=WINDOWS))
        self.assert_not_asked(states.request())

    def test_only_the_configured_name_space_counts(self):
        self.override('filter_scheduler', aggregate_image_properties_isolation_namespace='os',
                      aggregate_image_properties_isolation_separator='_')
        request = states.request(image_properties={**WINDOWS, 'oscar': 'yes'})
        self.assert_passes(request, metadata={'oscar': 'no'})
        self.assert_excluded('aggregate_image_properties', request,
                             metadata={'os_version': '2019'})
        self.assert_not_asked(states.request(image_properties={'oscar': 'yes'}))

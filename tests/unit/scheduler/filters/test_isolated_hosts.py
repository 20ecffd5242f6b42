# SPDX-License-Identifier: Apache-2.0
"""Hosts that are kept for some images."""

from nova_lite.scheduler.filters import isolated_hosts
from tests.unit.scheduler import states
from tests.unit.scheduler.filters import case


class IsolatedHostsFilterTest(case.FilterCase):

    filter_class = isolated_hosts.IsolatedHostsFilter

    def configure(self, **options):
        self.override('filter_scheduler', isolated_hosts=['cmp1'], isolated_images=['secret'],
                      **options)

    def test_nothing_is_isolated_by_itself(self):
        self.assert_not_asked(states.request(image_id='any'))

    def test_isolated_image_runs_only_on_isolated_hosts(self):
        self.configure()
        request = states.request(image_id='secret')
        self.assert_passes(request, name='cmp1')
        self.assert_excluded('not_isolated', request, name='cmp2')

    def test_other_images_stay_away_from_isolated_hosts(self):
        self.configure()
        request = states.request(image_id='any')
        self.assert_excluded('isolated_hosts', request, name='cmp1')
        self.assert_passes(request, name='cmp2')

    def test_isolated_hosts_take_other_images_if_so_configured(self):
        self.configure(restrict_isolated_hosts_to_isolated_images=False)
        self.assert_passes(states.request(image_id='any'), name='cmp1')
        self.assert_excluded('not_isolated', states.request(image_id='secret'), name='cmp2')

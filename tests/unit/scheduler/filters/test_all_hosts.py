# SPDX-License-Identifier: Apache-2.0
"""The filter without condition."""

from nova_lite.scheduler.filters import all_hosts
from tests.unit.scheduler import states
from tests.unit.scheduler.filters import case


class AllHostsFilterTest(case.FilterCase):

    filter_class = all_hosts.AllHostsFilter

    def test_every_host_passes(self):
        self.assert_passes(states.request(), disabled=True)
        self.assert_not_asked(states.request())

# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/api/openstack/compute/views/simple_tenant_usage.py."""

import datetime

from nova_lite import usage
from nova_lite.api.openstack.compute.views import simple_tenant_usage as views
from tests import base

Moment = datetime.datetime
DAY = usage.Period(Moment(2030, 1, 1), Moment(2030, 1, 2))
NOW = Moment(2030, 1, 5)
LONG_AGO = Moment(2029, 1, 1)


def row(project='demo', launched=LONG_AGO, terminated=None, **changes):
    return {'uuid': 'u', 'project_id': project, 'display_name': 'web', 'vm_state': 'active',
            'vcpus': 2, 'memory_mb': 512, 'root_gb': 10, 'ephemeral_gb': 5,
            'launched_at': launched, 'terminated_at': terminated,
            'flavor': {'name': 'm1.small'}, **changes}


class UsageViewTest(base.TestCase):

    def test_sizes_are_multiplied_by_hours(self):
        (shown,) = views.of_projects([row()], DAY)
        self.assertEqual((24.0, 48.0, 12288.0, 360.0), tuple(shown[name] for name in (
            'total_hours', 'total_vcpus_usage', 'total_memory_mb_usage', 'total_local_gb_usage')))

    def test_projects_come_in_the_order_of_their_first_servers(self):
        shown = views.of_projects([row('b'), row('a'), row('b')], DAY)
        self.assertEqual([('b', 48.0), ('a', 24.0)], [
            (one['tenant_id'], one['total_hours']) for one in shown])

    def test_server_is_up_until_it_ends_whatever_the_period(self):
        for terminated, seconds, state in ((None, 4 * 86400, 'active'),
                                           (Moment(2030, 1, 3), 2 * 86400, 'terminated')):
            shown = views.server(row(launched=Moment(2030, 1, 1), terminated=terminated), 1, NOW)
            self.assertEqual((seconds, state), (shown['uptime'], shown['state']))

    def test_clock_of_the_database_may_be_ahead(self):
        shown = views.server(row(launched=NOW + datetime.timedelta(seconds=1)), 0, NOW)
        self.assertEqual(0, shown['uptime'])

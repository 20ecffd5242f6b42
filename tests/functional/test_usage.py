# SPDX-License-Identifier: Apache-2.0
"""What projects used, from the boot to the reports: the API's sums and the hosts' audits."""

from nova_lite.db.stores import flavors
from tests import base
from tests.functional import api_client, world

AUDITS = '/os-instance_usage_audit_log'


def rounded(amount):
    """Leave out the microseconds that a real database takes for a statement."""
    return round(amount, 4)


class UsageCase(base.TestCase):

    def setUp(self):
        super().setUp()
        self.world = self.useFixture(world.World(('cmp1', 'cmp2')))
        self.admin = self.useFixture(api_client.ApiClient('admin', 'ops'))
        self.api = self.admin.as_user('fred', 'demo')
        flavors.create(self.world.admin, {
            'flavorid': '1', 'name': 'small', 'memory_mb': 64, 'vcpus': 2, 'root_gb': 3})

    def boot(self, host):
        made = self.admin.post('/servers', {'server': {
            'name': 'web', 'imageRef': world.IMAGE_ID, 'flavorRef': '1', 'networks': 'none',
            'host': host}}, version='2.74').json['server']['id']
        self.world.run()
        return made

    def later(self, seconds):
        """Move the clock at one go; everybody lives on."""
        self.world.clock.advance_time_seconds(seconds - 5)
        self.world.pass_time(5)


class SumsTest(UsageCase):

    def test_hours_are_counted_from_the_launch_to_the_delete(self):
        first, second = self.boot('cmp1'), self.boot('cmp2')
        self.later(1800)
        self.admin.delete(f'/servers/{first}')
        self.world.run()
        self.later(900)
        shown = self.admin.get(
            '/os-simple-tenant-usage/ops?start=2026-01-01T00:00:00').json['tenant_usage']
        self.assertEqual((1.25, 2.5, 80.0, 3.75), (
            rounded(shown['total_hours']), rounded(shown['total_vcpus_usage']),
            rounded(shown['total_memory_mb_usage']), rounded(shown['total_local_gb_usage'])))
        self.assertEqual([(first, 0.5, 'terminated'), (second, 0.75, 'active')], [
            (one['instance_id'], rounded(one['hours']), one['state'])
            for one in shown['server_usages']])
        self.assertEqual({}, self.api.get(
            '/os-simple-tenant-usage/demo?start=2026-01-01T00:00:00').json['tenant_usage'])


class AuditTest(UsageCase):

    def setUp(self):
        super().setUp()
        self.override(instance_usage_audit=True, instance_usage_audit_period='hour')

    def audit(self, name):
        """Let a host look whether a period is over, as its periodic work does."""
        host = self.world.hosts[name]
        with self.world.bus.acting_as(host.who), self.world._option('host', name):
            host.manager.instance_usage_audit()

    def log(self):
        return self.admin.get(AUDITS).json['instance_usage_audit_logs']

    def test_hosts_report_the_last_hour_once_through_the_conductor(self):
        self.boot('cmp1')
        gone = self.boot('cmp1')
        self.later(60)
        self.admin.delete(f'/servers/{gone}')
        self.world.run()
        self.later(3700)
        self.audit('cmp1')
        shown = self.log()
        self.assertEqual((2, 1, ['cmp2'], 2, 0, '1 of 2 hosts done. 0 errors.'), (
            shown['num_hosts'], shown['num_hosts_done'], shown['hosts_not_run'],
            shown['total_instances'], shown['total_errors'], shown['overall_status']))
        sent = len(self.world.bus.sent)
        self.audit('cmp1')
        self.assertEqual(1, len(self.world.bus.sent) - sent)
        self.audit('cmp2')
        self.assertEqual('ALL hosts done. 0 errors.', self.log()['overall_status'])
        self.assertEqual(shown['log']['cmp1'], self.log()['log']['cmp1'])

    def test_next_hour_is_another_period(self):
        self.later(3700)
        self.audit('cmp1')
        self.later(3600)
        self.assertEqual(0, self.log()['num_hosts_done'])
        self.audit('cmp1')
        self.assertEqual(1, self.log()['num_hosts_done'])
        self.assertEqual('2026-01-01 01:00:00', self.log()['period_beginning'])

    def test_audit_runs_only_where_it_is_wanted(self):
        manager = self.world.hosts['cmp1'].manager
        spacing = {method.__name__: when.spacing for method, when in manager.periodics()}
        self.assertGreater(spacing['instance_usage_audit'](), 0)
        self.override(instance_usage_audit=False)
        self.assertEqual(0, spacing['instance_usage_audit']())

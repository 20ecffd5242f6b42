# SPDX-License-Identifier: Apache-2.0
"""What the figures say after servers were built and deleted; all daemons are one process here."""

import prometheus_client

from nova_lite import metrics
from nova_lite.db import measuring
from nova_lite.db.stores import flavors
from nova_lite.metrics import recorder
from tests import base
from tests.functional import api_client, world

BODY = {'name': 'web', 'imageRef': world.IMAGE_ID, 'flavorRef': '1', 'networks': 'none'}


class MetricsTest(base.TestCase):
    """One recorder for all that happens."""

    def setUp(self):
        super().setUp()
        self.world = self.useFixture(world.World())
        self.registry = prometheus_client.CollectorRegistry()
        metrics.record_with(recorder.Recorder(self.registry))
        self.addCleanup(metrics.record_with, None)
        self.api = self.useFixture(api_client.ApiClient('fred', 'demo'))
        for flavor, memory in (('1', 64), ('2', 49999)):
            flavors.create(self.world.admin, {
                'flavorid': flavor, 'name': flavor, 'memory_mb': memory, 'vcpus': 1,
                'root_gb': 1})

    def build(self, **changes):
        answer = self.api.post('/servers', {'server': {**BODY, **changes}}, version='2.37')
        self.world.run()
        return answer.json['server']['id']

    def value(self, name, **labels):
        """Answer a figure, of all samples that have the labels."""
        return sum(sample.value for metric in self.registry.collect()
                   for sample in metric.samples if sample.name == f'nova_lite_{name}'
                   and labels.items() <= sample.labels.items())

    def test_each_layer_tells_of_a_server_that_is_built_and_deleted(self):
        server = self.build()
        self.api.delete(f'/servers/{server}')
        self.world.run()
        self.api.send('GET', f'/servers/{server}')
        self.assertEqual((1, 1, 1), (
            self.value('api_requests_total', method='POST', route='/servers', status='202'),
            self.value('api_requests_total', method='DELETE', route='/servers/{server_id}'),
            self.value('api_requests_total', method='GET', route='/servers/{server_id}',
                       status='404')))
        self.assertEqual((1, 1, 1), (
            self.value('operations_finished_total', kind='build', outcome='done'),
            self.value('operations_finished_total', kind='delete', outcome='done'),
            self.value('operation_phase_seconds_count', kind='build', phase='schedule',
                       outcome='handed_over')))
        self.assertEqual((1, 1, 1), (
            self.value('scheduler_decision_seconds_count', outcome='ok'),
            self.value('scheduler_servers_placed_total'),
            self.value('rpc_served_seconds_count', topic='scheduler',
                       method='select_destinations', outcome='ok')))
        self.assertEqual(
            self.value('rpc_call_seconds_count', topic='scheduler'),
            self.value('rpc_served_seconds_count', topic='scheduler'))
        self.assertLess(0, self.value('rpc_cast_seconds_count', topic='compute'))

    def test_what_does_not_go_well_is_told_apart(self):
        self.build(flavorRef='2')
        self.assertEqual((1, 1, 1, 0), (
            self.value('operations_finished_total', kind='build', outcome='fault'),
            self.value('scheduler_decision_seconds_count', outcome='NoValidHost'),
            self.value('rpc_call_seconds_count', method='select_destinations',
                       outcome='NoValidHost'),
            self.value('scheduler_servers_placed_total')))

    def test_no_figure_has_an_id_or_a_name(self):
        server = self.build()
        self.api.send('GET', f'/servers/{server}/tags')
        text = prometheus_client.generate_latest(self.registry).decode()
        for told in (server, 'fred', 'demo', 'cmp1', 'web', world.IMAGE_ID):
            self.assertNotIn(f'"{told}', text)

    def test_statements_are_counted_by_kind_when_that_is_listened_to(self):
        for name, listener in measuring.LISTENERS.items():
            self.addCleanup(measuring.sa.event.remove, measuring.sa.Engine, name, listener)
        measuring.listen()
        self.build()
        self.assertLess(0, self.value('sql_statement_seconds_count', kind='insert'))
        self.assertLess(0, self.value('sql_statement_seconds_count', kind='select'))

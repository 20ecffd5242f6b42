# SPDX-License-Identifier: Apache-2.0
"""What is measured: by somebody who looks, and by nobody."""

import subprocess
import sys

import prometheus_client

from nova_lite import metrics
from nova_lite.metrics import catalogue, recorder
from tests import base

WITHOUT = """
import sys
from nova_lite.conf import CONF
CONF([], project='nova_lite', default_config_files=[], default_config_dirs=[])
import nova_lite.cmd.serve.api, nova_lite.cmd.serve.compute, nova_lite.cmd.serve.conductor
import nova_lite.cmd.serve.scheduler, nova_lite.api.wsgi, nova_lite.db.connect
from nova_lite import metrics
assert not metrics.is_on()
assert 'prometheus_client' not in sys.modules, 'it is loaded'
"""


class RecorderTest(base.TestCase):
    """The recorder of a process that is its daemon."""

    def setUp(self):
        super().setUp()
        self.registry = prometheus_client.CollectorRegistry()
        metrics.record_with(recorder.Recorder(self.registry))
        self.addCleanup(metrics.record_with, None)

    def value(self, name, **labels):
        return self.registry.get_sample_value(name, labels)

    def test_a_count_goes_up_by_one(self):
        for _time in range(2):
            metrics.count(catalogue.OPERATIONS_FINISHED, 'build', 'done')
        self.assertEqual(2, self.value('nova_lite_operations_finished_total', kind='build',
                                       outcome='done'))

    def test_a_time_is_put_into_its_bucket(self):
        metrics.observe(catalogue.SQL_STATEMENTS, 0.003, 'select')
        name = 'nova_lite_sql_statement_seconds'
        self.assertEqual((0, 1, 1, 0.003), (
            self.value(f'{name}_bucket', kind='select', le='0.0025'),
            self.value(f'{name}_bucket', kind='select', le='0.005'),
            self.value(f'{name}_count', kind='select'), self.value(f'{name}_sum', kind='select')))

    def test_a_note_replaces_the_last_one(self):
        metrics.note(catalogue.HEARTBEAT, 10)
        metrics.note(catalogue.HEARTBEAT, 20)
        self.assertEqual(20, self.value('nova_lite_heartbeat_timestamp_seconds'))

    def outcomes(self):
        """Answer outcome -> how often, of questions to the scheduler."""
        return {sample.labels['outcome']: sample.value
                for metric in self.registry.collect() for sample in metric.samples
                if sample.name == 'nova_lite_rpc_call_seconds_count'}

    def timed(self):
        return metrics.timed(catalogue.RPC_CALLS, 'scheduler', 'explain')

    def test_a_while_tells_its_outcome(self):
        with self.timed():
            pass
        with self.timed() as question:
            question.ended('refused')
        try:
            with self.timed():
                raise KeyError
        except KeyError:
            self.assertEqual({'ok': 1, 'refused': 1, 'KeyError': 1}, self.outcomes())


class NothingTest(base.TestCase):
    """Nobody looks, which is so by default."""

    def test_it_takes_everything(self):
        metrics.count(catalogue.SERVERS_PLACED)
        metrics.observe(catalogue.SQL_STATEMENTS, 1, 'select')
        metrics.note(catalogue.HEARTBEAT, 1)
        with metrics.timed(catalogue.DECISIONS) as decision:
            decision.ended('ok')
        self.assertFalse(metrics.is_on())

    def test_errors_pass(self):
        def fail():
            with metrics.timed(catalogue.DECISIONS):
                raise KeyError
        self.assertRaises(KeyError, fail)

    def test_the_library_is_not_even_loaded(self):
        subprocess.run([sys.executable, '-c', WITHOUT], check=True, cwd=base.TOP)

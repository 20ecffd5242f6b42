# SPDX-License-Identifier: Apache-2.0
"""Figures of several processes: sums that outlive processes, and files that do not pile up."""

import contextlib
import os
import stat

from prometheus_client import values

from nova_lite.metrics import address, catalogue, recorder, shared
from tests import base

PLACED = 'nova_lite_scheduler_servers_placed_total'


class FiguresTest(base.TestCase):
    """What several processes count, which here are one that has several numbers."""

    def setUp(self):
        super().setUp()
        self.addCleanup(setattr, values, 'ValueClass', values.ValueClass)
        self.directory = self.temporary_directory() / 'nova-lite-api.1'
        self.figures = shared.Figures(self.directory)
        address.empty(self.directory)

    @contextlib.contextmanager
    def process(self, count, since):
        """A process that has counted so many servers, and lives inside; its lock is what counts."""
        figures = shared.Figures(self.directory)
        figures.join()
        kept = recorder.Recorder()
        for _server in range(count):
            kept.count(catalogue.SERVERS_PLACED, ())
        kept.observe(catalogue.SQL_STATEMENTS, 0.01, ('select',))
        kept.note(catalogue.OPERATIONS_IN_LINE, count, ())
        kept.note(catalogue.HEARTBEAT, since, ())
        try:
            yield
        finally:
            figures.leave()

    def told(self, name):
        """Answer the value of the only sample of a name; None if there is none."""
        found = [sample.value for metric in self.figures.collect() for sample in metric.samples
                 if sample.name == name]
        self.assertLessEqual(len(found), 1)
        return found[0] if found else None

    def test_processes_are_summed_and_the_worst_heartbeat_is_told(self):
        with self.process(2, 100.0), self.process(3, 90.0):
            self.assertEqual(dict.fromkeys((0, 1), os.getpid()), self.figures.processes())
            self.assertEqual(
                (5, 2, 5, 90.0),
                (self.told(PLACED), self.told('nova_lite_sql_statement_seconds_count'),
                 self.told('nova_lite_operations_in_line'),
                 self.told('nova_lite_heartbeat_timestamp_seconds')))

    def test_a_dead_process_leaves_its_sums_and_nothing_momentary(self):
        with self.process(2, 100.0):
            with self.process(3, 90.0):
                pass
            self.assertEqual({0: os.getpid()}, self.figures.processes())
            self.assertEqual((5, 2, 100.0), (
                self.told(PLACED), self.told('nova_lite_operations_in_line'),
                self.told('nova_lite_heartbeat_timestamp_seconds')))

    def test_a_successor_goes_on_with_the_sums(self):
        for _start in range(3):
            with self.process(1, 100.0):
                files = {path.name for path in self.directory.glob('*')}
        self.assertEqual(3, self.told(PLACED))
        with self.process(1, 100.0):
            self.assertEqual(files, {path.name for path in self.directory.glob('*')})

    def test_a_start_forgets_an_earlier_one(self):
        with self.process(2, 100.0):
            pass
        address.empty(self.directory)
        self.assertIsNone(self.told(PLACED))

    def test_nobody_else_may_look(self):
        self.assertEqual(0o700, stat.S_IMODE(self.directory.stat().st_mode))

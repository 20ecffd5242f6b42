# SPDX-License-Identifier: Apache-2.0
"""Periodic work of managers."""

import threading

from oslo_context import context as oslo_context

from nova_lite import context, exception, manager, periodics
from tests import base


class Sample(manager.Manager):
    """A manager with some."""

    def __init__(self):
        self.ran = threading.Event()

    @manager.periodic(spacing=3600, run_immediately=True)
    def at_once(self):
        self.ran.set()

    @manager.periodic(spacing=lambda: 0)
    def never(self):
        raise AssertionError('0 switches it off')

    def ordinary(self):
        raise AssertionError('not marked')


def named(function):
    def task():
        function()
    return task


class PeriodicsTestCase(base.TestCase):
    """What is run, and when."""

    def test_marked_methods_are_found(self):
        self.assertEqual(['at_once', 'never'],
                         sorted(method.__name__ for method, _when in Sample().periodics()))

    def test_a_task_runs_and_ends_with_its_service(self):
        sample = Sample()
        tasks = periodics.Periodics(sample.periodics())
        tasks.start()
        self.assertTrue(sample.ran.wait(10))
        tasks.stop()

    def test_one_that_is_switched_on_later_begins_then(self):
        ran, spacing = threading.Event(), [0]
        tasks = periodics.Periodics([(named(ran.set), manager.Periodic(lambda: spacing[0]))])
        tasks.start()
        self.addCleanup(tasks.stop)
        spacing[0] = 0.01
        tasks.look_again()
        self.assertTrue(ran.wait(10))

    def test_one_that_waits_takes_a_shorter_time(self):
        ran, spacing = threading.Event(), [3600]
        tasks = periodics.Periodics([(named(ran.set), manager.Periodic(lambda: spacing[0]))])
        tasks.start()
        self.addCleanup(tasks.stop)
        spacing[0] = 0.01
        tasks.look_again()
        self.assertTrue(ran.wait(10))

    def test_one_that_is_switched_off_ends_and_may_begin_again(self):
        ended, ran, spacing = threading.Event(), threading.Event(), [3600]

        def seconds():
            if not spacing[0] and threading.current_thread() is not threading.main_thread():
                ended.set()
            return spacing[0]
        tasks = periodics.Periodics([(named(ran.set), manager.Periodic(seconds))])
        tasks.start()
        self.addCleanup(tasks.stop)
        spacing[0] = 0
        tasks.look_again()
        self.assertTrue(ended.wait(10))
        self.assertFalse(ran.is_set())
        spacing[0] = 0.01
        tasks.look_again()
        self.assertTrue(ran.wait(10))

    def test_each_run_has_a_context_of_its_own(self):
        seen = []
        for _run in range(2):
            periodics.run_once(named(lambda: seen.append(context.get_admin_context().request_id)))
            periodics.run_once(named(lambda: seen.append(oslo_context.get_current())))
        self.assertNotEqual(seen[0], seen[2])
        self.assertEqual([None, None], seen[1::2])

    def test_a_failure_ends_one_run_only(self):
        def failing():
            raise ZeroDivisionError

        def waiting():
            raise exception.BrokerUnavailable(method='m', recipient='r')
        periodics.run_once(failing)
        periodics.run_once(waiting)
        self.assertIn('failed', self.logs.output)

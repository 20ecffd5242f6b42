# SPDX-License-Identifier: Apache-2.0
"""The heartbeat and what systemd is told."""

import os
import socket

from nova_lite import exception
from nova_lite.conf import CONF
from nova_lite.servicegroup import heartbeat, watchdog
from tests import base


class HeartbeatTestCase(base.TestCase):
    """One beat at a time, with a clock of the test's."""

    def setUp(self):
        super().setUp()
        self.now = 1000.0
        self.error = None
        self.is_reachable = True
        self.ended = []
        self.wellness = heartbeat.Wellness(clock=lambda: self.now)
        path = str(self.temporary_directory() / 'notify')
        self.systemd = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(self.systemd.close)
        self.systemd.bind(path)
        self.systemd.setblocking(False)
        self.heartbeat = heartbeat.Heartbeat(
            round_trip=self.round_trip, wellness=self.wellness,
            watchdog=watchdog.Watchdog({'NOTIFY_SOCKET': path}),
            is_broker_reachable=lambda: self.is_reachable,
            on_void=lambda: self.ended.append(True),
            on_hung=lambda: self.ended.append('hung'))

    def round_trip(self):
        if self.error is not None:
            raise self.error

    def is_fed(self):
        try:
            return b'WATCHDOG=1' in self.systemd.recv(4096)
        except BlockingIOError:
            return False

    def test_a_round_trip_feeds_the_watchdog_and_counts_as_well(self):
        self.assertEqual(0, self.wellness.was_well_for())
        self.assertTrue(self.heartbeat.beat())
        self.now += 15
        self.assertTrue(self.is_fed())
        self.assertEqual(15, self.wellness.was_well_for())

    def test_a_failure_begins_the_count_anew(self):
        self.heartbeat.beat()
        self.now += 100
        self.error = exception.BrokerUnavailable(method='m', recipient='r')
        self.assertTrue(self.heartbeat.beat())
        self.assertEqual(0, self.wellness.was_well_for())
        self.error = None
        self.heartbeat.beat()
        self.assertEqual(0, self.wellness.was_well_for())

    def test_a_heartbeat_that_stopped_is_not_well(self):
        self.heartbeat.beat()
        self.now += CONF.service_down_time + 1
        self.assertEqual(0, self.wellness.was_well_for())

    def test_a_broker_that_is_away_is_no_reason_for_a_restart(self):
        self.error = exception.BrokerUnavailable(method='m', recipient='r')
        self.heartbeat.beat()
        self.assertTrue(self.is_fed())

    def test_silence_although_the_broker_is_there_is_one(self):
        self.error = exception.MessagingTimeout(method='m', recipient='r', timeout=5)
        self.heartbeat.beat()
        self.assertFalse(self.is_fed())
        self.is_reachable = False
        self.heartbeat.beat()
        self.assertTrue(self.is_fed())

    def silent_for(self, seconds):
        self.error = exception.MessagingTimeout(method='m', recipient='r', timeout=5)
        self.now += seconds
        self.heartbeat.beat()

    def test_a_process_that_nothing_comes_back_to_ends_when_others_give_it_up(self):
        self.heartbeat.beat()
        self.silent_for(CONF.service_down_time)
        self.assertEqual([], self.ended)
        self.silent_for(1)
        self.assertEqual(['hung'], self.ended)

    def test_an_outage_of_the_broker_gives_a_process_time_again(self):
        self.heartbeat.beat()
        self.is_reachable = False
        self.silent_for(10 * CONF.service_down_time)
        self.is_reachable = True
        self.silent_for(CONF.service_down_time)
        self.assertEqual([], self.ended)
        self.silent_for(1)
        self.assertEqual(['hung'], self.ended)

    def test_a_process_that_never_was_well_ends_as_long_after_its_start(self):
        self.wellness.excuse()
        self.silent_for(CONF.service_down_time)
        self.assertEqual([], self.ended)
        self.silent_for(1)
        self.assertEqual(['hung'], self.ended)

    def test_a_host_waits_longer(self):
        self.wellness.patience = lambda: 3 * CONF.service_down_time
        self.heartbeat.beat()
        self.silent_for(3 * CONF.service_down_time)
        self.assertEqual([], self.ended)
        self.silent_for(1)
        self.assertEqual(['hung'], self.ended)

    def test_an_unknown_error_is_one_and_the_beats_go_on(self):
        self.error = ZeroDivisionError()
        self.assertTrue(self.heartbeat.beat())
        self.assertFalse(self.is_fed())

    def test_a_start_that_was_replaced_ends(self):
        self.error = exception.IncarnationVoid(incarnation='x')
        self.assertFalse(self.heartbeat.beat())
        self.assertEqual([True], self.ended)


class WatchdogTestCase(base.TestCase):
    """The notification socket."""

    def test_helpers_do_not_inherit_the_socket(self):
        environment = {'NOTIFY_SOCKET': '/nowhere'}
        watchdog.Watchdog(environment)
        self.assertEqual({}, environment)

    def test_without_systemd_nothing_happens(self):
        silent = watchdog.Watchdog({})
        silent.ready()
        silent.alive('well')
        silent.status('waiting')

    def test_a_socket_that_is_gone_is_no_error(self):
        gone = os.path.join(str(self.temporary_directory()), 'gone')
        watchdog.Watchdog({'NOTIFY_SOCKET': gone}).ready()


class ApiRoundTripTest(base.TestCase):
    """Whose fault it is that no conductor answers."""

    def setUp(self):
        super().setUp()
        self.version = 1
        self.asked = []

    def minimum_version(self, context, binary):
        return self.version

    def test_a_conductor_is_asked_that_the_record_calls_up(self):
        heartbeat.for_api(self, self.asked.append)()
        self.assertEqual(1, len(self.asked))

    def test_without_a_conductor_the_api_is_not_at_fault(self):
        self.version = 0
        error = self.assertRaises(exception.ServiceUnavailable,
                                  heartbeat.for_api(self, self.asked.append))
        self.assertNotIsInstance(error, exception.MessagingTimeout)
        self.assertEqual([], self.asked)

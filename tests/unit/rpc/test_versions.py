# SPDX-License-Identifier: Apache-2.0
"""Which version of an interface may be spoken now."""

from nova_lite import conf, exception, objects, rpc
from nova_lite.compute import manager as compute_manager
from nova_lite.compute import rpcapi as compute_rpcapi
from nova_lite.conductor import manager as conductor_manager
from nova_lite.conductor import rpcapi as conductor_rpcapi
from nova_lite.rpc import client, versions
from nova_lite.scheduler import manager as scheduler_manager
from nova_lite.scheduler import rpcapi as scheduler_rpcapi
from tests import base
from tests.unit.rpc import test_messages

ENDPOINTS = {'compute': (compute_manager.ComputeManager, compute_rpcapi.ComputeAPI),
             'conductor': (conductor_manager.ConductorManager, conductor_rpcapi.ConductorAPI),
             'scheduler': (scheduler_manager.SchedulerManager, scheduler_rpcapi.SchedulerAPI)}

HISTORY = (
    {'compute': '1.0', 'conductor': '1.0', 'scheduler': '1.0'},
    {'compute': '1.3', 'conductor': '1.0', 'scheduler': '1.1'},
    {'compute': '2.0', 'conductor': '1.2', 'scheduler': '1.1'},
)


class VersionsTest(base.TestCase):
    """A third release, whose services may run beside those of the first two."""

    def setUp(self):
        super().setUp()
        self.patch(versions, 'HISTORY', HISTORY)
        self.patch(versions, 'SERVICE_VERSION', len(HISTORY))
        self.addCleanup(versions.forget)
        versions.forget()
        self.now = 1000.0
        self.patch(versions.time, 'monotonic', lambda: self.now)
        self.asked = []
        self.oldest = 3
        objects.register_all()
        self.patch(objects, 'Service', self)

    def minimum_version(self, context, binary):
        """The records' answer."""
        self.asked.append(binary)
        if self.oldest is None:
            raise exception.DatabaseUnavailable()
        return self.oldest

    def auto(self, *topics):
        self.override('upgrade_levels', **dict.fromkeys(topics, 'auto'))

    def test_without_a_pin_the_newest_is_spoken_and_nobody_is_asked(self):
        self.assertEqual('1.2', versions.newest('conductor', '1.2'))
        self.assertEqual([], self.asked)

    def test_auto_speaks_what_the_oldest_living_service_knows(self):
        self.auto('conductor', 'scheduler')
        self.oldest = 2
        self.assertEqual(('1.0', '1.1'), (
            versions.newest('conductor', '1.2'), versions.newest('scheduler', '1.1')))
        self.assertEqual(['nova-lite-conductor', 'nova-lite-scheduler'], self.asked)

    def test_auto_speaks_the_newest_once_all_are_upgraded(self):
        self.auto('conductor')
        self.assertEqual('1.2', versions.newest('conductor', '1.2'))

    def test_auto_never_goes_over_what_the_caller_knows(self):
        self.auto('conductor')
        self.assertEqual('1.1', versions.newest('conductor', '1.1'))

    def test_auto_without_records_speaks_the_newest(self):
        self.auto('conductor')
        self.oldest = 0
        self.assertEqual('1.2', versions.newest('conductor', '1.2'))

    def test_auto_beside_a_newer_release_speaks_its_own(self):
        self.auto('conductor')
        self.oldest = 9
        self.assertEqual('1.2', versions.newest('conductor', '1.2'))

    def test_auto_asks_again_after_a_while(self):
        self.auto('conductor')
        self.oldest = 2
        self.assertEqual('1.0', versions.newest('conductor', '1.2'))
        self.oldest = 3
        self.now += versions.ASK_AGAIN_AFTER - 1
        self.assertEqual('1.0', versions.newest('conductor', '1.2'))
        self.now += 2
        self.assertEqual('1.2', versions.newest('conductor', '1.2'))
        self.assertEqual(2, len(self.asked))

    def test_auto_asks_again_after_a_reload(self):
        self.auto('conductor')
        versions.newest('conductor', '1.2')
        versions.forget()
        versions.newest('conductor', '1.2')
        self.assertEqual(2, len(self.asked))

    def test_auto_asks_again_when_the_options_are_read_again(self):
        self.auto('conductor')
        versions.newest('conductor', '1.2')
        self.oldest = 2
        conf.CONF.mutate_config_files()
        self.assertEqual('1.0', versions.newest('conductor', '1.2'))

    def test_last_answer_holds_while_nobody_can_be_asked(self):
        self.auto('conductor')
        self.oldest = 2
        versions.newest('conductor', '1.2')
        self.now += versions.ASK_AGAIN_AFTER + 1
        self.oldest = None
        self.assertEqual('1.0', versions.newest('conductor', '1.2'))

    def test_without_any_answer_nothing_is_sent(self):
        self.auto('conductor')
        self.oldest = None
        self.assertRaises(exception.DatabaseUnavailable, versions.newest, 'conductor', '1.2')

    def test_question_itself_is_asked_in_the_oldest_version_that_is_supported(self):
        """A host asks a conductor by a message, whose version is looked for too."""
        self.auto('conductor')
        self.patch(versions, 'OLDEST_SUPPORTED', 2)
        spoken = []

        def minimum_version(context, binary):
            spoken.append(versions.newest('conductor', '1.2'))
            return 3

        self.minimum_version = minimum_version
        self.assertEqual('1.2', versions.newest('conductor', '1.2'))
        self.assertEqual(['1.0'], spoken)

    def test_another_major_version_is_an_error(self):
        self.auto('compute')
        self.oldest = 2
        self.assertRaises(exception.VersionCapped, versions.newest, 'compute', '2.0')

    def test_a_client_asks_what_it_can_send(self):
        self.auto('conductor')
        self.oldest = 2
        speaker = client.Client('conductor', version='1.2')
        self.assertTrue(speaker.can_send('1.0'))
        self.assertFalse(speaker.can_send('1.2'))
        versions.forget()
        self.oldest = 3
        self.assertTrue(speaker.can_send('1.2'))


class PresentReleaseTest(base.TestCase):

    def test_last_entry_of_the_history_is_what_servers_and_clients_speak(self):
        for topic, (server, client_class) in ENDPOINTS.items():
            self.assertEqual(versions.HISTORY[-1][topic], server.RPC_VERSION)
            self.assertEqual(versions.HISTORY[-1][topic], client_class()._client._version)


class OlderServiceTest(test_messages.RpcTestCase):
    """A conductor of the first release that was started after the records were read."""

    def setUp(self):
        super().setUp()
        self.patch(versions, 'HISTORY', (dict.fromkeys(versions.BINARY_OF, '1.2'),
                                         dict.fromkeys(versions.BINARY_OF, '1.3')))
        self.patch(versions, 'SERVICE_VERSION', 2)
        self.addCleanup(versions.forget)
        versions.forget()
        self.override('upgrade_levels', conductor='auto')
        self.oldest = 2
        objects.register_all()
        self.patch(objects, 'Service', self)

    def minimum_version(self, context, binary):
        """The records' answer."""
        return self.oldest

    def whoami(self):
        with self.bus.acting_as(self.node1):
            return rpc.Client('conductor', version='1.3').call(
                self.admin, 'whoami', since='1.3')

    def test_refused_message_keeps_the_next_one_back(self):
        versions.newest('conductor', '1.3')
        self.oldest = 1
        self.assertRaises(exception.UnsupportedVersion, self.whoami)
        self.assertRaises(exception.VersionCapped, self.whoami)

# SPDX-License-Identifier: Apache-2.0
"""Which version of an interface may be spoken now."""

from nova_lite import exception, objects
from nova_lite.rpc import client, versions
from tests import base

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

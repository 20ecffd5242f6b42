# SPDX-License-Identifier: Apache-2.0
"""The connection to libvirt is made anew when it breaks, and only then."""

from unittest import mock

import libvirt

from nova_lite import exception
from nova_lite.virt.libvirt import events, host
from tests import base


class Connection(mock.Mock):
    """A connection that is alive until it is said to be broken."""

    def __init__(self, *args, alive=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.isAlive = lambda: alive
        self.getLibVersion = lambda: 9000000


class HostTestCase(base.TestCase):

    def setUp(self):
        super().setUp()
        patcher = mock.patch.object(events, 'start_loop')
        patcher.start()
        self.addCleanup(patcher.stop)
        opener = mock.patch.object(libvirt, 'open')
        self.open = opener.start()
        self.addCleanup(opener.stop)
        self.host = host.Host(patience=0)

    def test_one_connection_serves_all_calls(self):
        self.open.side_effect = [Connection()]
        for _ in range(3):
            self.assertEqual(9000000, self.host.call(lambda found: found.getLibVersion()))
        self.open.assert_called_once_with('qemu:///system')

    def test_configured_address_is_used(self):
        self.override('libvirt', connection_uri='test:///default')
        self.open.side_effect = [Connection()]
        host.Host().call(lambda found: None)
        self.open.assert_called_once_with('test:///default')

    def test_capabilities_are_asked_for_once_a_connection(self):
        old = Connection(getCapabilities=mock.Mock(return_value='<capabilities/>'))
        new = Connection(getCapabilities=mock.Mock(return_value='<capabilities new="1"/>'))
        self.open.side_effect = [old, new]
        for _ in range(2):
            self.assertIsNone(self.host.capabilities().get('new'))
        old.getCapabilities.assert_called_once_with()
        self.host._drop(old)
        self.assertEqual('1', self.host.capabilities().get('new'))

    def test_broken_connection_is_made_anew_and_the_call_repeated(self):
        broken, whole = Connection(alive=False), Connection()
        self.open.side_effect = [broken, whole]

        def call(found):
            if found is broken:
                raise libvirt.libvirtError('end of file')
            return 'answer'
        self.assertEqual('answer', self.host.call(call))
        broken.close.assert_called_once_with()

    def test_error_of_what_was_asked_is_not_repeated(self):
        self.open.side_effect = [Connection()]
        question = mock.Mock(side_effect=libvirt.libvirtError('no such domain'))
        self.assertRaises(libvirt.libvirtError, self.host.call, question)
        self.assertEqual(1, question.call_count)

    def test_connection_that_breaks_again_is_told(self):
        self.open.side_effect = [Connection(alive=False), Connection(alive=False)]
        question = mock.Mock(side_effect=libvirt.libvirtError('end of file'))
        self.assertRaises(exception.HypervisorUnavailable, self.host.call, question)
        self.assertEqual(2, question.call_count)

    def test_libvirt_that_does_not_answer_is_told(self):
        self.open.side_effect = libvirt.libvirtError('no socket')
        error = self.assertRaises(exception.HypervisorUnavailable, self.host.call, mock.Mock())
        self.assertIn('no socket', str(error))

    def test_closed_connection_is_made_anew_without_a_call(self):
        first, second = Connection(), Connection()
        self.open.side_effect = [first, second]
        self.host.start(mock.Mock())
        self.host._events._hear_the_end(first, 1, None)
        self.host._events.stop()
        second.domainEventRegisterAny.assert_called_once()
        self.host.stop()

# SPDX-License-Identifier: Apache-2.0
"""Guests are started and ended one step at a time, whatever libvirt answers."""

import contextlib
import threading

import libvirt

from nova_lite import exception
from nova_lite.states import power
from nova_lite.virt.driver import ShutdownTiming
from nova_lite.virt.libvirt import power as powers
from nova_lite.virt.libvirt.domain import metadata
from tests import base
from tests.fixtures import virt

METADATA = f'<guest xmlns="{metadata.NAMESPACE}"><operation fence="%d"/></guest>'


def error(code=libvirt.VIR_ERR_SYSTEM_ERROR, text='busy'):
    """Answer an error as libvirt raises it."""
    made = libvirt.libvirtError(text)
    made.err = (code, libvirt.VIR_FROM_QEMU, text, *[None] * 6)
    return made


class Libvirt:
    """A libvirt with at most one domain; also that domain, and the host that has it."""

    def __init__(self, uuid, *, state=None, fence=1):
        self.uuid, self.current, self.fence = uuid, state, fence
        self.calls, self.failures = [], {}

    def _called(self, name):
        self.calls.append(name)
        failures = self.failures.get(name)
        if failures:
            raise failures.pop(0)

    def call(self, function):
        return function(self)

    @contextlib.contextmanager
    def expecting(self, uuid, *transitions):
        yield

    def find(self, uuid):
        return powers.hosts.find(self, uuid)

    def lookupByUUIDString(self, uuid):
        if self.current is None or uuid != self.uuid:
            raise error(libvirt.VIR_ERR_NO_DOMAIN)
        return self

    def state(self):
        return [self.current, 0]

    def metadata(self, kind, uri):
        return METADATA % self.fence

    def isActive(self):
        return self.current == libvirt.VIR_DOMAIN_RUNNING

    def defineXML(self, xml):
        self._called(f'define {xml}')
        self.current = self.current or libvirt.VIR_DOMAIN_SHUTOFF

    def create(self):
        self._called('create')
        self.current = libvirt.VIR_DOMAIN_RUNNING

    def shutdown(self):
        self._called('shutdown')
        self.current = libvirt.VIR_DOMAIN_SHUTOFF

    def destroy(self):
        self._called('destroy')
        if self.current != libvirt.VIR_DOMAIN_RUNNING:
            raise error(libvirt.VIR_ERR_OPERATION_INVALID)
        self.current = libvirt.VIR_DOMAIN_SHUTOFF

    def undefineFlags(self, flags):
        self._called('undefine')
        self.current = None


class PowerTestCase(base.TestCase):

    def setUp(self):
        super().setUp()
        self.server = virt.server(fence=5)

    def libvirt_with(self, state=None, fence=5):
        made = Libvirt(self.server.uuid, state=state, fence=fence)
        self.power = powers.Power(made)
        return made

    def start(self):
        self.power.start(self.server, lambda: 'xml')

    def test_guest_is_defined_and_started(self):
        found = self.libvirt_with()
        self.start()
        self.assertEqual(['define xml', 'create'], found.calls)

    def test_guest_that_its_operation_has_started_is_left_alone(self):
        found = self.libvirt_with(libvirt.VIR_DOMAIN_RUNNING)
        self.start()
        self.assertEqual([], found.calls)

    def test_guest_that_was_only_defined_is_defined_anew_and_started(self):
        found = self.libvirt_with(libvirt.VIR_DOMAIN_SHUTOFF)
        self.start()
        self.assertEqual(['define xml', 'create'], found.calls)

    def test_guest_of_an_older_operation_is_put_out_first(self):
        found = self.libvirt_with(libvirt.VIR_DOMAIN_RUNNING, fence=4)
        self.start()
        self.assertEqual(['destroy', 'define xml', 'create'], found.calls)

    def test_guest_of_a_newer_operation_is_not_touched_even_if_it_is_off(self):
        for state in (libvirt.VIR_DOMAIN_RUNNING, libvirt.VIR_DOMAIN_SHUTOFF):
            found = self.libvirt_with(state, fence=6)
            self.assertRaises(exception.GuestFenced, self.start)
            self.assertEqual([], found.calls)

    def test_refusal_of_libvirt_is_told(self):
        found = self.libvirt_with()
        found.failures['create'] = [error(text='no bridge\nmore words')]
        raised = self.assertRaises(exception.GuestStartFailed, self.start)
        self.assertIn('no bridge', str(raised))

    def test_removal_ends_and_forgets(self):
        found = self.libvirt_with(libvirt.VIR_DOMAIN_RUNNING)
        self.power.remove(self.server.uuid)
        self.assertEqual(['destroy', 'undefine'], found.calls)

    def test_removal_of_what_is_not_there_is_fine(self):
        found = self.libvirt_with()
        self.power.remove(self.server.uuid)
        self.assertEqual([], found.calls)

    def test_removal_tries_again_while_the_process_does_not_die(self):
        found = self.libvirt_with(libvirt.VIR_DOMAIN_RUNNING)
        found.failures['destroy'] = [error(), error()]
        self.power.remove(self.server.uuid)
        self.assertIsNone(found.current)

    def test_guest_that_can_not_be_ended_is_told(self):
        found = self.libvirt_with(libvirt.VIR_DOMAIN_RUNNING)
        found.failures['destroy'] = [error()] * 9
        self.assertRaises(exception.GuestRemovalFailed, self.power.remove, self.server.uuid)
        self.assertEqual(power.RUNNING, found.find(self.server.uuid).power_state)

    def test_guest_is_asked_to_shut_down_before_its_power_is_taken(self):
        found = self.libvirt_with(libvirt.VIR_DOMAIN_RUNNING)
        self.power.request_shutdown(self.server.uuid, ShutdownTiming(timeout=10))
        self.assertEqual('shutdown', found.calls[0])
        self.assertEqual(power.SHUTDOWN, found.find(self.server.uuid).power_state)

    def test_guest_without_time_to_shut_down_is_not_asked(self):
        found = self.libvirt_with(libvirt.VIR_DOMAIN_RUNNING)
        self.power.request_shutdown(self.server.uuid, ShutdownTiming(timeout=0))
        self.assertEqual(['destroy'], found.calls)

    def test_removal_waits_for_a_start_that_hangs(self):
        found = self.libvirt_with()
        is_starting, may_go_on = threading.Event(), threading.Event()

        def hanging_xml():
            is_starting.set()
            may_go_on.wait(10)
            return 'xml'
        starter = threading.Thread(target=self.power.start, args=(self.server, hanging_xml))
        remover = threading.Thread(target=self.power.remove, args=(self.server.uuid,))
        starter.start()
        is_starting.wait(10)
        remover.start()
        may_go_on.set()
        for thread in (starter, remover):
            thread.join(10)
        self.assertEqual(['define xml', 'create', 'destroy', 'undefine'], found.calls)
        self.assertEqual({}, self.power._locks._held)

# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/requests/external_events.py: who is told, and who is not there."""

from oslo_utils import uuidutils

from nova_lite import exception, manager
from nova_lite.compute.requests import external_events
from nova_lite.states import external_event as names
from tests.fixtures import records
from tests.unit.compute.requests import case


class Host(manager.Manager):
    """Notes what it is told."""

    RPC_VERSION = '1.2'

    def __init__(self):
        super().__init__()
        self.told = []

    def external_events(self, context, events):
        """Note it."""
        self.told.append(events)


class DeliverTest(case.RequestCase):

    def setUp(self):
        super().setUp()
        self.host = Host()
        self.serve_host(self.host)
        self.server = records.active_server(self.context)

    def event(self, uuid=None, name=names.NETWORK_CHANGED, tag=None):
        return {'server_uuid': uuid or self.server['uuid'], 'name': name, 'tag': tag,
                'status': names.COMPLETED}

    def deliver(self, *events):
        codes = external_events.deliver(self.admin, list(events))
        self.bus.run_until_quiet()
        return codes

    def test_host_gets_all_its_events_in_one_message(self):
        other = records.active_server(self.context)
        first, second = self.event(), self.event(other['uuid'], names.VIF_PLUGGED, 'a-port')
        self.assertEqual([200, 200], self.deliver(first, second))
        self.assertEqual([[first, second]], self.host.told)

    def test_each_event_has_its_own_code(self):
        (unplaced,), _number = records.servers(self.context)
        self.assertEqual([404, 200, 422, 400, 200], self.deliver(
            self.event(uuidutils.generate_uuid()), self.event(), self.event(unplaced['uuid']),
            self.event(name=names.POWER_UPDATE, tag='UP'),
            self.event(name=names.POWER_UPDATE, tag=names.POWER_OFF)))
        self.assertEqual(2, len(self.host.told[0]))

    def test_without_a_server_on_a_host_nothing_is_found(self):
        (unplaced,), _number = records.servers(self.context)
        for uuid in (uuidutils.generate_uuid(), unplaced['uuid']):
            self.assertRaises(exception.NoServerOfEvents, self.deliver, self.event(uuid))
        self.assertEqual([], self.host.told)

    def test_host_that_never_started_keeps_no_other_from_its_events(self):
        records.compute_host(self.admin, 'cmp2')
        lost = records.active_server(self.context, host='cmp2')
        self.assertEqual([422, 200], self.deliver(self.event(lost['uuid']), self.event()))
        self.assertEqual([[self.event()]], self.host.told)

    def test_hosts_of_the_release_before_take_none(self):
        self.override('upgrade_levels', compute='1.1')
        error = self.assertRaises(exception.HostsTakeNoEvents, self.deliver, self.event())
        self.assertEqual(503, error.code)

    def test_number_of_statements_is_constant(self):
        with self.database.statements() as few:
            self.deliver(self.event())
        others = [self.event(records.active_server(self.context)['uuid']) for _ in range(4)]
        with self.database.statements() as many:
            self.deliver(*others)
        self.assertEqual(len(few), len(many))

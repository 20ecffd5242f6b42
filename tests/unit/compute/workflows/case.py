# SPDX-License-Identifier: Apache-2.0
"""What tests of a host's workflows share: one host over a record, with the fake driver."""

import time

from nova_lite import conf, objects
from nova_lite.compute import host as hosts
from nova_lite.network import api as network_api
from nova_lite.objects import base as objects_base
from nova_lite.operations import lease as leases
from nova_lite.states import transitions
from nova_lite.virt.fake import driver as fake_driver
from nova_lite.virt.fake import world
from tests import base
from tests.fixtures import database, records


class HostCase(base.TestCase):
    """The host ``cmp1``.

    :ivar calls: methods of the driver that have done something, in order
    """

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.override(network_driver='fake')
        self.context = records.caller(is_admin=True)
        self.incarnation = records.compute_host(self.context)
        self.controller = records.controller(self.context)
        self.driver = fake_driver.FakeDriver('cmp1', None)
        self.network = network_api.HostAPI(conf.CONF)
        self.host = hosts.Host(
            name='cmp1', driver=self.driver, network=self.network, images=None)
        self.calls = []
        self.driver.disturbance.hooks.append(self._note)

    def _note(self, method, moment, _arguments):
        if moment == 'after':
            self.calls.append(method)

    def fail_at(self, method, error, moment='before'):
        """Let a method of the driver fail, before or after it has had its effect."""
        def hook(called, when, _arguments):
            if (called, when) == (method, moment):
                raise error
        self.driver.disturbance.hooks.append(hook)

    def work_to_build(self, **changes):
        """Answer the work of a server that was given to the host, with an address to plug."""
        _rows, operation_id = records.servers(self.context, **changes)
        work = objects.Work.take(self.context, operation_id, self.controller, None)
        objects.Operation.hand_over(
            self.context, operation_id, work.operation.lease, objects.HandOver(
                phase=transitions.SPAWN, host='cmp1', node='cmp1'))
        return self.take(operation_id)

    def take(self, operation_id):
        """Answer the work of an operation in a phase of the host's."""
        return objects.Work.take(self.context, operation_id, self.incarnation, 'cmp1')

    def lease(self, work):
        """Answer the real lease of a work, whose questions are asked once."""
        return leases.Lease(self.context, work.operation, lambda ask: ask(), time.monotonic())

    def finish(self, work, outcome):
        """Record an outcome; answer the server's row."""
        objects.Operation.finish(
            self.context, work.operation.id, work.operation.lease, outcome)
        return objects_base.store('instances').get_by_uuid(
            self.context, work.instance.uuid, read_deleted=True)

    def things(self):
        """Answer the kinds of things of servers that are on the host, taps among them."""
        kinds = [kind for kind in (world.GUESTS, world.DISKS, world.CONFIG_DRIVES)
                 if self.driver.world.keys(kind)]
        return kinds + ['taps'] * bool(self.network._backend.taps)

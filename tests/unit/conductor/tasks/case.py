# SPDX-License-Identifier: Apache-2.0
"""What tests of the controllers' phases share: a record, a scheduler that is told its answers."""

import time
import types

from nova_lite import objects
from nova_lite.objects import base as objects_base
from nova_lite.operations import lease as leases
from tests import base
from tests.fixtures import database, records


class Scheduler:
    """Chooses what it is told to choose.

    :ivar answers: [host, ...] for each call, or an error
    :ivar asked: the keyword arguments of each call
    """

    def __init__(self):
        self.answers = []
        self.asked = []

    def select_destinations(self, context, spec, operation_id, lease, **wanted):
        """Answer the next choice."""
        self.asked.append(dict(wanted, spec=spec, operation_id=operation_id, lease=lease))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return [objects.Selection(host=host, node=f'{host}-node', alternates=[])
                for host in answer]


class TaskCase(base.TestCase):
    """A controller that runs phases."""

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        self.incarnation = records.controller(self.context)
        self.scheduler = Scheduler()
        self.controller = types.SimpleNamespace(name='ctl', scheduler=self.scheduler)

    def take(self, operation_id):
        """Answer the work of an operation in a controller's phase."""
        return objects.Work.take(self.context, operation_id, self.incarnation, None)

    def lease(self, work):
        """Answer the lease of a work."""
        return leases.Lease(self.context, work.operation, lambda ask: ask(), time.monotonic())

    def row(self, uuid):
        """Answer a server's row."""
        return objects_base.store('instances').get_by_uuid(self.context, uuid)

    def operation(self, operation_id):
        """Answer an operation's row."""
        return objects_base.store('operations').get(self.context, operation_id)

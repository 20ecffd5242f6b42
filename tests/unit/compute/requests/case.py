# SPDX-License-Identifier: Apache-2.0
"""What tests of the API side share: a record, a bus that nobody listens to, one image."""

import io

from oslo_config import cfg
from oslo_utils import fixture as utils_fixture

from nova_lite import manager, rpc
from nova_lite.db import engine
from nova_lite.image import api as image_api
from nova_lite.objects import base as objects_base
from tests import base
from tests.fixtures import bus, database, records


class RequestCase(base.TestCase):
    """An API process in front of a record with one compute host, ``cmp1``.

    :ivar context: of the user Fred
    """

    def setUp(self):
        super().setUp()
        self.database = self.useFixture(database.Database())
        self.clock = self.useFixture(utils_fixture.TimeFixture())
        self.bus = self.useFixture(bus.Bus(cfg.CONF))
        self.bus.be(self.bus.controller('api', 'nova-lite-api'))
        self.override('image', directory=str(self.temporary_directory()))
        self.context = records.caller()
        self.admin = records.caller(is_admin=True)
        records.compute_host(self.admin)

    def serve_host(self, endpoint=None):
        """Have somebody listen on cmp1.

        :param endpoint: what answers; None if only the queue matters
        """
        with self.bus.acting_as(self.bus.compute('cmp1')):
            rpc.Server('compute', 'cmp1', [endpoint or manager.Manager()]).start()

    def make_image(self, **changes):
        """Put the image of tests/fixtures/records.py into the store of images."""
        wanted = image_api.NewImage(**{
            'name': 'cirros', 'disk_format': 'raw', 'container_format': 'bare',
            'visibility': 'public', 'id': records.IMAGE_ID, **changes})
        image_api.API().create(self.admin, wanted, io.BytesIO(b'\0' * 512))

    def wake_ups(self):
        """Answer (topic, host) of every wake-up that was sent."""
        return [(message.topic, message.host) for message in self.bus.sent
                if message.method == 'run_operation']

    def row(self, uuid):
        """Answer a server's row as an admin sees it."""
        return objects_base.store('instances').get_by_uuid(self.admin, uuid)

    def unfinished(self):
        """Answer (kind, phase, host) of the operations that have not ended."""
        return [(row['kind'], row['phase'], row['host'])
                for row in records.unfinished(self.admin)]

    def count(self, noun, table):
        """Answer how many rows a table of a store has."""
        with engine.reader() as connection:
            return len(connection.execute(
                getattr(objects_base.store(noun), table).select()).all())

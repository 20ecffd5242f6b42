# SPDX-License-Identifier: Apache-2.0
"""The test case of everything behind the compute API.

Database, images, objects, policies and the whole pipeline are real; what would leave
the process (the wake-up of a conductor) is recorded instead, and a scheduler's answer
comes from one in this process.
"""

import io
import json

import fixtures

from nova_lite.image import api as image_api
from nova_lite.network import definition
from nova_lite.objects import base as objects_base
from nova_lite.objects import image_meta
from nova_lite.scheduler import manager as scheduler_manager
from tests import base
from tests.fixtures import database, records
from tests.functional import api_client

FLAVOR = {'flavorid': 'small', 'name': 'm1.small', 'memory_mb': 64, 'vcpus': 1, 'root_gb': 1,
          'ephemeral_gb': 0, 'swap': 0, 'rxtx_factor': 1.0, 'is_public': True,
          'disabled': False, 'extra_specs': {'hw:cpu_policy': 'shared'}}


class ApiCase:
    """One test with a database and a client; goes with a test case of the project.

    :ivar api: client of a member of the project demo
    :ivar admin: client of an admin
    :ivar stranger: client of a member of another project
    :ivar woken: what was told to whom after being recorded
    """

    def setUp(self):
        super().setUp()
        self.prepare_database()
        self.override('image', directory=str(self.temporary_directory()))
        self.api = self.useFixture(api_client.ApiClient())
        self.admin = self.api.as_user('admin')
        self.stranger = self.api.as_user('mallory', 'other')
        self.context = records.caller()
        self.woken = []
        self.useFixture(fixtures.MonkeyPatch(
            'nova_lite.wake.owner_of_phase', lambda *arguments: self.woken.append(arguments)))
        self.useFixture(fixtures.MonkeyPatch(
            'nova_lite.scheduler.rpcapi.SchedulerAPI._ask', _ask_a_scheduler))

    def prepare_database(self):
        """Make an empty database; ``self.database`` counts the statements."""
        self.database = self.useFixture(database.Database())

    def make_flavor(self, **changes):
        """Record a flavor; answer its id."""
        row = objects_base.store('flavors').create(
            records.caller('admin', 'ops', is_admin=True), {**FLAVOR, **changes})
        return row['flavorid']

    def offer_image(self, image_id=records.IMAGE_ID, **fields):
        """Store an image, for everybody unless told otherwise; answer its id."""
        image = image_api.NewImage(**{
            'id': image_id, 'name': 'cirros', 'disk_format': 'raw',
            'visibility': image_meta.PUBLIC, **fields})
        return image_api.API().create(
            records.caller(is_admin=True), image, io.BytesIO(b'\0' * 512)).id

    def make_server(self, **changes):
        """Record a server that is being built; answer its row."""
        (row,), _operation = records.servers(self.context, **changes)
        return objects_base.store('instances').get_by_uuid(self.context, row['uuid'])

    def make_network(self, label='private', cidr='10.0.0.0/24'):
        """Record a network that all projects may use; answer its uuid."""
        return objects_base.store('networks').create(
            records.caller(is_admin=True), definition.define(
                {'label': label, 'cidr': cidr, 'bridge': f'br{label}'[:15], 'mtu': 1500}))['uuid']

    def give_roles(self, *roles):
        """Give everybody but admins these roles from now on."""
        self.useFixture(fixtures.MonkeyPatch(
            'nova_lite.api.middleware.auth.ROLES_OF_OTHERS', list(roles)))


def _ask_a_scheduler(_api, context, method, **arguments):
    """Answer as over the wire: by plain values."""
    manager = scheduler_manager.SchedulerManager()
    manager.init_host()
    return json.loads(json.dumps(getattr(manager, method)(context, **arguments)))


class ApiTestCase(ApiCase, base.TestCase):
    """One test in this process alone."""

# SPDX-License-Identifier: Apache-2.0
"""openstacksdk as it is published, at many microversions, through all daemons.

It negotiates, pages and reads answers by itself; nothing here knows the API.
"""

import openstack
from keystoneauth1 import session, token_endpoint

from nova_lite.db.stores import flavors
from tests import base
from tests.fixtures import wsgi_adapter
from tests.functional import api_client, world

URL = 'http://cloud.example.org/v2.1'
VERSIONS = ('2.1', '2.26', '2.37', '2.53', '2.58', '2.75', '2.88', '2.96', '2.104')


class UnmodifiedClientTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.world = self.useFixture(world.World())
        self.application = self.useFixture(api_client.ApiClient()).application
        flavors.create(self.world.admin, {
            'flavorid': '1', 'name': 'small', 'memory_mb': 64, 'vcpus': 1, 'root_gb': 1})

    def compute(self, version, user='fred:demo'):
        """Answer the client's compute part for a user."""
        connection = openstack.connection.Connection(
            session=session.Session(
                auth=token_endpoint.Token(URL, user),
                session=wsgi_adapter.session(self.application)),
            compute_endpoint_override=URL, compute_api_version='2',
            compute_default_microversion=version)
        self.addCleanup(connection.close)
        return connection.compute

    def boot(self, compute, name, networks):
        """Create a server and let all run; answer it as it is then."""
        made = compute.create_server(
            name=name, image_id=world.IMAGE_ID, flavor_id='1', networks=networks,
            metadata={'role': 'web'})
        self.world.run()
        return compute.get_server(made)

    def test_life_of_a_server(self):
        for version in VERSIONS:
            compute = self.compute(version)
            server = self.boot(compute, 'web', [] if version < '2.37' else 'none')
            self.assertEqual(('ACTIVE', 'web', {'role': 'web'}), (
                server.status, server.name, server.metadata))
            self.assertEqual('db', compute.update_server(server, name='db').name)
            self.assertEqual(server.id, compute.find_server('db', ignore_missing=False).id)
            self.assertEqual({'role': 'web', 'a': 'b'}, compute.set_server_metadata(
                server, role='web', a='b').metadata)
            self.assertIn('output', compute.get_server_console_output(server, length=5))
            self.assertEqual(['create'], [
                action.action for action in compute.server_actions(server)])
            compute.delete_server(server)
            self.world.run()
            self.assertIsNone(compute.find_server(server.id), version)

    def test_pages_and_filters(self):
        compute = self.compute('2.37')
        for name in ('a', 'b', 'c'):
            self.boot(compute, name, 'none')
        for version in VERSIONS:
            compute = self.compute(version)
            for details in (True, False):
                self.assertEqual(['c', 'b', 'a'], [
                    each.name for each in compute.servers(details=details, limit=1)])
            self.assertEqual(['b'], [each.name for each in compute.servers(
                name='^b$', status='ACTIVE', image=world.IMAGE_ID, flavor='1')])
            self.assertEqual([], list(compute.servers(status='SHUTOFF')))

    def test_what_operators_look_at(self):
        for version in VERSIONS:
            compute = self.compute(version, 'admin:ops')
            hypervisor, = compute.hypervisors(details=True)
            self.assertEqual(('cmp1', 'up', 'enabled'), (
                hypervisor.name, hypervisor.state, hypervisor.status))
            self.assertEqual('cmp1', compute.get_hypervisor(hypervisor.id).name)
            service, = compute.services(binary='nova-compute')
            self.assertEqual('disabled', compute.disable_service(
                service, service.host, service.binary, 'smoke').status)
            self.assertEqual('enabled', compute.enable_service(
                service, service.host, service.binary).status)

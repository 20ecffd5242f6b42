# SPDX-License-Identifier: Apache-2.0
"""Networks and addresses in a database."""

import ddt
import sqlalchemy as sa

from nova_lite import context, exception
from nova_lite.db import engine, models
from nova_lite.db.stores import networks
from nova_lite.network import definition
from nova_lite.objects import network as network_objects
from tests import base

SERVER, OTHER = '00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'


class NetworksTestCase(base.TestCase):

    def setUp(self):
        super().setUp()
        engine.configure('sqlite://')
        # The connection of the first look at the database lacks our functions.
        engine.engine().dispose()
        models.metadata.create_all(engine.engine())
        self.addCleanup(engine.engine().dispose)
        self.context = context.get_admin_context()
        self.member = context.RequestContext(user_id='u', project_id='p')

    def create(self, label='private', cidr='10.20.0.0/24', **wishes):
        return networks.create(self.context, definition.define({
            'label': label, 'cidr': cidr, 'bridge': f'br{label}', 'mtu': 1500, **wishes}))

    def allocate(self, requested=networks.AUTO, server=SERVER, host='h1', project='p'):
        return networks.allocate(self.context, server, host, requested, project)

    def used(self):
        return {identity: count['used'] for identity, count in networks.usage(self.context).items()}


@ddt.ddt
class AllocateTest(NetworksTestCase):

    def test_server_that_takes_what_there_is_gets_nothing_of_nothing(self):
        self.assertEqual([], self.allocate(networks.IF_ANY))
        self.create()
        self.assertEqual(1, len(self.allocate(networks.IF_ANY)))

    def test_server_gets_an_address_of_the_only_network(self):
        self.create()

        [nic] = self.allocate()

        self.assertIn(nic['fixed_ips'][0]['address'],
                      {f'10.20.0.{number}' for number in range(2, 255)})
        self.assertRegex(nic['address'], '^fa:16:3e(:[0-9a-f]{2}){3}$')

    def test_what_is_allocated_is_a_network_info(self):
        self.create(dns1='9.9.9.9')
        nics = self.allocate()

        info = network_objects.NetworkInfo.from_rows(None, nics)

        self.assertEqual(nics, info.to_rows())
        self.assertEqual(['9.9.9.9'], info[0].network.nameservers)

    def test_one_nic_costs_four_statements(self):
        self.create()
        statements = []
        sa.event.listen(engine.engine(), 'before_cursor_execute',
                        lambda _c, _cursor, statement, *_rest: statements.append(statement))

        self.allocate()

        counted = [text for text in statements if text.split()[0] in (
            'SELECT', 'INSERT', 'UPDATE', 'DELETE')]
        self.assertEqual(4, len(counted), counted)

    def test_every_address_is_given_once_and_then_the_network_is_full(self):
        self.create(cidr='10.20.0.0/28')
        given = [self.allocate(server=f'{number:036d}')[0]['fixed_ips'][0]['address']
                 for number in range(13)]

        full = self.assertRaises(exception.NoMoreFixedIps, self.allocate)

        self.assertEqual({f'10.20.0.{number}' for number in range(2, 15)}, set(given))
        self.assertIn('network private: 13 of its 13', str(full))

    def test_nothing_is_kept_of_an_allocation_that_failed_half_way(self):
        roomy, full = self.create(), self.create('full', '10.21.0.0/29', allowed_start='10.21.0.6')
        self.allocate([{'uuid': full['uuid']}], server=OTHER)

        self.assertRaises(exception.NoMoreFixedIps, self.allocate,
                          [{'uuid': roomy['uuid']}, {'uuid': full['uuid']}])

        self.assertEqual({roomy['id']: 0, full['id']: 1}, self.used())

    def test_server_that_has_nics_keeps_them_on_its_next_host(self):
        network = self.create()
        first = self.allocate([{'uuid': network['uuid'], 'tag': 'a'}, {'uuid': network['uuid']}])

        again = self.allocate([{'uuid': network['uuid']}], host='h2')

        self.assertEqual(first, again)
        self.assertEqual({network['id']: 2}, self.used())

    def test_wanted_address_is_given(self):
        network = self.create()

        [nic] = self.allocate([{'uuid': network['uuid'], 'fixed_ip': '10.20.0.77', 'tag': 'web'}])

        self.assertEqual(('10.20.0.77', 'web'), (nic['fixed_ips'][0]['address'], nic['tag']))

    def test_wanted_address_that_another_server_has_is_refused(self):
        network = self.create()
        wanted = [{'uuid': network['uuid'], 'fixed_ip': '10.20.0.77'}]
        self.allocate(wanted, server=OTHER)

        self.assertRaises(exception.FixedIpAlreadyInUse, self.allocate, wanted)

    def test_nics_have_the_order_of_the_request(self):
        first, second = self.create('a'), self.create('b', '10.21.0.0/24')

        nics = self.allocate([{'uuid': second['uuid']}, {'uuid': first['uuid']}])

        self.assertEqual([('b', 0), ('a', 1)], [
            (nic['network']['label'], nic['device_index']) for nic in nics])

    def test_no_network_is_what_none_means(self):
        self.create()

        self.assertEqual([], self.allocate(networks.NONE))

    def test_taken_mac_is_replaced_by_another(self):
        self.create()
        macs = iter(['fa:16:3e:00:00:01', 'fa:16:3e:00:00:01', 'fa:16:3e:00:00:02'])
        self.patch(networks, '_random_mac', lambda: next(macs))
        self.allocate(server=OTHER)

        [nic] = engine.retry_on_deadlock(self.allocate)()

        self.assertEqual('fa:16:3e:00:00:02', nic['address'])
        self.assertEqual([2], list(self.used().values()))

    def test_released_address_can_be_given_again(self):
        self.create(cidr='10.20.0.0/29', allowed_start='10.20.0.6')
        [nic] = self.allocate()

        networks.release(self.context, SERVER)
        networks.release(self.context, SERVER)

        self.assertEqual(nic['fixed_ips'], self.allocate(server=OTHER)[0]['fixed_ips'])


class ChoiceTest(NetworksTestCase):

    def validate(self, requested=networks.AUTO, count=1, project='p'):
        networks.validate(self.context, requested, project, count)

    def test_project_without_a_network_is_told(self):
        self.create(project_id='other')

        self.assertRaises(exception.UnableToAutoAllocateNetwork, self.validate)

    def test_several_networks_need_a_choice(self):
        self.create('a')
        self.create('b', '10.21.0.0/24')

        refused = self.assertRaises(exception.NetworkAmbiguous, self.validate)

        self.assertIn('a, b', str(refused))

    def test_network_of_the_project_comes_before_that_of_all(self):
        self.create('all')
        self.create('own', '10.21.0.0/24', project_id='p')

        self.assertEqual('own', self.allocate()[0]['network']['label'])

    def test_network_of_another_project_is_not_found(self):
        network = self.create(project_id='other')

        self.assertRaises(exception.RequestedNetworkNotFound, self.validate,
                          [{'uuid': network['uuid']}])
        self.assertRaises(exception.NetworkNotFound,
                          networks.get_by_uuid, self.member, network['uuid'])
        self.assertEqual([], networks.list_networks(self.member))

    def test_one_address_is_not_for_several_servers(self):
        network = self.create()

        self.assertRaises(exception.MultipleServersWithFixedIp, self.validate,
                          [{'uuid': network['uuid'], 'fixed_ip': '10.20.0.7'}], 2)

    def test_address_asked_for_twice_is_refused(self):
        wanted = {'uuid': self.create()['uuid'], 'fixed_ip': '10.20.0.7'}

        self.assertRaises(exception.NetworkRequestInvalid, self.validate, [wanted, wanted])

    def test_address_must_be_free_and_of_the_network(self):
        uuid = self.create()['uuid']
        self.allocate([{'uuid': uuid, 'fixed_ip': '10.20.0.7'}])

        for address, error in (('10.20.0.7', exception.FixedIpAlreadyInUse),
                               ('10.20.0.1', exception.FixedIpNotAvailable),
                               ('10.9.9.9', exception.FixedIpNotAvailable)):
            self.assertRaises(error, self.validate, [{'uuid': uuid, 'fixed_ip': address}])
        self.validate([{'uuid': uuid, 'fixed_ip': '10.20.0.8'}])


class NetworkTest(NetworksTestCase):

    def test_ranges_of_two_networks_may_not_overlap(self):
        self.create()

        refused = self.assertRaises(exception.NetworkDefinitionInvalid,
                                    self.create, 'wider', '10.20.0.0/16')

        self.assertIn('overlaps with 10.20.0.0/24 of network private', str(refused))

    def test_label_is_taken_once(self):
        self.create()

        self.assertRaises(exception.NetworkDefinitionInvalid, self.create, cidr='10.21.0.0/24')

    def test_network_with_a_server_is_not_deleted(self):
        network = self.create()
        self.allocate()

        refused = self.assertRaises(
            exception.NetworkInUse, networks.delete, self.context, network)

        self.assertIn(SERVER, str(refused))

    def test_deleted_network_leaves_no_address(self):
        network = self.create()

        networks.delete(self.context, network)

        self.assertEqual(({}, []), (networks.usage(self.context),
                                    networks.list_networks(self.context)))

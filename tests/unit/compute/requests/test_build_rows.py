# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/requests/build_rows.py: a request as the rows that record it."""

from nova_lite import exception
from nova_lite.compute.requests import build_request, build_rows
from nova_lite.objects import base as objects_base
from tests import base
from tests.fixtures import database, records


def row(image=None, **changes):
    """Answer the row of the one server of a request."""
    made, = build_rows.servers(records.caller(), records.request(**changes),
                               image or records.image(), None)
    return made


class ServersTest(base.TestCase):

    def test_server_is_the_callers_and_begins_at_fence_1(self):
        made = row()
        self.assertEqual(('fred', 'demo', 1, None, None), (
            made['user_id'], made['project_id'], made['fence'], made['host'], made['node']))

    def test_row_keeps_what_the_flavor_is_now(self):
        made = row(flavor=records.flavor(memory_mb=96, extra_specs={'hw:cpu_policy': 'shared'}))
        self.assertEqual((96, 96, {'hw:cpu_policy': 'shared'}), (
            made['memory_mb'], made['flavor']['memory_mb'], made['flavor']['extra_specs']))

    def test_servers_of_a_request_share_the_reservation_and_nothing_that_names_them(self):
        made = build_rows.servers(
            records.caller(), records.request(max_count=3), records.image(), None)
        self.assertEqual([0, 1, 2], [one['launch_index'] for one in made])
        self.assertEqual(['web-1', 'web-2', 'web-3'], [one['display_name'] for one in made])
        self.assertEqual(['web-1', 'web-2', 'web-3'], [one['hostname'] for one in made])
        self.assertEqual((3, 1), (len({one['uuid'] for one in made}),
                                  len({one['reservation_id'] for one in made})))

    def test_reservation_has_the_form_that_clients_know(self):
        self.assertRegex(row()['reservation_id'], '^r-[0-9a-z]{8}$')

    def test_disk_config_is_automatic_only_if_asked_for(self):
        self.assertEqual([True, False, False], [
            row(disk_config=word)['auto_disk_config'] for word in ('AUTO', 'MANUAL', None)])

    def test_kernel_and_ram_disk_come_from_the_image(self):
        made = row(records.image(properties={'kernel_id': 'k', 'ramdisk_id': 'r'}))
        self.assertEqual(('k', 'r'), (made['kernel_id'], made['ramdisk_id']))


class HostNameTest(base.TestCase):

    def test_host_name_is_made_of_the_display_name(self):
        for name, hostname in (
                ('web', 'web'), ('My Server', 'my-server'), ('a_b', 'a-b'), ('Zoë', 'zo'),
                ('-x-', 'x'), ('db.example.com', 'db-example-com'), ('a' * 70, 'a' * 63),
                ('a' * 62 + '.b', 'a' * 62), ('服务器', '')):
            self.assertEqual(hostname, build_rows.hostname_for(name), name)

    def test_server_whose_name_has_no_usable_letter_is_called_by_its_id(self):
        made = row(name='服务器')
        self.assertEqual(f'Server-{made["uuid"]}', made['hostname'])

    def test_host_name_that_was_asked_for_is_taken(self):
        self.assertEqual('db', row(hostname='db')['hostname'])


class ImageAndConfigurationTest(base.TestCase):

    def test_root_device_is_named_by_the_bus_of_the_disk(self):
        for bus, device in (('virtio', '/dev/vda'), ('scsi', '/dev/sda'), ('sata', '/dev/sda'),
                            ('ide', '/dev/hda'), ('xen', '/dev/xvda')):
            self.assertEqual(device, build_rows.root_device_for(
                records.image(properties={'hw_disk_bus': bus})))
        self.assertEqual('/dev/vda', build_rows.root_device_for(records.image()))

    def test_config_drive_is_written_for_who_wants_it(self):
        mandatory = records.image(properties={'img_config_drive': 'mandatory'})
        optional = records.image(properties={'img_config_drive': 'optional'})
        self.assertFalse(row()['config_drive'])
        self.assertFalse(row(optional)['config_drive'])
        self.assertTrue(row(config_drive=True)['config_drive'])
        self.assertTrue(row(mandatory)['config_drive'])

    def test_cloud_may_insist_on_config_drives(self):
        self.override(force_config_drive=True)
        self.assertTrue(row()['config_drive'])


class KeyTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())

    def test_key_of_the_user_is_found_by_its_name(self):
        context = records.caller()
        objects_base.store('keypairs').create(context, {
            'user_id': 'fred', 'name': 'laptop', 'type': 'ssh', 'public_key': 'ssh-ed25519 AA',
            'fingerprint': 'f'})
        request = records.request(key_name='laptop')
        key = build_rows.key_of(context, request)
        made, = build_rows.servers(context, request, records.image(), key)
        self.assertEqual(('laptop', 'ssh-ed25519 AA'), (made['key_name'], made['key_data']))
        self.assertRaises(exception.KeypairNotFound, build_rows.key_of,
                          records.caller('anna'), request)

    def test_without_a_name_there_is_no_key(self):
        self.assertIsNone(build_rows.key_of(records.caller(), records.request()))
        self.assertIsNone(row()['key_name'])


class ArgumentsTest(base.TestCase):
    """What the operation keeps, and what only the host may see."""

    def test_networks_are_kept_as_plain_values(self):
        wanted = build_request.RequestedNetwork('net', fixed_ip='10.0.0.9')
        self.assertEqual([{'uuid': 'net', 'fixed_ip': '10.0.0.9', 'tag': None}],
                         build_rows.wanted_networks(records.request(networks=[wanted])))
        self.assertEqual('auto', build_rows.wanted_networks(records.request(networks='auto')))

    def test_secrets_are_no_arguments(self):
        request = records.request(admin_password='geheim', injected_files=[['/a', 'eA==']])
        self.assertNotIn('geheim', str(build_rows.arguments_of(request, 1)))
        self.assertEqual({'admin_password': 'geheim', 'injected_files': [['/a', 'eA==']]},
                         build_rows.secrets_of(request))

    def test_empty_secrets_are_none(self):
        self.assertEqual({}, build_rows.secrets_of(records.request(admin_password='')))

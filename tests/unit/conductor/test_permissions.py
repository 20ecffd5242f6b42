# SPDX-License-Identifier: Apache-2.0
"""What a compute host may ask of a conductor."""

from nova_lite import context, exception, objects
from nova_lite.compute import tracker
from nova_lite.conductor import manager, permissions
from nova_lite.objects import base as objects_base
from nova_lite.rpc import identity
from nova_lite.virt import driver
from tests import base

SERVER = '5b1a5a5e-9f0f-4ab0-9b50-5a3dfae4e000'


class Ownership:
    """The store: what belongs to node1."""

    @staticmethod
    def is_hosts_incarnation(context, incarnation, host):
        return (incarnation, host) == ('mine', 'node1')

    @staticmethod
    def is_hosts_server(context, uuid, host):
        return {SERVER: host == 'node1'}.get(uuid)


class PermissionsTestCase(base.TestCase):
    """The table, and each of its rules."""

    def setUp(self):
        super().setUp()
        objects.register_all()
        stores = dict(objects_base._stores)
        self.addCleanup(objects_base._stores.update, stores)
        self.addCleanup(objects_base._stores.clear)
        objects_base.register_stores({'ownership': Ownership})

    def asked_by(self, host, kind=identity.HOST):
        asked = context.RequestContext('user', 'project', overwrite=False)
        asked.sender = identity.Sender(kind, host)
        return asked

    def check(self, asker, objname, method, *args, **kwargs):
        asked = self.asked_by(asker)
        permissions.check_class_method(asked, objname, method, args, kwargs)
        return asked

    def assert_not_allowed(self, objname, method, *args, asker='node1', **kwargs):
        self.assertRaises(exception.NotAllowed, self.check, asker, objname, method, *args,
                          **kwargs)

    def test_every_remotable_is_in_exactly_one_list(self):
        remotables = {
            (name, method) for name, cls in objects_base.registered.items()
            for method in dir(cls) if getattr(getattr(cls, method, None), 'remotable', False)}
        self.assertEqual(
            remotables, set(permissions.HOSTS_MAY_ASK) | permissions.CONTROLLERS_ONLY)
        self.assertEqual(
            set(), set(permissions.HOSTS_MAY_ASK) & permissions.CONTROLLERS_ONLY)

    def test_a_controller_may_ask_everything(self):
        asked = self.asked_by('ctl', identity.CONTROLLER)
        permissions.check_class_method(asked, 'KeyPair', 'get_by_name', ['user', 'key'], {})
        permissions.only_controllers(asked, 'run_operation')

    def test_a_host_may_not_ask_what_is_for_controllers(self):
        self.assert_not_allowed('KeyPair', 'get_by_name', 'user', 'key')
        self.assert_not_allowed('Nothing', 'at_all')
        self.assertRaises(exception.NotAllowed, permissions.only_controllers,
                          self.asked_by('node1'), 'run_operation')

    def test_a_host_reports_itself_only(self):
        self.check('node1', 'ComputeNode', 'report', 'node1', [])
        self.assert_not_allowed('ComputeNode', 'report', 'node2', [])
        self.check('node1', 'OperationList', 'unfinished_for_host', host='node1')
        self.assert_not_allowed('OperationList', 'unfinished_for_host', host='node2')

    def test_a_host_says_of_its_nodes_what_is_a_hosts_to_say(self):
        facts = dict.fromkeys(permissions.NODE_FACTS)
        self.check('node1', 'ComputeNode', 'report', 'node1', [facts])
        for column in ('id', 'host', 'service_id', 'failed_builds', 'running_vms'):
            self.assert_not_allowed('ComputeNode', 'report', 'node1',
                                    [facts, {**facts, column: 'node2'}])

    def test_a_host_may_report_exactly_what_it_does_report(self):
        resources = driver.HostResources(
            vcpus=1, memory_mb=1, memory_mb_used=0, local_gb=1, disk_available_least=1,
            hypervisor_type='fake', hypervisor_version=1, cpu_arch='x86_64', cpu_info={},
            supported_instances=())
        self.assertEqual(permissions.NODE_FACTS,
                         {*tracker.report_of('node1', resources), 'uptime'})

    def test_a_host_registers_its_compute_service_only(self):
        rest = {'topic': 'compute', 'worker': 0, 'version': 1, 'availability_zone': None}
        self.check('node1', 'Service', 'register', host='node1', binary='nova-lite-compute', **rest)
        self.assert_not_allowed(
            'Service', 'register', host='node1', binary='nova-lite-conductor', **rest)
        self.assert_not_allowed(
            'Service', 'register', host='node2', binary='nova-lite-compute', **rest)
        for changes in ({'worker': 1}, {'topic': 'conductor'}):
            self.assert_not_allowed('Service', 'register', host='node1',
                                    binary='nova-lite-compute', **{**rest, **changes})

    def test_a_host_takes_work_for_itself_only(self):
        self.check('node1', 'Work', 'take', 1, 'mine', 'node1')
        self.assert_not_allowed('Work', 'take', 1, 'mine', None)
        self.assert_not_allowed('Work', 'take', 1, 'mine', 'node2')

    def test_a_host_hands_over_to_controllers_and_gives_out_no_addresses(self):
        self.check('node1', 'Operation', 'hand_over', 1, 5, objects.HandOver(
            phase='scheduling', changes={'problem': 'no disk', 'failed_on': ['node1', 'n']}))
        for changes in ({'host': 'node2'}, {'allocate_networks': True},
                        {'changes': {'failed_on': ['node2', 'node2']}},
                        {'changes': {'networks': [{'uuid': SERVER}]}},
                        {'changes': {'force_host': 'node2'}}):
            self.assert_not_allowed('Operation', 'hand_over', 1, 5,
                                    objects.HandOver(phase='scheduling', **changes))

    def test_a_host_sees_its_servers_only(self):
        self.assertTrue(self.check('node1', 'Instance', 'get_by_uuid', SERVER).is_admin)
        self.assert_not_allowed('Instance', 'get_by_uuid', SERVER, asker='node2')
        self.assertRaises(exception.InstanceNotFound, self.check, 'node1', 'Instance',
                          'get_by_uuid', 'gone')

    def test_arguments_that_do_not_fit_are_refused(self):
        self.assertRaises(exception.Invalid, self.check, 'node1', 'Instance', 'get_by_uuid')
        self.assertRaises(exception.Invalid, self.check, 'node1', 'Instance', 'get_by_uuid',
                          SERVER, more=1)

    def test_no_method_of_an_instance_is_open_to_hosts(self):
        self.assertRaises(exception.NotAllowed, permissions.check_method,
                          self.asked_by('node1'), objects.Outcome(), 'save')

    def test_the_conductor_checks_every_object_that_a_host_asks_for(self):
        conductor = manager.ConductorManager()
        self.assertRaises(
            exception.NotAllowed, conductor.object_class_action_versions,
            self.asked_by('node1'), 'KeyPair', 'get_by_name', {'KeyPair': '1.0'}, ['u', 'k'], {})
        self.assertRaises(
            exception.NotAllowed, conductor.object_action, self.asked_by('node1'),
            objects.Outcome(), 'save', [], {})

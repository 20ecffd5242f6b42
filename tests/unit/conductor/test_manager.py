# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/conductor/manager.py: objects on behalf of hosts."""

from oslo_versionedobjects import fields, fixture

from nova_lite.conductor import manager
from nova_lite.db.stores import console_auth_tokens
from nova_lite.objects import base as objects_base
from tests import base
from tests.fixtures import database, ended, records


class ObjectsTest(base.TestCase):
    """What hosts of an older release get."""

    def setUp(self):
        super().setUp()
        self.useFixture(fixture.VersionedObjectRegistryFixture())
        self.context = records.caller(is_admin=True)
        self.manager = manager.ConductorManager()

        class Thing(objects_base.NovaLiteObject):
            """1.1 has got a colour."""

            VERSION = '1.1'
            fields = {'name': fields.StringField(), 'colour': fields.StringField()}

            def obj_make_compatible(self, primitive, target_version):
                super().obj_make_compatible(primitive, target_version)
                if target_version == '1.0':
                    primitive.pop('colour', None)

            @objects_base.remotable_classmethod
            def find(cls, context, name):
                """Answer a red thing of that name."""
                return cls(context, name=name, colour='red')

        self.thing = objects_base.NovaLiteObjectRegistry.register(Thing)
        self.addCleanup(objects_base.registered.pop, 'Thing')

    def test_answer_comes_in_the_version_that_the_caller_knows(self):
        old = self.manager.object_class_action_versions(
            self.context, 'Thing', 'find', {'Thing': '1.0'}, ('box',), {})
        self.assertEqual(('1.0', {'name': 'box'}), (
            old['nova_lite_object.version'], old['nova_lite_object.data']))
        new = self.manager.object_class_action_versions(
            self.context, 'Thing', 'find', {'Thing': '1.1'}, ('box',), {})
        self.assertEqual('red', new['nova_lite_object.data']['colour'])

    def test_object_that_a_host_can_not_read_is_lowered_for_it(self):
        lowered = self.manager.object_backport_versions(
            self.context, self.thing(name='box', colour='red'), {'Thing': '1.0'})
        self.assertEqual({'name': 'box'}, lowered['nova_lite_object.data'])


class TokensTest(base.TestCase):

    def test_expired_tokens_of_consoles_are_forgotten(self):
        self.useFixture(database.Database())
        (server,), _operation = records.servers(records.caller())
        connection = console_auth_tokens.Connection('serial', server['uuid'], '192.0.2.1', 10000)
        for lifetime in (0, 600):
            console_auth_tokens.issue(records.caller(), connection, lifetime)
        conductor = manager.ConductorManager()
        conductor.cleanup_expired_console_auth_tokens()
        self.assertEqual(1, len(ended.contents('console_auth_tokens')))
        self.assertIn(conductor.cleanup_expired_console_auth_tokens,
                      [method for method, _when in conductor.periodics()])

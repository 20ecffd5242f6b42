# SPDX-License-Identifier: Apache-2.0
"""Daemons of an earlier release understand today's objects, and are understood.

A field that is added needs a new minor version and an ``obj_make_compatible``
that takes it away again for those who do not know it; see released.py.
"""

import inspect

from oslo_versionedobjects import fields, fixture

from nova_lite.conductor import manager
from nova_lite.objects import base as objects_base
from nova_lite.rpc import versions
from tests import base
from tests.contract import released
from tests.fixtures import records


class ReleasedObjectsTest(base.TestCase):
    """Every release that was ever recorded."""

    def setUp(self):
        super().setUp()
        released.objects.register_all()
        self.context = records.caller(is_admin=True)
        self.conductor = manager.ConductorManager()

    def lowered(self, name, release):
        """Answer today's object as the conductor makes it for a host of a release."""
        whole = released.example(objects_base.registered[name])
        return self.conductor.object_backport_versions(self.context, whole, release['versions'])

    def test_todays_objects_are_lowered_to_what_the_release_knows(self):
        for number, release in released.releases().items():
            for name in release['versions']:
                self.assertEqual(
                    [], list(released.differences(self.lowered(name, release), release)),
                    f'{name} for release {number}: see obj_make_compatible')

    def test_objects_of_the_release_are_read_as_they_were(self):
        serializer = objects_base.NovaLiteObjectSerializer()
        for release in released.releases().values():
            for name, primitive in release['examples'].items():
                read = serializer.deserialize_entity(self.context, primitive)
                self.assertEqual(name, read.obj_name())
                self.assertEqual([], list(released.differences(
                    self.conductor.object_backport_versions(
                        self.context, read, release['versions']), release)))

    def test_remotables_are_called_as_the_release_calls_them(self):
        for release in released.releases().values():
            for path, arguments in release['remotables'].items():
                name, method = path.split('.')
                today = released.remotables(objects_base.registered[name]).get(method)
                self.assertIsNotNone(today, f'{path} is asked by hosts of an earlier release')
                self.assertEqual(arguments, list(today)[:len(arguments)], path)
                self.assertEqual([], [
                    added for added in list(today)[len(arguments):]
                    if today[added].default is inspect.Parameter.empty], path)

    def test_every_former_release_is_recorded(self):
        self.assertEqual(list(range(1, len(released.releases()) + 1)), sorted(released.releases()))
        self.assertIn(len(released.releases()), (versions.SERVICE_VERSION - 1,
                                                 versions.SERVICE_VERSION))


class CarelessChangeTest(base.TestCase):
    """A class of the first release that somebody has changed since."""

    def setUp(self):
        super().setUp()
        self.useFixture(fixture.VersionedObjectRegistryFixture())
        self.addCleanup(objects_base.registered.pop, 'Thing')

    def thing(self, *, lowers=False, version='1.1', **changes):
        class Thing(objects_base.NovaLiteObject):
            """A thing."""

            VERSION = version
            fields = changes

            def obj_make_compatible(self, primitive, target_version):
                super().obj_make_compatible(primitive, target_version)
                if lowers:
                    primitive.pop('colour', None)

        return objects_base.NovaLiteObjectRegistry.register(Thing) or Thing

    def differences(self, **change):
        release = {'versions': {'Thing': '1.0'}, 'examples': {'Thing': {
            'nova_lite_object.data': {'name': 'box'}}}}
        cls = self.thing(**change)
        primitive = released.example(cls).obj_to_primitive(
            target_version='1.0', version_manifest=release['versions'])
        return list(released.differences(primitive, release))

    def test_new_field_that_is_taken_away_is_fine(self):
        self.assertEqual([], self.differences(
            name=fields.StringField(), colour=fields.StringField(), lowers=True))

    def test_new_field_that_is_left_is_found(self):
        self.assertEqual(['Thing.colour is sent, but not known'], self.differences(
            name=fields.StringField(), colour=fields.StringField()))

    def test_field_that_is_gone_is_found(self):
        self.assertEqual(['Thing.name is known, but not sent'], self.differences())

    def test_field_of_another_type_is_found(self):
        self.assertEqual(['Thing.name is sent as int, not str'], self.differences(
            name=fields.IntegerField()))

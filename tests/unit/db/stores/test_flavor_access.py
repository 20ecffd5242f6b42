# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/flavor_access.py: which projects may use a private flavor."""

from nova_lite import exception
from nova_lite.db.stores import flavor_access, flavors
from tests import base
from tests.fixtures import database, records


class FlavorAccessTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.admin = records.caller(project_id=None, is_admin=True)
        self.flavor = flavors.create(self.admin, {
            'flavorid': 'own', 'name': 'own', 'memory_mb': 1, 'vcpus': 1, 'root_gb': 0,
            'is_public': False})

    def projects(self):
        return flavor_access.projects_of(self.admin, self.flavor['id'])

    def test_projects_come_in_order_and_go_alone(self):
        for project in ('two', 'one'):
            flavor_access.add(self.admin, self.flavor, project)
        self.assertEqual(['one', 'two'], self.projects())
        flavor_access.remove(self.admin, self.flavor, 'two')
        self.assertEqual(['one'], self.projects())

    def test_second_access_is_refused_and_the_first_stays(self):
        flavor_access.add(self.admin, self.flavor, 'one')
        self.assertRaises(exception.FlavorAccessExists, flavor_access.add, self.admin,
                          self.flavor, 'one')
        self.assertEqual(['one'], self.projects())

    def test_access_that_is_not_there_can_not_be_taken(self):
        self.assertRaises(exception.FlavorAccessNotFound, flavor_access.remove, self.admin,
                          self.flavor, 'one')

    def test_access_goes_with_its_flavor(self):
        flavor_access.add(self.admin, self.flavor, 'one')
        flavors.delete(self.admin, 'own')
        self.assertEqual([], self.projects())

    def test_project_with_access_finds_the_flavor(self):
        guest = records.caller(project_id='guests')
        self.assertRaises(exception.FlavorNotFound, flavors.get_by_flavorid, guest, 'own')
        flavor_access.add(self.admin, self.flavor, 'guests')
        self.assertEqual('own', flavors.get_by_flavorid(guest, 'own')['name'])

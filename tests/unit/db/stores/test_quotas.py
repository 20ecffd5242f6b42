# SPDX-License-Identifier: Apache-2.0
"""Limits in a database, and the rows that requests wait at."""

import sqlalchemy as sa

from nova_lite.db import engine
from nova_lite.db.stores import quotas
from tests import base
from tests.fixtures import database, records


class QuotasTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller()

    def gates(self):
        with engine.reader() as connection:
            return dict(connection.execute(sa.select(quotas.gates)).all())

    def found(self, user_id='fred'):
        return quotas.find(self.context, 'demo', user_id)

    def test_gate_is_made_when_it_is_first_needed(self):
        for _ in range(3):
            quotas.wait_for(self.context, 'demo')
        quotas.wait_for(self.context, 'other')
        self.assertEqual({'demo': 3, 'other': 1}, self.gates())

    def test_gate_that_somebody_else_has_just_made_is_no_error(self):
        touch, calls = quotas._touch, []

        def too_early(connection, owner_id):
            calls.append(owner_id)
            if len(calls) == 1:
                connection.execute(quotas.gates.insert().values(project_id=owner_id, checks=1))
                return 0
            return touch(connection, owner_id)

        self.patch(quotas, '_touch', too_early)
        quotas.wait_for(self.context, 'demo')
        self.assertEqual({'demo': 2}, self.gates())

    def test_counter_of_a_gate_never_overflows(self):
        quotas.wait_for(self.context, 'demo')
        with engine.writer() as connection:
            connection.execute(quotas.gates.update().values(checks=quotas.CHECKS_WRAP_AT - 1))
        quotas.wait_for(self.context, 'demo')
        self.assertEqual({'demo': 0}, self.gates())

    def test_limits_are_found_by_whose_they_are(self):
        quotas.set_of_class(self.context, 'default', {'cores': 1})
        quotas.set_of_project(self.context, 'demo', {'cores': 2, 'ram': -1})
        quotas.set_of_user(self.context, 'demo', 'fred', {'cores': 3})
        self.assertEqual({quotas.CLASS: {'cores': 1}, quotas.PROJECT: {'cores': 2, 'ram': -1},
                          quotas.USER: {'cores': 3}}, self.found())
        self.assertEqual({}, self.found(None)[quotas.USER])

    def test_limit_is_replaced_by_a_new_one(self):
        for number in (1, 2):
            quotas.set_of_class(self.context, 'default', {'cores': number})
            quotas.set_of_project(self.context, 'demo', {'cores': number})
            quotas.set_of_user(self.context, 'demo', 'fred', {'cores': number})
        quotas.set_of_project(self.context, 'demo', {})
        self.assertEqual([{'cores': 2}] * 3, list(self.found().values()))

    def test_promises_are_summed_up_without_those_of_no_limit(self):
        for user, limit in (('fred', 3), ('wilma', 4), ('betty', -1)):
            quotas.set_of_user(self.context, 'demo', user, {'cores': limit})
        quotas.set_of_user(self.context, 'other', 'fred', {'cores': 100})
        self.assertEqual({'cores': 7}, quotas.promised(self.context, 'demo'))
        self.assertEqual({'cores': 4}, quotas.promised(self.context, 'demo', except_for='fred'))

    def test_user_and_project_are_forgotten(self):
        quotas.set_of_project(self.context, 'demo', {'cores': 2})
        quotas.set_of_project(self.context, 'other', {'cores': 2})
        for user in ('fred', 'wilma'):
            quotas.set_of_user(self.context, 'demo', user, {'cores': 1})
        quotas.forget(self.context, 'demo', 'fred')
        self.assertEqual(({'cores': 2}, {}), (
            self.found()[quotas.PROJECT], self.found()[quotas.USER]))
        self.assertEqual({'cores': 1}, self.found('wilma')[quotas.USER])
        quotas.forget(self.context, 'demo')
        self.assertEqual({}, {**self.found('wilma')[quotas.PROJECT],
                              **self.found('wilma')[quotas.USER]})
        self.assertEqual({'cores': 2}, quotas.find(self.context, 'other')[quotas.PROJECT])

    def test_own_limits_of_projects_are_listed(self):
        quotas.set_of_project(self.context, 'demo', {'cores': 2, 'ram': 3})
        quotas.set_of_project(self.context, 'other', {'cores': 4})
        of_demo = {'demo': {'cores': 2, 'ram': 3}}
        self.assertEqual({**of_demo, 'other': {'cores': 4}},
                         quotas.list_of_projects(self.context))
        self.assertEqual(of_demo, quotas.list_of_projects(self.context, 'demo'))

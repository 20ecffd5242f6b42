# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/usage.py: which servers ran in a period."""

import datetime

from nova_lite import exception, usage
from nova_lite.db import engine
from nova_lite.db.stores import usage as store
from tests import base
from tests.fixtures import database, records

Moment = datetime.datetime
DAY = usage.Period(Moment(2030, 1, 2), Moment(2030, 1, 3))


class UsageTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.database = self.useFixture(database.Database())
        self.context = records.caller()
        records.compute_host(self.context)

    def ran(self, launched, terminated=None, *, host='cmp1', project='demo'):
        row = records.active_server(records.caller('fred', project), host)
        with engine.writer() as connection:
            connection.execute(store.servers.update().where(
                store.servers.c.uuid == row['uuid']).values(
                    launched_at=launched, terminated_at=terminated,
                    deleted=terminated is not None))
        return row['uuid']

    def listed(self, **wanted):
        return [row['uuid'] for row in store.list_active(self.context, DAY, **wanted)]

    def test_servers_of_the_period_are_listed_deleted_or_not(self):
        still = self.ran(Moment(2030, 1, 1))
        gone = self.ran(Moment(2030, 1, 2, 12), Moment(2030, 1, 2, 13))
        self.ran(Moment(2030, 1, 1), Moment(2030, 1, 2))
        self.ran(Moment(2030, 1, 3))
        records.servers(self.context)
        self.assertEqual([still, gone], self.listed())
        self.assertEqual([still, gone], [row['uuid'] for row in store.list_active_on_host(
            self.context, 'cmp1', DAY)])

    def test_projects_lie_side_by_side_over_all_pages(self):
        first = self.ran(Moment(2030, 1, 1), project='b')
        second = self.ran(Moment(2030, 1, 1), project='a')
        third = self.ran(Moment(2030, 1, 1), project='b')
        self.assertEqual([second, first, third], self.listed())
        self.assertEqual([second, first], self.listed(limit=2))
        self.assertEqual([third], self.listed(limit=2, marker=first))
        self.assertEqual([first, third], self.listed(project_id='b'))
        self.assertRaises(exception.MarkerNotFound, self.listed, project_id='b', marker=second)

    def test_flavor_is_read_only_if_it_is_wanted(self):
        self.ran(Moment(2030, 1, 1))
        (without,), (with_it,) = (store.list_active(self.context, DAY, with_flavor=wanted)
                                  for wanted in (False, True))
        self.assertNotIn('flavor', without)
        self.assertEqual('m1.small', with_it['flavor']['name'])

    def test_host_gets_its_own_page_by_page(self):
        mine = [self.ran(Moment(2030, 1, 1)) for _number in range(3)]
        self.ran(Moment(2030, 1, 1), host='cmp2')
        page = store.list_active_on_host(self.context, 'cmp1', DAY, limit=2)
        self.assertEqual(mine[:2], [row['uuid'] for row in page])
        with self.database.statements() as sent:
            rest = store.list_active_on_host(
                self.context, 'cmp1', DAY, marker=page[-1]['id'], limit=2)
        self.assertEqual((mine[2:], 2), ([row['uuid'] for row in rest], len(sent)))
        self.assertNotIn('user_data', page[0])

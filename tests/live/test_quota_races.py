# SPDX-License-Identifier: Apache-2.0
"""Requests that count the same quota at the same time, with real transactions."""

import concurrent.futures
import io
import threading

from nova_lite import exception
from nova_lite.compute.requests import build
from nova_lite.db import engine, models
from nova_lite.db.stores import keypairs, quotas, server_groups, usage_counts
from nova_lite.image import api as image_api
from nova_lite.quota import api as quota
from nova_lite.quota import settings
from tests.fixtures import records
from tests.live import base, postgresql
from tests.live.services import Unavailable
from tests.live.test_claims_do_not_overcommit import start

THREADS = 8
ROUNDS = 3


class Races:
    """The tests; a class for each database says where it is."""

    time_limit = 300

    def prepare(self, url):
        start(url, THREADS + 4)
        models.metadata.create_all(engine.engine())
        self.addCleanup(lambda: engine.engine().dispose())
        self.override('image', directory=str(self.directory))
        self.patch(build.wake, 'owner_of_phase', lambda *_arguments: None)
        image_api.API().create(records.caller(is_admin=True), image_api.NewImage(
            name='cirros', disk_format='raw', container_format='bare', visibility='public',
            id=records.IMAGE_ID), io.BytesIO(b'\0' * 512))

    def at_once(self, work, times=THREADS):
        """Call a function with a number from several threads at once; count what is refused."""
        line = threading.Barrier(THREADS)

        def run(number):
            line.wait()
            refused = 0
            for turn in range(times // THREADS):
                try:
                    work(number * times + turn)
                except exception.QuotaExceeded:
                    refused += 1
            return refused

        with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
            return sum(pool.map(run, range(THREADS)))

    def boot(self, project='demo', user_id='fred', **changes):
        return build.create(records.caller(user_id, project), records.request(**changes))

    def servers_of(self, project):
        return usage_counts.of_servers(records.caller(), project, 'fred')[0]['instances']

    def test_boots_of_a_new_project_fill_its_quota_and_no_more(self):
        # The row that they wait at is not there yet, so they make it at the same time.
        for number in range(ROUNDS):
            refused = self.at_once(lambda _number, project=f'p{number}': self.boot(project),
                                   times=3 * THREADS)
            self.assertEqual((14, 10), (refused, self.servers_of(f'p{number}')))

    def test_requests_for_many_take_what_is_left_and_no_more(self):
        self.override('quota', instances=11)
        self.boot()
        made = []
        refused = self.at_once(
            lambda _number: made.append(len(self.boot(min_count=2, max_count=4))))
        self.assertEqual([2, 4, 4], sorted(made))
        self.assertEqual((THREADS - 3, 11), (refused, self.servers_of('demo')))

    def test_users_of_a_project_share_its_quota(self):
        quotas.set_of_user(records.caller(), 'demo', 'user1', {'instances': 1})
        refused = self.at_once(lambda number: self.boot(user_id=f'user{number % 2}'),
                               times=2 * THREADS)
        self.assertEqual((16 - 9, 9), (refused, self.servers_of('demo')))

    def test_projects_do_not_wait_for_each_other(self):
        refused = self.at_once(lambda number: self.boot(f'p{number}'))
        self.assertEqual(0, refused)

    def test_group_is_filled_and_no_more(self):
        self.override('quota', instances=-1, cores=-1, server_group_members=3)
        group = server_groups.create(records.caller(), name='g', policy='soft-affinity', rules={})
        refused = self.at_once(
            lambda _number: self.boot(scheduler_hints={'group': group['uuid']}))
        members = usage_counts.of_servers(records.caller(), 'demo', 'fred', group=group['uuid'])[2]
        self.assertEqual((THREADS - 3, 3), (refused, members))

    def test_key_pairs_of_a_user_are_counted_over_projects(self):
        self.override('quota', key_pairs=5)

        def add(number):
            context = records.caller(project_id=f'p{number % 3}')
            quota.add_key_pair(context, 'fred', lambda: keypairs.create(context, {
                'user_id': 'fred', 'name': f'key {number}', 'type': 'ssh', 'fingerprint': '00',
                'public_key': 'ssh-ed25519 AAAA'}))

        refused = self.at_once(add, times=2 * THREADS)
        self.assertEqual((11, 5), (refused, keypairs.count(records.caller(), 'fred')))

    def test_server_groups_are_filled_and_no_more(self):
        def add(number):
            context = records.caller(f'user{number}')
            quota.add_server_group(context, lambda: server_groups.create(
                context, name='g', policy='affinity', rules={}))

        refused = self.at_once(add, times=2 * THREADS)
        self.assertEqual((6, 10), (refused, usage_counts.of_groups(records.caller(), 'demo')))

    def test_limits_that_are_set_together_are_set_once(self):
        context = records.caller(is_admin=True)
        users = {}

        def change(number):
            try:
                found = settings.change(context, 'demo', f'user{number}', {'cores': 5})
            except exception.QuotaLimitTooHigh:
                return
            users[number] = found.of('cores')
            settings.change(context, 'demo', None, {'ram': number * 1024 + 1024})

        self.at_once(change)
        self.assertEqual([5] * 4, list(users.values()))
        self.assertEqual({'cores': 20}, quotas.promised(context, 'demo'))


class MariaDBRacesTest(Races, base.LiveTestCase):

    needs = ('mariadb',)

    def setUp(self):
        super().setUp()
        self.prepare(self.database.url)


class PostgreSQLRacesTest(Races, base.LiveTestCase):

    def setUp(self):
        super().setUp()
        try:
            self.prepare(self.useFixture(postgresql.PostgreSQL()).url)
        except Unavailable as error:
            self.skipTest(str(error))

# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/conductor/image_caching.py."""

import threading

from nova_lite import exception
from nova_lite.conductor import image_caching
from nova_lite.db.stores import aggregates
from nova_lite.states import image_cache as states
from tests import base
from tests.fixtures import database, records

HOSTS = ('cmp1', 'cmp2', 'cmp3')


class CachingTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        self.aggregate = aggregates.create(self.context, 'rack')['id']
        for host in HOSTS:
            records.compute_host(self.context, host)
            aggregates.add_host(self.context, self.aggregate, host)
        self.begun, self.asked, self.told = [], [], []
        self.patch(image_caching, 'in_background', self.begun.append)
        self.patch(aggregates, 'tell_caching_progress',
                   lambda _context, _row, progress: self.told.append(progress))
        self.patch(aggregates, 'tell_caching_end',
                   lambda _context, row: self.told.append(row['id']))

    def ask(self, _context, host, image_ids):
        self.asked.append(host)
        if host == 'cmp2':
            raise exception.MessagingTimeout(method='cache_images', recipient=host, timeout=1)
        return {image_id: states.CACHED if image_id != 'bad' else states.ERROR
                for image_id in image_ids}

    def cache(self, *image_ids):
        image_caching.Caching(self.context, self.aggregate, list(image_ids), self.ask).begin()
        for work in self.begun:
            work()

    def test_each_host_is_asked_once_and_told_of(self):
        self.cache('good', 'bad')
        self.assertEqual(list(HOSTS), self.asked)
        self.assertEqual([
            {'host': 'cmp1', 'images_cached': ['good'], 'images_failed': ['bad'], 'index': 1,
             'total': 3},
            {'host': 'cmp2', 'images_cached': [], 'images_failed': ['bad', 'good'], 'index': 2,
             'total': 3},
            {'host': 'cmp3', 'images_cached': ['good'], 'images_failed': ['bad'], 'index': 3,
             'total': 3}, self.aggregate], self.told)

    def test_as_many_hosts_fetch_at_once_as_may(self):
        for most, begun in ((1, 1), (2, 2), (9, 3)):
            self.override('image_cache', precache_concurrency=most)
            self.begun.clear()
            self.cache('good')
            self.assertEqual(begun, len(self.begun))

    def test_empty_aggregate_is_done_at_once(self):
        for host in HOSTS:
            aggregates.remove_host(self.context, self.aggregate, host)
        self.cache('good')
        self.assertEqual(([], [self.aggregate]), (self.begun, self.told))


class BackgroundTest(base.TestCase):

    def test_work_is_done_by_a_thread_that_no_end_waits_for(self):
        done = threading.Event()
        seen = []

        def work():
            seen.append(threading.current_thread().daemon)
            done.set()
        image_caching.in_background(work)
        self.assertTrue(done.wait(30))
        self.assertEqual([True], seen)

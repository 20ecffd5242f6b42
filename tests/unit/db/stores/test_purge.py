# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/purge.py: the archive goes, nothing else."""

import datetime

from nova_lite.db.stores import archive, purge
from tests import base
from tests.fixtures import database, ended, records


class PurgeTest(base.TestCase):
    """Two archived servers, the second deleted a week later, and one that is there."""

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        self.later = ended.ENDED_AT + datetime.timedelta(days=7)
        ended.deleted_server(self.context)
        ended.deleted_server(self.context, ended_at=self.later)
        list(archive.servers(self.context, archive.Budget()))
        records.servers(self.context)
        self.live = ended.live()

    def purge(self, **options):
        return [rows.total() for rows in purge.purge(self.context, **options)]

    def test_all_goes_but_the_live_tables(self):
        self.assertEqual(20, sum(self.purge()))
        self.assertEqual({}, ended.archived())
        self.assertEqual(self.live, ended.live())

    def test_what_ended_later_stays_whole(self):
        self.assertEqual(10, sum(self.purge(before=self.later)))
        self.assertEqual({1}, {len(rows) for rows in ended.archived().values()})

    def test_transactions_are_small(self):
        self.patch(purge, 'ROWS_AT_ONCE', 1)
        self.assertEqual([1] * 20, self.purge())

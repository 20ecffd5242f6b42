# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/api/openstack/compute/views/migrations.py: which have an address."""

from nova_lite.states import migration as states
from tests.fixtures import migrations
from tests.unit.api.openstack import case


class LinksTest(case.ApiTestCase):

    def test_only_live_migrations_that_go_on_are_linked(self):
        wanted = {}
        for number, (kind, status) in enumerate(
                ((kind, status) for kind in sorted(states.TYPES)
                 for status in ('error', 'completed', *sorted(states.LIVE_IN_PROGRESS))), 1):
            migrations.insert(number, migration_type=kind, status=status)
            wanted[number] = (kind == states.LIVE_MIGRATION
                              and status in states.LIVE_IN_PROGRESS)
        shown = self.admin.get('/os-migrations', version='2.23').json['migrations']
        self.assertEqual(wanted, {row['id']: 'links' in row for row in shown})

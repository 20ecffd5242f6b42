# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/models/shadow.py: every table of servers has a whole twin."""

from nova_lite.db.models import metadata, shadow
from tests import base

KEPT = {'instances', 'allocations', 'fixed_ips', 'virtual_interfaces', 'console_auth_tokens'}
"""Tables that name servers and have no twin.

A server stays while it has allocations, addresses or interfaces; tokens are gone within the hour.
"""


class ShadowTest(base.TestCase):

    def test_every_table_that_names_servers_has_a_twin(self):
        naming = {name for name, table in metadata.tables.items()
                  if not name.startswith(shadow.PREFIX) and 'instance_uuid' in table.c}
        self.assertEqual(set(), naming - {table.name for table in shadow.ARCHIVED} - KEPT)

    def test_every_table_whose_rows_go_with_a_servers_row_has_a_twin(self):
        """What ON DELETE CASCADE would take along must have been copied before."""
        archived = {table.name for table in shadow.ARCHIVED}
        lost = {name for name, table in metadata.tables.items() for key in table.foreign_keys
                if key.column.table.name in archived and name not in archived}
        # Gone by the end of the operation already: nothing finished has secrets.
        self.assertEqual({'operation_secrets'}, lost)

    def test_twin_has_all_columns_and_two_of_its_own(self):
        for table, twin in shadow.SHADOWS.items():
            self.assertEqual(['archive_id', 'ended_at', *table.c.keys()], twin.c.keys())

    def test_twin_takes_what_lacks_a_column_that_came_later(self):
        for table, twin in shadow.SHADOWS.items():
            self.assertEqual({True}, {twin.columns[column.name].nullable
                                      for column in table.columns})

    def test_twin_refuses_no_row_that_the_table_had(self):
        for twin in shadow.SHADOWS.values():
            self.assertEqual(set(), twin.foreign_keys)
            self.assertEqual(['archive_id'], [column.name for column in twin.primary_key])
            self.assertEqual([], [index.name for index in twin.indexes if index.unique])

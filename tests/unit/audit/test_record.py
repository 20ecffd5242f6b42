# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/audit/record.py: what becomes a finding, and what repairs it."""

import datetime

from nova_lite.audit import record
from nova_lite.db import engine
from nova_lite.db.stores import hosts, record_audit
from nova_lite.states import operation as op
from tests import base
from tests.fixtures import database, ended, records


class RecordTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        records.compute_host(self.context)
        hosts.join(self.context, 'cmp1')

    def found(self):
        return {one.key[:2]: one for one in record.look(self.context)}

    def repair(self):
        """Repair all; answer what is left then."""
        for one in self.found().values():
            one.repaired()
        return list(self.found())

    def change(self, table, **values):
        with engine.writer(self.context) as connection:
            connection.execute(table.update().values(**values))

    def test_new_request_and_a_server_that_runs_are_fine(self):
        records.servers(self.context)
        self.assertEqual({}, self.found())

    def test_operation_that_nobody_moves_is_set_in_motion(self):
        records.servers(self.context)
        table = record_audit.operations
        self.change(table, progress_at=datetime.datetime(2020, 1, 1))
        moved = []
        self.patch(record.wake, 'owner_of_phase', lambda *args: moved.append(args[1]))
        self.assertEqual([('operation-stuck', '1')], list(self.found()))
        self.assertEqual(([], [1]), (self.repair(), moved))

    def test_operation_of_another_release_is_named_and_left_alone(self):
        records.servers(self.context)
        self.change(record_audit.operations, kind='dance',
                    progress_at=datetime.datetime(2020, 1, 1))
        [one] = self.found().values()
        self.assertEqual(('unknown-phase', None), (one.code.name, one.repair))

    def test_operation_of_a_server_that_is_gone_is_ended(self):
        ended.deleted_server(self.context)
        self.change(record_audit.operations, state=op.PENDING, finished_at=None)
        self.assertEqual([('operation-of-nobody', '1')], list(self.found()))
        self.assertEqual([], self.repair())

    def test_child_of_a_batch_that_has_ended_goes_to_error(self):
        _rows, parent = records.servers(self.context, min_count=2, max_count=2)
        table = record_audit.operations
        with engine.writer(self.context) as connection:
            connection.execute(table.update().where(table.c.id == parent).values(state=op.DONE))
        self.assertEqual(['child-without-parent'] * 2, [code for code, _subject in self.found()])
        self.assertEqual([], self.repair())

    def test_secrets_and_keys_of_the_past_are_forgotten(self):
        number = ended.operation()
        ended.insert('operation_secrets', operation_id=number, sealed='x')
        long_ago = datetime.datetime(2020, 1, 1)
        ended.insert('idempotency_keys', project_id='p', user_id='u', key='k', body_hash='h',
                     reservation_id='r', created_at=long_ago, expires_at=long_ago)
        self.assertEqual({('secrets-kept', str(number)), ('keys-kept', '1')}, set(self.found()))
        self.assertEqual([], self.repair())

    def test_host_that_was_revoked_and_reports_is_named(self):
        hosts.revoke(self.context, 'cmp1')
        self.assertEqual([('host-without-key', 'cmp1')], list(self.found()))

    def test_aggregate_of_a_host_that_is_gone_is_named(self):
        number = ended.insert('aggregates', uuid='u', name='a', created_at=ended.BORN_AT)
        ended.insert('aggregate_hosts', aggregate_id=number, host='gone')
        self.assertEqual([('aggregate-of-nobody', 'gone')], list(self.found()))

# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/limits.py: what is recorded in Keystone, and what is said."""

import argparse
import contextlib
import io
import json

from nova_lite.cmd.manage import connections
from nova_lite.cmd.manage import limits as commands
from nova_lite.db.stores import quotas
from nova_lite.quota import unified
from tests import base
from tests.fixtures import database, limits, records


class MigrateTest(limits.KeystoneCase, base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        self.patch(connections, 'operator', lambda: self.context)
        self.override('quota', cores=30)
        quotas.set_of_class(self.context, 'default', {'ram': 1000})
        quotas.set_of_project(self.context, 'demo', {'instances': 7, 'key_pairs': 9})
        quotas.set_of_project(self.context, 'other', {'cores': 4})

    def migrate(self, *words):
        """Answer what is printed: (project, resource) -> (limit, what was done)."""
        parser = argparse.ArgumentParser()
        commands.register(parser.add_subparsers())
        args = parser.parse_args(['limits', 'migrate_to_unified_limits', '--json', *words])
        with contextlib.redirect_stdout(io.StringIO()) as out, \
                contextlib.redirect_stderr(io.StringIO()):
            args.run(args)
        return {(row['project_id'], row['resource']): (row['limit'], row['done'])
                for row in json.loads(out.getvalue())}

    def given(self):
        """Answer what Keystone was given: (project, resource) -> limit."""
        for row in self.recorded:
            self.assertLessEqual(limits.SERVICE.items(), row.items())
        return {(row.get('project_id'), row['resource_name']):
                row.get('resource_limit', row.get('default_limit')) for row in self.recorded}

    def test_defaults_are_those_of_the_default_class_and_the_options(self):
        self.registered.clear()
        self.migrate()
        given = self.given()
        self.assertEqual((10, 30, 1000, 100), tuple(given[None, name] for name in (
            'servers', 'class:VCPU', 'class:MEMORY_MB', 'server_key_pairs')))
        self.assertEqual(set(unified.NAMES.values()),
                         {name for project, name in given if project is None})

    def test_projects_keep_the_limits_that_keystone_has_for_projects(self):
        self.migrate()
        self.assertEqual({('demo', 'servers'): 7, ('other', 'class:VCPU'): 4},
                         {key: limit for key, limit in self.given().items() if key[0]})

    def test_what_keystone_has_stays(self):
        self.projects['demo'] = {'servers': 5}
        said = self.migrate()
        self.assertEqual({(commands.ALL_PROJECTS, 'servers'): (10, 'is there already: 3'),
                          ('demo', 'servers'): (7, 'is there already: 5'),
                          ('other', 'class:VCPU'): (4, 'new')},
                         {key: said[key] for key in (
                             (commands.ALL_PROJECTS, 'servers'), ('demo', 'servers'),
                             ('other', 'class:VCPU'))})
        self.assertNotIn(('demo', 'servers'), self.given())
        self.assertNotIn((None, 'servers'), self.given())

    def test_dry_run_records_nothing(self):
        said = self.migrate('--dry-run')
        self.assertEqual((4, 'would be new'), said['other', 'class:VCPU'])
        self.assertEqual([], self.recorded)

    def test_one_project_alone(self):
        self.migrate('--project-id', 'demo')
        self.assertEqual({('demo', 'servers'): 7}, self.given())

    def test_driver_that_is_switched_already_changes_nothing(self):
        self.override('quota', driver='nova.quota.DbQuotaDriver')
        self.assertEqual((7, 'new'), self.migrate()['demo', 'servers'])

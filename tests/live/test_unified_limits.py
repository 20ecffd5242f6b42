# SPDX-License-Identifier: Apache-2.0
"""Limits that an operator keeps in a real Keystone; tests/fixtures/limits.py has its answers."""

import argparse
import contextlib
import io

from nova_lite.cmd.manage import connections
from nova_lite.cmd.manage import limits as commands
from nova_lite.conf import quota as options
from nova_lite.db.stores import quotas
from nova_lite.quota import unified
from tests import base
from tests.fixtures import database, keystone, records
from tests.live import companions

KIND = 'limited'
"""A service of this test alone, so that its limits are nobody else's."""


class UnifiedLimitsTest(base.TestCase):
    """The unmodified client sets them, and they are what holds."""

    time_limit = 600
    loopback = True

    def setUp(self):
        super().setUp()
        self.companions = companions.lend_to(self)
        service_id = self.companions.add_endpoint(KIND, 'http://127.0.0.1:8774/v2.1')
        endpoints = self.companions.ask('GET', f'/endpoints?service_id={service_id}')
        self.use_keystone(endpoints['endpoints'][0]['id'])
        self.project = self.companions.add_project('makers of limits')

    def use_keystone(self, endpoint_id):
        user = self.useFixture(keystone.Options(self._conf))
        user.give_user(options.UNIFIED_GROUP, companions.NOVA)
        own = self.companions.nova_options()['service_user']
        self._conf.load_raw_values(group=options.UNIFIED_GROUP, **{
            name: own[name] for name in ('auth_url', 'username', 'password')})
        self.override(options.UNIFIED_GROUP, endpoint_id=endpoint_id)
        unified.forget()
        self.addCleanup(unified.forget)

    def set(self, *words):
        self.companions.openstack(
            companions.CLOUD_ADMIN, companions.CLOUD_ADMIN, *words[:-1], '--service', KIND,
            '--region', companions.REGION, words[-1])

    def limits(self, project, *names):
        found = unified.read(project)
        return tuple(found[name] for name in names)

    def test_limits_hold_as_the_client_has_set_them_or_the_command_has_brought_them(self):
        self.assertEqual((0, -1), self.limits(self.project, 'instances', 'cores'))
        self.set('registered', 'limit', 'create', '--default-limit', '5', 'servers')
        self.set('limit', 'create', '--project', self.project, '--resource-limit', '7', 'servers')
        self.assertEqual((7,), self.limits(self.project, 'instances'))
        self.assertEqual((5,), self.limits('another', 'instances'))
        self.migrate()
        self.assertEqual((7, 4, 51200), self.limits(self.project, 'instances', 'cores', 'ram'))
        self.assertEqual((5, 20), self.limits('another', 'instances', 'cores'))

    def migrate(self):
        """Bring what the database has to Keystone."""
        self.useFixture(database.Database())
        context = records.caller(is_admin=True)
        quotas.set_of_project(context, self.project, {'cores': 4, 'instances': 1})
        self.patch(connections, 'operator', lambda: context)
        parser = argparse.ArgumentParser()
        commands.register(parser.add_subparsers())
        args = parser.parse_args(['limits', 'migrate_to_unified_limits'])
        with contextlib.redirect_stdout(io.StringIO()):
            args.run(args)

# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/quota/limits.py: which of several limits holds."""

from nova_lite.db.stores import quotas
from nova_lite.quota import limits, resources
from tests import base
from tests.fixtures import database, records


class LimitsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.database = self.useFixture(database.Database())
        self.context = records.caller()

    def read(self, user_id='fred'):
        return limits.read(self.context, 'demo', user_id)

    def cores(self):
        """Answer the limit of cores of the project and of the user in it."""
        return self.read(None).of('cores'), self.read().of('cores')

    def test_defaults_are_those_of_the_options(self):
        self.assertEqual({
            'instances': 10, 'cores': 20, 'ram': 51200, 'metadata_items': 128,
            'injected_files': 5, 'injected_file_content_bytes': 10240,
            'injected_file_path_bytes': 255, 'key_pairs': 100, 'server_groups': 10,
            'server_group_members': 10, 'fixed_ips': -1, 'floating_ips': -1,
            'security_groups': -1, 'security_group_rules': -1}, self.read().all())
        self.override('quota', injected_file_path_length=7)
        self.assertEqual(7, self.read().of(resources.INJECTED_FILE_PATH_BYTES))

    def test_user_goes_before_project_before_class_before_option(self):
        found = [self.cores()]
        quotas.set_of_class(self.context, 'default', {'cores': 30})
        found.append(self.cores())
        quotas.set_of_project(self.context, 'demo', {'cores': 40})
        found.append(self.cores())
        quotas.set_of_user(self.context, 'demo', 'fred', {'cores': 25})
        self.assertEqual([(20, 20), (30, 30), (40, 40), (40, 25)], [*found, self.cores()])

    def test_other_users_projects_and_classes_do_not_matter(self):
        quotas.set_of_class(self.context, 'gold', {'cores': 30})
        quotas.set_of_project(self.context, 'other', {'cores': 40})
        quotas.set_of_user(self.context, 'demo', 'wilma', {'cores': 25})
        quotas.set_of_user(self.context, 'other', 'fred', {'cores': 25})
        self.assertEqual((20, 20), self.cores())
        self.assertEqual(30, limits.read_class(self.context, 'gold')['cores'])
        self.assertEqual(20, limits.read_class(self.context)['cores'])

    def test_resource_of_another_release_is_left_out(self):
        quotas.set_of_project(self.context, 'demo', {'gigabytes': 40})
        quotas.set_of_user(self.context, 'demo', 'fred', {'gigabytes': 40})
        self.assertEqual(set(resources.ALL), set(self.read().all()))

    def test_reading_is_one_statement_and_none_without_quotas(self):
        with self.database.statements() as sent:
            self.read()
        self.assertEqual(1, len(sent))
        self.override('quota', driver='nova.quota.NoopQuotaDriver')
        quotas.set_of_project(self.context, 'demo', {'cores': 1})
        with self.database.statements() as sent:
            self.assertEqual({resources.UNLIMITED}, set(self.read().all().values()))
            self.assertEqual({resources.UNLIMITED},
                             set(limits.read_class(self.context).values()))
        self.assertEqual([], sent)

    def test_limits_hold_back_if_project_or_user_has_one(self):
        unlimited = {'cores': -1, 'ram': -1}
        for project, user, expected in (
                (unlimited, {}, False), ({**unlimited, 'ram': 0}, {}, True),
                (unlimited, {'cores': 5}, True), (unlimited, {'cores': -1}, False)):
            self.assertEqual(expected, limits.Limits(project, user).hold_back('cores', 'ram'))
        self.assertFalse(limits.Limits({**unlimited, 'ram': 0}).hold_back('cores'))

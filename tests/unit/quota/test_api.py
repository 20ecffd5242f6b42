# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/quota/api.py: what is let through, and at what cost."""

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.stores import keypairs, quotas, server_groups
from nova_lite.quota import api, resources
from tests import base
from tests.fixtures import database, placement, records

EACH = {'instances': 1, 'cores': 1, 'ram': 64}


class QuotaCase(base.TestCase):

    def setUp(self):
        super().setUp()
        self.database = self.useFixture(database.Database())
        self.context = records.caller()

    def fit(self, least=1, most=1, context=None, **kwargs):
        context = context or self.context
        limits = api.limits_of(context)
        with engine.writer(context):
            return api.fit_servers(context, limits, EACH, least=least, most=most, **kwargs)


class ServersTest(QuotaCase):

    def test_as_many_as_fit_and_not_fewer_than_are_needed(self):
        self.override('quota', instances=3)
        records.servers(self.context)
        self.assertEqual(2, self.fit(1, 5))
        self.assertRaises(exception.TooManyServers, self.fit, 3, 5)

    def test_servers_of_other_projects_do_not_count(self):
        self.override('quota', instances=1)
        records.servers(records.caller(project_id='other'))
        self.assertEqual(1, self.fit())

    def test_servers_of_all_users_count_for_the_project(self):
        self.override('quota', instances=1)
        records.servers(records.caller('wilma'))
        self.assertRaises(exception.TooManyServers, self.fit)

    def test_own_limit_counts_the_users_own_servers(self):
        quotas.set_of_user(self.context, 'demo', 'fred', {'instances': 1})
        records.servers(records.caller('wilma'), min_count=3, max_count=3)
        self.assertEqual(1, self.fit())
        records.servers(self.context)
        self.assertRaises(exception.TooManyServers, self.fit)

    def test_members_of_a_group_are_counted(self):
        self.override('quota', server_group_members=2)
        (row,), _operation = records.servers(self.context)
        group = placement.server_group(self.context, 'affinity', [row['uuid']])
        self.assertEqual(1, self.fit(1, 5, group=group))
        self.assertRaises(exception.GroupMembersLimitExceeded, self.fit, 2, 5, group=group)
        self.assertEqual(5, self.fit(1, 5))

    def test_three_statements_at_most_and_one_without_limits(self):
        records.servers(self.context)
        self.fit()
        group = placement.server_group(self.context, 'affinity', [])
        for unlimited, most in ((False, 3), (True, 1)):
            if unlimited:
                self.override('quota', server_group_members=-1, **dict.fromkeys(EACH, -1))
            with self.database.statements() as sent:
                self.fit(group=group)
            self.assertEqual(most, len(sent))

    def test_without_quotas_nothing_is_asked(self):
        self.override('quota', driver='nova.quota.NoopQuotaDriver', instances=0)
        with self.database.statements() as sent:
            self.assertEqual(7, self.fit(7, 7))
        self.assertEqual([], sent)

    def test_gate_is_written_before_anything_is_read(self):
        limits = api.limits_of(self.context)
        with self.database.statements() as sent, engine.writer(self.context):
            api.fit_servers(self.context, limits, EACH, least=1, most=1)
        self.assertRegex(sent[0], '^UPDATE quota_projects')


class ContentTest(QuotaCase):

    def limits(self, **changes):
        self.override('quota', **changes)
        return api.limits_of(self.context)

    def test_metadata_is_counted(self):
        api.check_metadata(self.limits(metadata_items=2), 2)
        error = self.assertRaises(exception.MetadataLimitExceeded, api.check_metadata,
                                  self.limits(metadata_items=2), 3)
        self.assertEqual((403, 'Maximum number of metadata items exceeds 2'),
                         (error.code, str(error)))
        self.assertRaises(exception.ImageMetadataLimitExceeded, api.check_image_metadata,
                          self.limits(metadata_items=2), 3)
        api.check_metadata(self.limits(metadata_items=-1), 1000)

    def test_files_are_counted_and_measured(self):
        limits = self.limits(injected_files=2, injected_file_path_length=4,
                             injected_file_content_bytes=3)
        api.check_injected_files(limits, [(b'/etc', b'abc'), (b'/', b'')])
        for error, files in (
                (exception.InjectedFilesLimitExceeded, [(b'/', b'')] * 3),
                (exception.InjectedFilePathTooLong, [(b'/etc/', b'')]),
                (exception.InjectedFileTooLarge, [(b'/', b'abcd')])):
            self.assertEqual(403, self.assertRaises(
                error, api.check_injected_files, limits, files).code)

    def test_own_limit_of_the_user_holds(self):
        quotas.set_of_user(self.context, 'demo', 'fred', {resources.METADATA_ITEMS: 1})
        self.assertRaises(exception.MetadataLimitExceeded, api.check_metadata,
                          api.limits_of(self.context), 2)


class OneMoreTest(QuotaCase):

    def add_key_pair(self, name, context=None, user_id='fred'):
        context = context or self.context
        return api.add_key_pair(context, user_id, lambda: keypairs.create(context, {
            'user_id': user_id, 'name': name, 'type': 'ssh', 'fingerprint': '00',
            'public_key': 'ssh-ed25519 AAAA'}))

    def add_group(self, name, context=None):
        context = context or self.context
        return api.add_server_group(context, lambda: server_groups.create(
            context, name=name, policy='affinity', rules={}))

    def test_key_pairs_of_a_user_are_counted_in_all_projects(self):
        self.override('quota', key_pairs=1)
        self.add_key_pair('a')
        self.add_key_pair('a', user_id='wilma')
        for context in (self.context, records.caller(project_id='other')):
            self.assertRaises(
                exception.KeypairLimitExceeded, self.add_key_pair, 'b', context)
        self.assertEqual(1, keypairs.count(self.context, 'fred'))
        self.override('quota', key_pairs=-1)
        self.assertEqual('b', self.add_key_pair('b')['name'])

    def test_server_groups_of_a_project_are_counted(self):
        self.override('quota', server_groups=2)
        self.add_group('a')
        self.add_group('b', records.caller('wilma'))
        self.assertRaises(exception.ServerGroupLimitExceeded, self.add_group, 'c')
        self.add_group('c', records.caller(project_id='other'))
        self.assertEqual(2, len(server_groups.list_groups(self.context)))

    def test_own_limit_counts_the_users_own_groups(self):
        quotas.set_of_user(self.context, 'demo', 'fred', {'server_groups': 1})
        self.add_group('a', records.caller('wilma'))
        self.add_group('b')
        self.assertRaises(exception.ServerGroupLimitExceeded, self.add_group, 'c')

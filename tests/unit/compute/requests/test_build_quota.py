# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/requests/build_quota.py and where a build asks it."""

import base64

from nova_lite import exception
from nova_lite.compute.requests import build
from nova_lite.db.stores import idempotency
from nova_lite.objects import base as objects_base
from tests.fixtures import placement, records
from tests.unit.compute.requests import case


def file(path, content):
    return [path, base64.b64encode(content).decode()]


class BuildQuotaTest(case.RequestCase):

    def setUp(self):
        super().setUp()
        self.make_image()

    def create(self, **changes):
        return build.create(self.context, records.request(**changes))

    def names(self, **changes):
        return [row['display_name'] for row in self.create(**changes)]

    def refused(self, error, **changes):
        caught = self.assertRaises(error, self.create, **changes)
        self.assertEqual((403, 0), (caught.code, self.count('idempotency', 'keys')))
        return str(caught)

    def test_as_many_servers_are_made_as_fit(self):
        self.override('quota', cores=5)
        flavor = records.flavor(vcpus=2)
        self.assertEqual(['web-1', 'web-2'], self.names(min_count=1, max_count=9, flavor=flavor))

    def test_single_server_that_fits_is_named_as_one(self):
        self.override('quota', instances=1)
        made, = self.create(min_count=1, max_count=9, hostname='db')
        self.assertEqual(('web', 'db', 0), (
            made['display_name'], made['hostname'], made['launch_index']))

    def test_fewer_than_are_needed_leave_no_trace(self):
        self.override('quota', ram=128)
        self.assertEqual(
            'Quota exceeded for ram: Requested 192, but already used 0 of 128 ram',
            self.refused(exception.TooManyServers, min_count=3, max_count=9,
                         idempotency_key='order', body_hash='h'))
        self.assertEqual(([], [], 0), (
            self.unfinished(), self.wake_ups(), self.count('instances', 'instances')))

    def test_group_takes_as_many_as_it_may_have(self):
        self.override('quota', server_group_members=3)
        hints = {'group': placement.server_group(self.context, 'affinity')}
        self.assertEqual(2, len(self.create(min_count=2, max_count=2, scheduler_hints=hints)))
        self.refused(exception.GroupMembersLimitExceeded, min_count=2, max_count=2,
                     scheduler_hints=hints)
        self.assertEqual(1, len(self.create(min_count=1, max_count=2, scheduler_hints=hints)))

    def test_what_a_request_carries_is_measured(self):
        self.override('quota', metadata_items=1, injected_files=1, injected_file_path_length=4,
                      injected_file_content_bytes=3)
        self.create(metadata={'a': '1'}, injected_files=[file('/etc', b'abc')])
        for error, changes in (
                (exception.MetadataLimitExceeded, {'metadata': {'a': '1', 'b': '2'}}),
                (exception.InjectedFilesLimitExceeded,
                 {'injected_files': [file('/a', b''), file('/b', b'')]}),
                (exception.InjectedFilePathTooLong, {'injected_files': [file('/\u00fcber', b'')]}),
                (exception.InjectedFileTooLarge, {'injected_files': [file('/', b'abcd')]})):
            self.refused(error, **changes)

    def test_repeated_request_is_answered_though_the_first_has_used_up_the_quota(self):
        self.override('quota', instances=1)
        order = {'idempotency_key': 'order', 'body_hash': 'h'}
        first, = self.create(**order)
        find, asked = idempotency.find, []

        def too_early(*arguments):
            asked.append(arguments)
            return None if len(asked) == 1 else find(*arguments)

        self.patch(objects_base.store('idempotency'), 'find', too_early)
        self.assertEqual([first['uuid']], [row['uuid'] for row in self.create(**order)])
        self.assertRaises(exception.TooManyServers, self.create, idempotency_key='other',
                          body_hash='h')

# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/instance_metadata/facts.py."""

import base64
import dataclasses

from nova_lite import objects
from nova_lite.instance_metadata import facts
from tests import base
from tests.fixtures import guests


def instance(row):
    """Answer the object that a host is sent."""
    parts = {'image_meta': None, 'metadata': {'role': 'web'}, 'config_drive': False}
    return objects.Instance.from_row(None, {**row, **parts})


class TestGuestFacts(base.TestCase):

    def test_host_and_database_know_the_same(self):
        row = guests.row()
        made = instance(row)
        self.assertEqual(facts.GuestFacts.from_row(row, {'role': 'web'}),
                         facts.GuestFacts.from_instance(made, made.network_info))

    def test_secrets_are_added_where_they_are_known(self):
        made = instance(guests.row())
        known = facts.GuestFacts.from_instance(
            made, made.network_info, admin_password='secret',
            injected_files=[['/etc/motd', base64.b64encode(b'hello').decode()]])
        self.assertEqual('secret', known.admin_password)
        self.assertEqual((facts.File('/etc/motd', b'hello'),), known.files)

    def test_user_data_is_decoded(self):
        known = facts.GuestFacts.from_row(guests.row(), {})
        self.assertEqual(b'#!/bin/sh\n\xff\x00', known.user_data)
        self.assertIsNone(facts.GuestFacts.from_row(guests.row(user_data=None), {}).user_data)

    def test_user_data_that_is_not_base64_is_given_as_it_is(self):
        self.assertEqual(b'abcde',
                         facts.GuestFacts.from_row(guests.row(user_data='abcde'), {}).user_data)

    def test_facts_do_not_change(self):
        known = facts.GuestFacts.from_row(guests.row(), {})
        self.assertRaises(dataclasses.FrozenInstanceError, setattr, known, 'uuid', 'x')

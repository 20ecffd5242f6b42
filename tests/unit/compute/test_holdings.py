# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/holdings.py."""

import json

from nova_lite.compute import holdings
from nova_lite.compute import host as hosts
from nova_lite.states import power
from nova_lite.virt import driver
from tests import base


class Things:
    """A driver and a network that have something."""

    def list_guests(self):
        return [driver.GuestRecord('u', 'instance-1', power.RUNNING, 7)]

    def list_disks(self):
        return ['u', 'v']

    def held(self):
        return {'taps': ['tap1'], 'leases': {'mac': '10.0.0.5'}}


class HoldingsTest(base.TestCase):

    def test_what_is_held_can_be_sent(self):
        host = hosts.Host(name='cmp1', driver=Things(), network=Things(), images=None)
        self.assertEqual({
            'guests': [{'uuid': 'u', 'name': 'instance-1', 'power_state': power.RUNNING,
                        'fence': 7}],
            'disks': ['u', 'v'], 'taps': ['tap1'], 'leases': {'mac': '10.0.0.5'},
        }, json.loads(json.dumps(holdings.read(host))))

# SPDX-License-Identifier: Apache-2.0
"""A few faults at random among real daemons; many of them are in tests/chaos."""

from tests.chaos import faults


class SomeFaultsTest(faults.FaultsCase):
    """One of each kind, and some more."""

    def test_cloud_settles_after_daemons_were_killed(self):
        self.suffer(6, {faults.DAEMON: 1})

    def test_cloud_settles_after_broker_and_database_were_restarted(self):
        self.suffer(3, {faults.BROKER: 1, faults.DATABASE: 1})


class SomeFaultsWithGuestsTest(faults.LibvirtFaultsCase):
    """The same with guests of QEMU."""

    def test_guests_are_those_of_the_record_after_daemons_were_killed(self):
        self.suffer(4, {faults.DAEMON: 1})

# SPDX-License-Identifier: Apache-2.0
"""The long form of tests/live/test_faults.py."""

from tests.chaos import faults


class ManyFaultsTest(faults.FaultsCase):
    """Enough faults for about a minute."""

    def test_cloud_settles_after_many_faults(self):
        self.suffer(22)


class ManyFaultsWithGuestsTest(faults.LibvirtFaultsCase):
    """Fewer, with guests of QEMU."""

    def test_cloud_settles_after_many_faults(self):
        self.suffer(8)

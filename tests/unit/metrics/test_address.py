# SPDX-License-Identifier: Apache-2.0
"""Which daemon has a page, and where its processes keep their figures."""

from nova_lite.metrics import address
from tests import base

BINARY = 'nova-lite-scheduler'


class WhetherTest(base.TestCase):
    """Which daemon has a page."""

    def test_none_has_one_unless_it_is_wanted(self):
        self.assertIsNone(address.of(BINARY))

    def test_each_has_a_port_of_its_own(self):
        self.override('metrics', enabled=True)
        found = {address.of(f'nova-lite-{name}')
                 for name in ('api', 'conductor', 'scheduler', 'compute')}
        self.assertEqual({('127.0.0.1', port) for port in range(18774, 18778)}, found)

    def test_a_port_of_0_is_none(self):
        self.override('metrics', enabled=True, scheduler_port=0)
        self.assertIsNone(address.of(BINARY))

    def test_daemons_side_by_side_share_no_directory(self):
        self.override('metrics', enabled=True, directory='/run/metrics')
        self.assertEqual('/run/metrics/nova-lite-scheduler.18776', address.directory(BINARY))


class ClaimTest(base.TestCase):
    """The start of a daemon."""

    loopback = True

    def setUp(self):
        super().setUp()
        self.directory = self.temporary_directory()
        self.override('metrics', enabled=True, scheduler_port=18776,
                      directory=str(self.directory))
        self.patch(address, 'listen', lambda binary: binary)
        self.old = self.directory / 'nova-lite-scheduler.18776' / 'counter_0.db'
        self.old.parent.mkdir()
        self.old.touch()

    def test_what_an_earlier_start_has_counted_is_forgotten(self):
        self.assertEqual(BINARY, address.claim(BINARY, 2))
        self.assertEqual((True, False), (self.old.parent.exists(), self.old.exists()))

    def test_one_process_keeps_its_figures_to_itself(self):
        address.claim(BINARY, 1)
        self.assertTrue(self.old.exists())

    def test_nothing_is_done_where_no_page_is_wanted(self):
        self.override('metrics', enabled=False)
        self.assertIsNone(address.claim(BINARY, 2))
        self.assertTrue(self.old.exists())

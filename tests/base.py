# SPDX-License-Identifier: Apache-2.0
"""The test case that all tests of the project derive from.

Around every test: a time limit, the captured log, the options at their
defaults, and no way out of the process by network. Fakes stand at the edge
(hypervisor, broker, clock); what they have in common lives in tests/fixtures.
"""

import os
import pathlib

import fixtures
import testtools
from oslo_config import fixture as config_fixture

from nova_lite import conf
from tests.fixtures import isolation

TOP = pathlib.Path(__file__).resolve().parent.parent


class TestCase(testtools.TestCase):
    """One test.

    :cvar time_limit: seconds after which the test is failed, with the stack of
        where it hung
    :cvar loopback: whether it may connect to ports of this machine
    """

    time_limit = 60
    loopback = False

    def setUp(self):
        super().setUp()
        limit = int(os.environ.get('OS_TEST_TIMEOUT', '0')) or self.time_limit
        self.useFixture(fixtures.Timeout(limit, gentle=True))
        self.useFixture(fixtures.NestedTempfile())
        self.useFixture(isolation.NoNetwork(loopback=self.loopback))
        self.useFixture(isolation.JoinedThreads())
        self.logs = self.useFixture(isolation.CapturedLogs())
        self._conf = self.useFixture(config_fixture.Config(conf.CONF))
        conf.CONF([], project='nova_lite', default_config_files=[], default_config_dirs=[])
        # A test that asks the API says by its token who it is; those of Keystone change this.
        self.override('api', auth_strategy='noauth2')

    def override(self, group=None, **options):
        """Set options until the test ends: ``self.override('libvirt', virt_type='qemu')``."""
        self._conf.config(group=group, **options)

    def temporary_directory(self):
        """Answer the path of a new directory that goes with the test."""
        return pathlib.Path(self.useFixture(fixtures.TempDir()).path)

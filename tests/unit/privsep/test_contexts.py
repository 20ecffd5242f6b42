# SPDX-License-Identifier: Apache-2.0
"""How privileged work is started."""

import pathlib
import re
import shlex
import sys

import fixtures

from nova_lite import privsep
from tests import base

SUDOERS = base.TOP / 'etc' / 'sudoers.d' / 'nova-lite'


class ContextsTest(base.TestCase):

    def test_root_needs_no_helper(self):
        self.useFixture(fixtures.MonkeyPatch('os.geteuid', lambda: 0))
        self.addCleanup(privsep.network_context.set_client_mode, True)
        self.addCleanup(privsep.console_context.set_client_mode, True)

        privsep.start()

        self.assertFalse(privsep.network_context.client_mode)

    def test_sudo_allows_the_command_of_each_context_and_no_other(self):
        rule = re.search(r'privsep-helper (\^.*\$)$', SUDOERS.read_text(), re.MULTILINE).group(1)
        allowed = ('--config-file /etc/nova_lite/compute.conf --privsep_context {} '
                   '--privsep_sock_path /tmp/tmp0_ab1x/privsep.sock')

        for context in privsep.CONTEXTS.values():
            self.assertRegex(allowed.format(context.pypath), rule)
        for wrong in ('os.system', 'nova_lite.privsep.network_context --config-file /tmp/x'):
            self.assertNotRegex(allowed.format(wrong), rule)

    def test_helper_of_this_installation_reads_the_configuration_of_the_daemon(self):
        path = self.temporary_directory() / 'compute.conf'
        path.write_text('[DEFAULT]\n')
        privsep.CONF(['--config-file', str(path)], project='nova_lite')

        words = shlex.split(privsep.helper_command())

        self.assertEqual(['sudo', '-n', str(pathlib.Path(sys.prefix, 'bin/privsep-helper')),
                          '--config-file', str(path)], words)

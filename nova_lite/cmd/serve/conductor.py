# SPDX-License-Identifier: Apache-2.0
"""The conductor: its manager, with a database."""

from nova_lite.cmd import serve
from nova_lite.conductor import manager

TOPIC = 'conductor'


def run(arguments, default_files):
    """Serve until told to stop."""
    return serve.run_controller(TOPIC, manager.ConductorManager, arguments, default_files)

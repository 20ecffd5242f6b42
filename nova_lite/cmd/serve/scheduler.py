# SPDX-License-Identifier: Apache-2.0
"""The scheduler: its manager, with a database."""

from nova_lite.cmd import serve
from nova_lite.scheduler import manager

TOPIC = 'scheduler'


def run(arguments, default_files):
    """Serve until told to stop."""
    return serve.run_controller(TOPIC, manager.SchedulerManager, arguments, default_files)

# SPDX-License-Identifier: Apache-2.0
"""The scheduler: its manager, with a database."""

from nova_lite.cmd import serve
from nova_lite.scheduler import manager

TOPIC = 'scheduler'


def services(_listening):
    """Answer what each process does."""
    return serve.controller(TOPIC, manager.SchedulerManager)

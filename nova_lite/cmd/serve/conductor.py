# SPDX-License-Identifier: Apache-2.0
"""The conductor: its manager, with a database."""

from nova_lite.cmd import serve
from nova_lite.conductor import manager

TOPIC = 'conductor'


def services(_listening):
    """Answer what each process does."""
    return serve.controller(TOPIC, manager.ConductorManager)

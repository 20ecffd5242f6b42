# SPDX-License-Identifier: Apache-2.0
"""The conductor: its manager, with a database."""

from nova_lite import concurrency, objects, service
from nova_lite.cmd import serve
from nova_lite.conductor import manager
from nova_lite.conf import CONF
from nova_lite.db import connect

BINARY = 'nova-lite-conductor'
TOPIC = 'conductor'


def prepare():
    """Give the process its database; called in each worker."""
    objects.register_all()
    connect.connect(concurrency.kind())


def run(arguments, default_files):
    """Serve until told to stop."""
    serve.configure(BINARY, arguments, default_files)
    daemon = service.Service(binary=BINARY, topic=TOPIC, make_manager=manager.ConductorManager,
                             prepare=prepare)
    return serve.run(BINARY, [(daemon, CONF.conductor.workers)])

# SPDX-License-Identifier: Apache-2.0
"""The scheduler: its manager, with a database."""

from nova_lite import concurrency, objects, service
from nova_lite.cmd import serve
from nova_lite.conf import CONF
from nova_lite.db import connect
from nova_lite.scheduler import manager

BINARY = 'nova-lite-scheduler'
TOPIC = 'scheduler'


def prepare():
    """Give the process its database; called in each worker."""
    objects.register_all()
    connect.connect(concurrency.kind())


def run(arguments, default_files):
    """Serve until told to stop."""
    serve.configure(BINARY, arguments, default_files)
    daemon = service.Service(binary=BINARY, topic=TOPIC, make_manager=manager.SchedulerManager,
                             prepare=prepare)
    return serve.run(BINARY, [(daemon, CONF.scheduler.workers)])

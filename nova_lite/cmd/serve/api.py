# SPDX-License-Identifier: Apache-2.0
"""The API daemon: the applications of nova_lite/api, with a database."""

import os

from nova_lite import concurrency, objects, rpc, web_service
from nova_lite.api import wsgi
from nova_lite.cmd import serve
from nova_lite.conf import CONF
from nova_lite.db import connect
from nova_lite.servicegroup import watchdog

BINARY = 'nova-lite-api'


def prepare():
    """Give the process its database and its name in messages; called in each worker."""
    rpc.init(CONF, host=CONF.host, binary=BINARY)
    objects.register_all()
    connect.connect(concurrency.kind())


def run(arguments, default_files):
    """Serve until told to stop."""
    serve.configure(BINARY, arguments, default_files)
    connections = web_service.Connections(prepare=prepare, watchdog=watchdog.Watchdog())
    listeners = [(listener, listener.workers or os.cpu_count())
                 for listener in wsgi.listeners()]
    return serve.run(BINARY, [
        (web_service.WebService(
            listener=listener, load_app=wsgi.load_app, connections=connections,
            shares_port=workers > 1), workers)
        for listener, workers in listeners])

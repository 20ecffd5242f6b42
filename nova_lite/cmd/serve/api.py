# SPDX-License-Identifier: Apache-2.0
"""The API daemon: the applications of nova_lite/api, with a database.

``services`` is nova-lite-api with its own HTTP server; ``application`` is for a server
that is not ours (nova_lite/wsgi).
"""

import atexit
import importlib

from nova_lite import rpc, web_service
from nova_lite.api import listeners, wsgi
from nova_lite.cmd import daemon, serve
from nova_lite.conf import CONF
from nova_lite.metrics import address
from nova_lite.servicegroup import watchdog

BINARY = 'nova-lite-api'
IMAGES = 'nova_lite.image.api'
APPLICATIONS = ('nova_lite.api.openstack.compute.routes', 'nova_lite.api.metadata.application')
"""What the paste configuration names; nova_lite/api/wsgi.py makes applications of it."""

TRIGGER_FILE = '$state_path/nova-lite-api.report'
"""Under a foreign server, whose signals mean something else, touching it asks for a report."""


def prepare():
    """Give the process its database and its name in messages; called in each worker."""
    rpc.init(CONF, host=CONF.host, binary=BINARY)
    serve.use_database()


def services(listening):
    """Answer what each process does.

    :param listening: (listener, socket) pairs
    """
    serve.share(*APPLICATIONS, _images())
    connections = web_service.Connections(prepare=prepare, watchdog=watchdog.Watchdog())
    found = []
    for listener, sock in listening:
        processes = listeners.processes(listener)
        found.append((web_service.WebService(
            listener=listener, load_app=wsgi.load_app, sock=sock, connections=connections,
            processes=processes), processes))
    return found


def application(name, arguments, default_files):
    """Answer what a foreign server calls, in a process that is ready to answer.

    :param name: of the application; None for all, told apart by their ports
    """
    daemon.configure(BINARY, arguments, default_files, trigger_file=TRIGGER_FILE)
    daemon.greet(BINARY)
    if address.of(BINARY):
        importlib.import_module(daemon.MEASURING).start_foreign(BINARY)
    connections = web_service.Connections(prepare=prepare, watchdog=watchdog.Watchdog())
    importlib.import_module(_images())
    connections.prepare()
    found = wsgi.load_app(name) if name else wsgi.by_port()
    connections.use()
    atexit.register(connections.release)
    return found


def _images():
    """Answer what the front door to images loads, once it is sure that it can be used."""
    images = importlib.import_module(IMAGES)
    images.check_choice()
    return images.STORES[images.chosen()]

# SPDX-License-Identifier: Apache-2.0
"""Green or native threads: the only module that knows eventlet.

A daemon chooses once, before anything else is loaded (cmd/__init__.py): what
is imported earlier would keep the sockets and locks that it found. Everything
above uses ``threading`` and ``concurrent.futures`` and runs on either kind.
"""

import importlib
import os

from oslo_service import backend

EVENTLET = 'eventlet'
THREADING = 'threading'


def choose(kind):
    """Make this process run on green or on native threads, for good.

    :param kind: EVENTLET or THREADING
    """
    if kind == EVENTLET:
        # Name resolution by eventlet's own resolver ignores the system's configuration.
        os.environ.setdefault('EVENTLET_NO_GREENDNS', 'yes')
        importlib.import_module('eventlet').monkey_patch()
        backend.init_backend(backend.BackendType.EVENTLET)
    else:
        backend.init_backend(backend.BackendType.THREADING)


def is_green():
    """Whether this process runs on green threads."""
    return backend.get_backend_type() is backend.BackendType.EVENTLET


def database_url(url):
    """Answer a database's URL with the driver that fits the kind of threads.

    mysqlclient is several times as fast, but waits in C, which would stop all
    green threads; PyMySQL waits in Python.
    """
    scheme, separator, rest = url.partition('://')
    if scheme not in ('mysql', 'mysql+mysqldb', 'mysql+pymysql'):
        return url
    return f'mysql+{"pymysql" if is_green() else "mysqldb"}{separator}{rest}'


def wsgi_server():
    """Answer eventlet's WSGI module and its socket functions, for a green API."""
    return importlib.import_module('eventlet.wsgi'), importlib.import_module('eventlet')


backend.register_backend_default_hook(lambda: backend.BackendType.THREADING)

# SPDX-License-Identifier: Apache-2.0
"""Green or native threads: the only module that knows eventlet.

A daemon chooses once, before anything else is loaded (cmd/launch.py): what is
imported earlier would keep the sockets and locks that it found. Everything
above uses ``threading`` and ``concurrent.futures`` and runs on either kind.
"""

import dataclasses
import importlib
import os
import sys
import types
from collections.abc import Callable

from oslo_config import cfg
from oslo_service import backend

EVENTLET = 'eventlet'
THREADING = 'threading'


def _option(default):
    return cfg.StrOpt(
        'concurrency_backend',
        default=default,
        choices=[(EVENTLET, 'green threads: many idle connections at little cost'),
                 (THREADING, 'native threads: more requests a second')],
        help='Kind of threads that this daemon runs on. Needs a restart.')


OPTIONS = {
    'api': [_option(THREADING)],
    'compute': [_option(THREADING)],
    'conductor': [_option(THREADING)],
    'scheduler': [_option(THREADING)],
}
"""By group; each daemon reads its own."""


def choose(kind):
    """Make this process run on green or on native threads, for good.

    :param kind: EVENTLET or THREADING
    """
    if kind == EVENTLET:
        # eventlet's own resolver ignores the configuration of the system.
        os.environ.setdefault('EVENTLET_NO_GREENDNS', 'yes')
        importlib.import_module('eventlet').monkey_patch()
        backend.init_backend(backend.BackendType.EVENTLET)
    else:
        # Libraries import eventlet wherever it is installed, only to ask whether it is used.
        # None is Python's word for a module that is not there; it saves 9 MB a process.
        sys.modules.setdefault(EVENTLET, None)
        # oslo.service loads its threads when something first wants them (the hook below); a
        # master, which has none, does without.


def after_fork():
    """Make what a new process must not share with its parent: eventlet's epoll."""
    if is_green():
        importlib.import_module('eventlet.hubs').use_hub()


def is_green():
    """Whether this process runs on green threads."""
    return backend.get_backend_type() is backend.BackendType.EVENTLET


def kind():
    """Answer EVENTLET or THREADING."""
    return EVENTLET if is_green() else THREADING


@dataclasses.dataclass(frozen=True)
class Green:
    """What eventlet's web server is made of.

    :ivar wsgi: its module
    :ivar make_pool: (size) -> pool of green threads
    :ivar spawn: starts a green thread
    :ivar throw: (green thread, error) raises the error in it
    """

    wsgi: types.ModuleType
    make_pool: Callable
    spawn: Callable
    throw: Callable


def green_wsgi():
    """Answer the parts of eventlet's web server, on green threads only."""
    eventlet = importlib.import_module('eventlet')
    return Green(importlib.import_module('eventlet.wsgi'), eventlet.GreenPool, eventlet.spawn,
                 eventlet.kill)


backend.register_backend_default_hook(lambda: backend.BackendType.THREADING)

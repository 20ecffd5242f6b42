# SPDX-License-Identifier: Apache-2.0
"""A daemon from its options to its processes; cmd/launch.py has chosen the kind of threads.

What its processes do is loaded by name (nova_lite/cmd/serve), where they are: in the
process that was called if there is one, else in the nursery, while the first has
become a master that loads nothing of it (nova_lite/parts.py).
"""

import dataclasses
import importlib
import inspect
import os
import signal
import socket
import sys

from oslo_concurrency import lockutils
from oslo_config import cfg
from oslo_log import log

from nova_lite import (
    concurrency,
    exception,
    guru,
    log_lines,
    nursery,
    parts,
    process,
    version,
)
from nova_lite import workers as masters
from nova_lite.api import listeners
from nova_lite.cmd import launch
from nova_lite.conf import CONF
from nova_lite.metrics import address

LOG = log.getLogger(__name__)

FAILED = 1
USAGE = 2

API = 'api'
SERVE = 'nova_lite.cmd.serve'
MEASURING = 'nova_lite.metrics.service'


def configure(binary, arguments, default_files, *, trigger_file=None):
    """Read the options and begin to log; each line has the id of its request.

    :param trigger_file: as guru.set_up has it
    """
    log_lines.register_options(CONF)
    try:
        CONF(arguments, project=version.PRODUCT, prog=binary, version=version.version_string(),
             default_config_files=default_files, default_config_dirs=[])
    except cfg.Error as error:
        print(f'{binary}: {error}', file=sys.stderr)  # noqa: T201 - there is no log yet
        sys.exit(USAGE)
    log.setup(CONF, binary, version.version_string())
    guru.set_up(CONF, binary, trigger_file=trigger_file)
    lockutils.set_defaults(os.path.join(CONF.state_path, 'lock'))


def greet(binary):
    """Say what starts."""
    LOG.info('%s %s starts on %s, on %s threads', binary, version.version_string(), CONF.host,
             concurrency.kind())


def run(name, arguments, default_files, *, part=None, given=None):
    """Do the part of this process; ends it.

    :param name: api, conductor, scheduler or compute
    :param part: as parts.taken() answers it
    :param given: as parts.taken() answers it
    """
    binary = f'nova-lite-{name}'
    configure(binary, arguments, default_files)
    play = {None: _begin, parts.NURSERY: _bear_workers, parts.SCRIBE: _write}[part]
    try:
        play(name, **(given or {}))
    except (exception.NovaLiteException, OSError) as error:
        LOG.critical('%s can not run: %s', binary, error)
        process.leave(FAILED)
    except Exception:
        LOG.exception('%s failed', binary)
        process.leave(FAILED)


def workers(name):
    """Answer how many processes a daemon has."""
    if name == API:
        return max(listeners.processes(listener) for listener in listeners.enabled())
    return 1 if name == launch.COMPUTE else CONF[name].workers


def _begin(name):
    """Bind what is bound, once for all processes that ever serve; then serve, or have it done."""
    binary = f'nova-lite-{name}'
    greet(binary)
    listening = listeners.opened() if name == API else []
    count = workers(name)
    page = address.claim(binary, count)
    if count == 1:
        process.Alone([service for service, _ in _services(name, listening, page, count)]).run()
    else:
        _become_master(name, listening, page, count)


def _become_master(name, listening, page, count):
    given = {'listening': [[*dataclasses.astuple(listener), _handed_over(sock)]
                           for listener, sock in listening],
             'page': page and _handed_over(page), 'count': count}
    # What arrives before the master looks is kept for it.
    signal.pthread_sigmask(signal.SIG_BLOCK, masters.SIGNALS)
    nursery.adopt_orphans()
    parts.become(parts.MASTER, count=count, patience=CONF.graceful_shutdown_timeout,
                 replaced_on_reload=name == API, given=given)


def _bear_workers(name, *, listening, page, count, **pipes):
    """Fork those that the master orders."""
    opened = [(listeners.Listener(*fields), _taken_over(file)) for *fields, file in listening]
    page = page and _taken_over(page)
    guru.add('Processes', lambda: {'watched by': f'process {os.getppid()}'})

    def load():
        found = _services(name, opened, page, count)

        def run_worker(number, ready, orphaned):
            process.Alone([service for service, processes in found
                           if processes is None or processes > number],
                          ready=ready, orphaned=orphaned).run()
        return run_worker

    nursery.run(load, **pipes)


def _write(name, *, level=None, text=None, report=None):
    """Write what a master has to say: a line of the log, or a report of its processes."""
    if report is None:
        LOG.log(level, text)
    else:
        guru.add('Processes', lambda: report)
        guru.write(CONF, f'nova-lite-{name}', inspect.currentframe())
    process.leave(0)


def _handed_over(sock):
    sock.set_inheritable(True)
    return sock.fileno()


def _taken_over(file):
    sock = socket.socket(fileno=file)
    sock.set_inheritable(False)
    return sock


def _services(name, listening, page, count):
    """Load what a daemon does; answer (service, workers) pairs.

    :param listening: (listener, socket) pairs of the API
    :param page: the socket of its figures, None if nobody wants them; what measures is in
        each process and the first, so that the others are measured from their first step
    """
    found = importlib.import_module(f'{SERVE}.{name}').services(listening)
    if page is not None:
        measuring = importlib.import_module(MEASURING)
        found.insert(0, (measuring.Service(f'nova-lite-{name}', count, page), None))
    return found

# SPDX-License-Identifier: Apache-2.0
"""A daemon from its options to its processes; cmd/launch.py has chosen the kind of threads.

What its processes do is loaded by name (nova_lite/cmd/serve), in the process that
forks them: this one, which only watches if there are several, stays small.
"""

import importlib
import os
import sys

from oslo_concurrency import lockutils
from oslo_config import cfg
from oslo_log import log

from nova_lite import concurrency, exception, guru, log_lines, process, version
from nova_lite.api import listeners
from nova_lite.conf import CONF
from nova_lite.metrics import address

LOG = log.getLogger(__name__)

FAILED = 1
USAGE = 2

API = 'api'
COMPUTE = 'compute'
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
    LOG.info('%s %s starts on %s, on %s threads', binary, version.version_string(), CONF.host,
             concurrency.kind())


def run(name, arguments, default_files):
    """Serve until told to stop; ends the process.

    :param name: api, conductor, scheduler or compute
    """
    binary = f'nova-lite-{name}'
    configure(binary, arguments, default_files)
    try:
        # Whatever is bound is bound once, and shared by all processes that ever serve.
        listening = listeners.opened() if name == API else []
        count = workers(name)
        page = address.claim(binary, count)
        process.run(lambda: services(name, listening, page), count=count,
                    replaced_on_reload=name == API)
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
    return 1 if name == COMPUTE else CONF[name].workers


def services(name, listening, page):
    """Load what a daemon does; answer (service, workers) pairs.

    :param listening: (listener, socket) pairs of the API
    :param page: the socket of its figures, None if nobody wants them; what measures is in
        each process and the first, so that the others are measured from their first step
    """
    found = importlib.import_module(f'{SERVE}.{name}').services(listening)
    if page is not None:
        count = max(processes for _service, processes in found)
        measuring = importlib.import_module(MEASURING)
        found.insert(0, (measuring.Service(f'nova-lite-{name}', count, page), count))
    return found

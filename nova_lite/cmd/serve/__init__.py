# SPDX-License-Identifier: Apache-2.0
"""What each daemon serves; loaded by cmd/launch.py after the kind of threads is chosen."""

import importlib
import os
import sys

from oslo_concurrency import lockutils
from oslo_config import cfg
from oslo_log import log

from nova_lite import (
    concurrency,
    exception,
    guru,
    log_lines,
    objects,
    process,
    rpc,
    service,
    version,
)
from nova_lite.conf import CONF
from nova_lite.metrics import address

LOG = log.getLogger(__name__)

FAILED = 1
USAGE = 2
DATABASE = 'nova_lite.db.connect'
STORES = 'nova_lite.db.stores'
METRICS = 'nova_lite.metrics.service'


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
    guru.add('Messages', rpc.described)
    lockutils.set_defaults(os.path.join(CONF.state_path, 'lock'))
    LOG.info('%s %s starts on %s, on %s threads', binary, version.version_string(), CONF.host,
             concurrency.kind())


def share(*names):
    """Load modules before processes are forked, so that all have one copy in memory.

    Named, not imported: a host that asks a conductor must not load what knows SQL.
    """
    for name in (DATABASE, *names):
        importlib.import_module(name)
    objects.register_all()
    importlib.import_module(STORES).register()


def use_database():
    """Let the objects of this process use the database; called in each worker."""
    objects.register_all()
    importlib.import_module('nova_lite.db.connect').connect(concurrency.kind())
    engine = importlib.import_module('nova_lite.db.engine')
    guru.add('Database', lambda: {'pool': engine.engine().pool.status()})


def run_controller(topic, make_manager, arguments, default_files):
    """Be a daemon with a manager and a database until told to stop; answer the exit code."""
    binary = f'nova-lite-{topic}'
    configure(binary, arguments, default_files)
    share()
    daemon = service.Service(binary=binary, topic=topic, make_manager=make_manager,
                             prepare=use_database)
    return run(binary, [(daemon, CONF[topic].workers)])


def _measuring(binary, services):
    """Answer the service that has the figures of the others, where they are wanted."""
    if address.of(binary) is None:
        return []
    count = max(workers for _service, workers in services)
    return [(importlib.import_module(METRICS).Service(binary, count), count)]


def run(binary, services, *, replaced_on_reload=False):
    """Run services until told to stop; ends the process.

    :param services: (service, workers) pairs
    :param replaced_on_reload: SIGHUP replaces one worker after another
    """
    try:
        process.run([*_measuring(binary, services), *services],
                    replaced_on_reload=replaced_on_reload)
    except (exception.NovaLiteException, OSError) as error:
        LOG.critical('%s can not run: %s', binary, error)
        process.leave(FAILED)
    except Exception:
        LOG.exception('%s failed', binary)
        process.leave(FAILED)

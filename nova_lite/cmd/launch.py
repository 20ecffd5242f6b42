# SPDX-License-Identifier: Apache-2.0
"""The start of every program but a master: the kind of threads first, then everything else.

Sockets and locks must be green or native from the first import on, so this
module loads little, reads the one option that decides, and loads the daemon's
own module from ``serve`` afterwards.
"""

import argparse
import importlib
import os
import shlex
import sys

from oslo_config import cfg

from nova_lite import concurrency

CONTROLLER_CONFIG = '/etc/nova_lite/nova_lite.conf'
COMPUTE_CONFIG = '/etc/nova_lite/compute.conf'
"""A compute host has a file of its own, without the controllers' secrets."""

COMPUTE = 'compute'

ARGUMENTS = 'NOVA_LITE_ARGUMENTS'
"""Environment variable with what the command line of nova-lite-api would have."""


def daemon(name, part=None, given=None):
    """Run a daemon, or a part of it; answer its exit code.

    :param name: api, conductor, scheduler or compute
    :param part: as parts.taken() answers it
    :param given: as parts.taken() answers it
    """
    default_files = existing(COMPUTE_CONFIG if name == COMPUTE else CONTROLLER_CONFIG)
    concurrency.choose(_kind_of_threads(name, sys.argv[1:], default_files))
    return importlib.import_module('nova_lite.cmd.daemon').run(
        name, sys.argv[1:], default_files, part=part, given=given)


def application(name=None):
    """Answer a WSGI application of the API, for a server that is not ours and runs its threads.

    :param name: osapi_compute or metadata; None for both, told apart by the port
    """
    concurrency.choose(concurrency.THREADING)
    return importlib.import_module('nova_lite.cmd.serve.api').application(
        name, shlex.split(os.environ.get(ARGUMENTS, '')), existing(CONTROLLER_CONFIG))


def native(name):
    """Run a program of ``serve`` that has no choice of threads; answer its exit code."""
    concurrency.choose(concurrency.THREADING)
    serve = importlib.import_module(f'nova_lite.cmd.serve.{name}')
    return serve.run(sys.argv[1:], existing(CONTROLLER_CONFIG))


def existing(config_file):
    """Answer the list of configuration files that are read unless others are named."""
    return [config_file] if os.path.exists(config_file) else []


def manage():
    """Run nova-lite-manage; answer its exit code."""
    concurrency.choose(concurrency.THREADING)
    return importlib.import_module('nova_lite.cmd.manage').main()


def status():
    """Run nova-lite-status; answer its exit code."""
    concurrency.choose(concurrency.THREADING)
    return importlib.import_module('nova_lite.cmd.status').main()


def _kind_of_threads(name, arguments, default_files):
    """Answer what the configuration says of the daemon's threads, reading nothing else."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument('--config-file', action='append', default=[])
    parser.add_argument('--config-dir', action='append', default=[])
    known, _others = parser.parse_known_args(arguments)
    conf = cfg.ConfigOpts()
    conf.register_opts(concurrency.OPTIONS[name], group=name)
    given = [word for path in known.config_file for word in ('--config-file', path)]
    given += [word for path in known.config_dir for word in ('--config-dir', path)]
    try:
        conf(given, default_config_files=default_files, default_config_dirs=[])
        return conf[name].concurrency_backend
    except (cfg.Error, ValueError) as error:
        sys.exit(f'nova-lite-{name}: {error}')

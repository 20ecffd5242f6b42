# SPDX-License-Identifier: Apache-2.0
"""nova-lite-manage: the operator's command line.

Each module of this package that has ``register(subparsers)`` is one family of
subcommands: it adds its parser and sets ``run`` to the function that carries a
subcommand out. ``run(args)`` prints its answer by printing.py and returns an
exit code, or None for success. What went wrong in a way that an operator can
act on is one line on stderr; a traceback means a bug.

Exit codes: 0 done, 1 it could not be done, 2 wrong usage or configuration. A
command whose 1 says something else sets ``failed``, the code of an error.
"""

import argparse
import importlib
import logging
import os
import pkgutil
import sys
import traceback

from oslo_config import cfg
from oslo_db import exception as db_exc
from oslo_log import log

from nova_lite import conf, exception, log_lines, version

PROGRAM = 'nova-lite-manage'
CONFIG_FILE = '/etc/nova_lite/nova_lite.conf'

DONE = 0
FAILED = 1
USAGE = 2
INTERRUPTED = 130


def main(argv=None):
    """Carry out one subcommand; answer the exit code."""
    args = _parser().parse_args(argv)
    try:
        _configure(args)
        return args.run(args) or DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has seen enough; nothing more can be printed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (exception.NovaLiteException, cfg.Error, db_exc.DBError, OSError) as error:
        if args.debug:
            raise
        print(f'{PROGRAM}: {_explain(error)}', file=sys.stderr)
        return USAGE if isinstance(error, cfg.Error) else getattr(args, 'failed', FAILED)
    except Exception:
        # A traceback ends with 1 by itself.
        if not hasattr(args, 'failed'):
            raise
        traceback.print_exc()
        return args.failed


def families():
    """Answer the modules of the package, by name: ``db``, ``image``, ``network`` ..."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f'{__name__}.{name}') for name in names
               if not name.startswith('_')]
    return [module for module in modules if hasattr(module, 'register')]


def _parser():
    parser = argparse.ArgumentParser(
        prog=PROGRAM, description='Administer nova_lite on a controller.')
    parser.add_argument('--config-file', action='append', metavar='PATH',
                        help=f'configuration to read, may be repeated (default: {CONFIG_FILE})')
    parser.add_argument('--debug', action='store_true',
                        help='log everything, and show where an error came from')
    parser.add_argument('--version', action='version', version=version.version_string())
    subparsers = parser.add_subparsers(metavar='COMMAND', required=True)
    for family in families():
        family.register(subparsers)
    return parser


def _configure(args):
    files = args.config_file or [path for path in (CONFIG_FILE,) if os.path.exists(path)]
    # Options of a command line can't be registered once one was parsed.
    conf.CONF.clear()
    log_lines.register_options(conf.CONF)
    conf.CONF([], project=version.PRODUCT, version=version.version_string(),
              default_config_files=files, default_config_dirs=[])
    _log_to_stderr(args.debug)


def _log_to_stderr(debug):
    """The answer goes to stdout; the log is only for somebody who looks for a fault."""
    for name, value in (('debug', debug), ('use_stderr', True), ('use_journal', False),
                        ('log_file', None), ('log_dir', None)):
        conf.CONF.set_override(name, value)
    log.setup(conf.CONF, PROGRAM)
    if not debug:
        logging.getLogger().setLevel(logging.WARNING)


def _explain(error):
    match error:
        case db_exc.DBConnectionError():
            return ('the database does not answer; is it running, and is [database] connection '
                    f'right? ({_first_line(error)})')
        case db_exc.DBNonExistentTable() | db_exc.DBNonExistentDatabase():
            return f'the database has no tables yet: run "{PROGRAM} db sync"'
        case OSError(filename=str(path), strerror=str(reason)):
            return f'{path}: {reason}'
    return _first_line(error)


def _first_line(error):
    return (str(error).strip().splitlines() or [type(error).__name__])[0]

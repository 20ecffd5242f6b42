# SPDX-License-Identifier: Apache-2.0
"""The API daemon under uWSGI: turns the options of nova-lite-api into uWSGI's.

So an operator who changes the server changes nothing else. uWSGI has a router
process, which keeps the connections of clients, a master, and workers, which
load nova_lite/wsgi/by_port.py.
"""

import os
import shlex
import shutil
import sys

from nova_lite import exception, http_tls
from nova_lite.api import listeners
from nova_lite.cmd import daemon, launch
from nova_lite.conf import CONF
from nova_lite.metrics import address

BINARY = 'nova-lite-api-uwsgi'
SERVED = 'nova-lite-api'
PROGRAM = 'uwsgi'
MODULE = 'nova_lite.wsgi.by_port:application'
LARGEST_BUFFER = 65535
NEVER = 2**31 - 1


def run(arguments, default_files):
    """Become uWSGI; comes back only by an error."""
    daemon.configure(BINARY, arguments, default_files)
    daemon.greet(BINARY)
    try:
        program = find_program()
        if address.of(SERVED):
            address.clear(SERVED)
        environment = {**os.environ, launch.ARGUMENTS: shlex.join(arguments)}
        os.execve(program, command(program), environment)
    except (exception.NovaLiteException, OSError) as error:
        return f'{BINARY}: {error}'


def find_program():
    """Answer the path of uWSGI; the one of our own environment goes first.

    :raises ProgramNotFound: if there is none
    """
    beside = os.path.join(os.path.dirname(sys.executable), PROGRAM)
    found = beside if os.access(beside, os.X_OK) else shutil.which(PROGRAM)
    if found is None:
        raise exception.ProgramNotFound(program=PROGRAM)
    return found


def command(program):
    """Answer the command line of uWSGI."""
    enabled = listeners.enabled()
    return [
        program, '--strict', '--master', '--need-app', '--virtualenv', sys.prefix,
        '--module', MODULE,
        # Threads and connections do not survive a fork, so each worker loads for itself.
        '--lazy-apps', '--enable-threads', '--threads', str(CONF.wsgi.threads),
        '--processes', str(max(map(listeners.processes, enabled))),
        '--disable-logging', '--procname-prefix', 'nova-lite-api ',
        '--listen', str(CONF.wsgi.backlog), '--buffer-size', _buffer(),
        *(_router(enabled) if CONF.wsgi.uwsgi_router else _sockets(enabled)), *_signals()]


def _router(enabled):
    """A process of uWSGI's takes requests and holds idle connections, which cost no worker."""
    keep_alive = ('--http-keepalive', '--http-auto-chunked') if CONF.wsgi.keep_alive else ()
    return [*_at('--http', '--https', enabled), *keep_alive, '--http-chunked-input',
            '--http-timeout', str(CONF.wsgi.client_socket_timeout or NEVER),
            '--http-buffer-size', _buffer()]


def _sockets(enabled):
    """Workers take connections themselves, and hold each for as long as it is kept."""
    option = '--http11-socket' if CONF.wsgi.keep_alive else '--http-socket'
    return [*_at(option, '--https-socket', enabled), '--so-keepalive']


def _at(plain, encrypted, enabled):
    """Say where to listen; uWSGI reads the certificate when it starts.

    :param plain: option for HTTP
    :param encrypted: option for TLS, followed by the files too
    """
    found = []
    for listener in enabled:
        place = f'{_bracketed(listener.host)}:{listener.port}'
        with_tls = http_tls.for_service(listener.name) is not None
        found += [encrypted, f'{place},{_certificate()}'] if with_tls else [plain, place]
    return found


def _certificate():
    """Answer file of the certificate, file of the key, ciphers, authorities of clients."""
    conf = CONF.wsgi
    words = [conf.ssl_cert_file, conf.ssl_key_file or conf.ssl_cert_file]
    # An exclamation mark: clients have to have one.
    return ','.join([*words, 'HIGH', f'!{conf.ssl_ca_file}'] if conf.ssl_ca_file else words)


def _buffer():
    return str(min(2 * CONF.wsgi.max_header_line, LARGEST_BUFFER))


def _bracketed(host):
    return f'[{host}]' if ':' in host else host


def _signals():
    """SIGTERM ends after the running requests, SIGHUP replaces one worker after another."""
    patience = str(CONF.graceful_shutdown_timeout or NEVER)
    return ['--worker-reload-mercy', patience, '--reload-mercy', patience,
            '--hook-master-start', 'unix_signal:15 gracefully_kill_them_all',
            '--hook-master-start', 'unix_signal:1 uwsgi_chain_reload']

# SPDX-License-Identifier: Apache-2.0
"""What systemd is told: ready, alive, what is waited for. Without systemd it does nothing.

systemd restarts a daemon whose round trips to broker and database (or
conductor) have stopped for longer than the unit's WatchdogSec although both
are there. While one of them is away a restart would not help, so an outage
that is understood feeds the watchdog too; a thread that hangs does not. That a process
ends is not said: it may be a worker that is replaced, and systemd would take it for
the end of the daemon, and kill the rest of it when TimeoutStopSec is over.
"""

import os
import socket

from oslo_log import log

LOG = log.getLogger(__name__)


class Watchdog:
    """The notification socket of this process.

    Taken out of the environment, so that no helper process speaks for us.
    """

    def __init__(self, environment=os.environ):
        self._address = environment.pop('NOTIFY_SOCKET', None)

    def ready(self):
        """The daemon serves."""
        self._notify('READY=1')

    def alive(self, status):
        """A round trip was made just now, or could not be for a reason outside."""
        self._notify(f'WATCHDOG=1\nSTATUS={_one_line(status)}')

    def status(self, status):
        """What the daemon does while it is not ready yet."""
        self._notify(f'STATUS={_one_line(status)}')

    def _notify(self, text):
        if not self._address:
            return
        address = '\0' + self._address[1:] if self._address.startswith('@') else self._address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
                channel.connect(address)
                channel.sendall(text.encode())
        except OSError as error:
            LOG.debug('systemd was not told %s: %s', text, error)


def _one_line(text):
    return ' '.join(str(text).split())

# SPDX-License-Identifier: Apache-2.0
"""Sees that the processes that accept from one socket get alike shares of its connections.

The kernel gives a connection to whoever accepts first, and who has just accepted is
awake: a client's few connections, which it keeps, often ended up in one process, and
the others had nothing to do. So a process that has more than another waits a moment
before it accepts. http_servers.py asks; the counts are in memory that they share.
"""

import mmap
import os
import time

MOMENT = 0.00025
TIMES = 4
"""A process that is awake and has nothing to do accepts within this time; a busy one, or
one that is gone, holds nobody up for longer."""

NOBODY = 2**32 - 1
SIZE = 4
MOST = 256


class Shares:
    """How many connections each process has; made before they are forked.

    :param processes: how many will accept
    """

    def __init__(self, processes):
        places = min(processes, MOST)
        self._counts = memoryview(mmap.mmap(-1, places * SIZE)).cast('I')
        for place in range(places):
            self._counts[place] = NOBODY
        # Each process reads a byte, its place.
        self._places, given = os.pipe()
        os.write(given, bytes(range(places)))
        os.close(given)
        self._place = None

    def join(self):
        """Count among them from now on; called in each process."""
        if place := os.read(self._places, 1):
            self._place = place[0]
            self.note(0)

    def note(self, count):
        """Tell how many connections this process has."""
        if self._place is not None:
            self._counts[self._place] = count

    def leave(self):
        """Accept no more; nobody waits for this process."""
        self.note(NOBODY)

    def give_way(self, count):
        """Give another process, if one has fewer connections, the time to accept.

        :param count: connections of this process
        """
        self.note(count)
        if self._place is not None:
            for _time in range(TIMES):
                if count <= min(self._counts):
                    return
                time.sleep(MOMENT)


class FairSocket:
    """A listening socket that gives way before it accepts.

    :param count: answers how many connections this process has
    """

    def __init__(self, sock, shares, count):
        self._sock = sock
        self._shares = shares
        self._count = count

    def accept(self):
        """Accept a connection.

        :raises BlockingIOError: if another process has taken it
        """
        self._shares.give_way(self._count())
        accepted = self._sock.accept()
        self._shares.note(self._count() + 1)
        return accepted

    def __getattr__(self, name):
        return getattr(self._sock, name)

# SPDX-License-Identifier: Apache-2.0
"""Users who create and delete servers at random and never give up.

A request that was not answered is sent again: a create with the same
Idempotency-Key, a delete as it is. So each user knows which of his servers
must be there in the end.
"""

import dataclasses
import random
import threading
import time
import uuid
from typing import Any

from tests.live import compute_client

TRY_AGAIN_AFTER = 0.3
PATIENCE = 90
UNAVAILABLE = frozenset({409, 500, 502, 503, 504})
"""Answers after which a user tries again: the first request still runs, or something is away."""
DELETES = 0.4
MOST_SERVERS = 6


@dataclasses.dataclass(frozen=True)
class Order:
    """What a user asks for, and of whom."""

    client: Any
    image: str
    flavor: str
    networks: Any


class User(threading.Thread):
    """One user.

    :param seed: makes his choices the same ones in each run
    :param order: Order
    :ivar servers: ids of those that he has created and not deleted
    :ivar created: how many he has ever created
    :ivar errors: answers that nobody should get
    """

    def __init__(self, name, seed, order):
        super().__init__(name=name, daemon=True)
        self.servers = set()
        self.created = self.repeated = 0
        self.errors = []
        self._order = order
        self._client = order.client
        self._random = random.Random(seed)
        self._stopping = threading.Event()

    def run(self):
        """Create and delete until stopped."""
        try:
            while not self._stopping.is_set():
                self._act()
                self._stopping.wait(self._random.uniform(0, 0.3))
        except AssertionError as error:
            self.errors.append(str(error))
        finally:
            self._client.disconnect()

    def stop(self):
        """Begin nothing more."""
        self._stopping.set()

    def delete_all(self):
        """Delete all servers that are left."""
        for server in sorted(self.servers):
            self._delete_server(server)

    def _act(self):
        is_full = len(self.servers) >= MOST_SERVERS
        if self.servers and (is_full or self._random.random() < DELETES):
            self._delete_server(self._random.choice(sorted(self.servers)))
        else:
            self._create_server()

    def _create_server(self):
        key, name = str(uuid.UUID(int=self._random.getrandbits(128))), f'{self.name}-{self.created}'
        server = self._until_answered(lambda: self._client.create(
            name, self._order.image, self._order.flavor, self._order.networks, key=key))
        self.servers.add(server)
        self.created += 1

    def _delete_server(self, server):
        self._until_answered(lambda: self._client.delete(server))
        self.servers.discard(server)

    def _until_answered(self, request):
        """Send a request again and again until it is answered.

        :raises AssertionError: if it is refused for good, or never answered
        """
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return request()
            except compute_client.Refused as error:
                if error.status not in UNAVAILABLE or time.monotonic() > deadline:
                    raise
                if error.status == 500:
                    self.errors.append(str(error))
            except compute_client.BROKEN as error:
                if time.monotonic() > deadline:
                    raise AssertionError(f'no answer for {PATIENCE} s: {error}') from error
            self.repeated += 1
            time.sleep(TRY_AGAIN_AFTER)

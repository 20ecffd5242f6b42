# SPDX-License-Identifier: Apache-2.0
"""Who this process is in its messages, and the bus that it sends them by.

A process has one identity, set by ``rpc.init``. While a test pumps messages
through several services in one process, each handler runs with the identity of
its service.
"""

import contextlib
import contextvars
import dataclasses
from typing import Any

from nova_lite import conf as nova_conf
from nova_lite import exception
from nova_lite.rpc import directory, keys

CONTROLLER = 'controller'
HOST = 'host'


@dataclasses.dataclass(frozen=True)
class Sender:
    """Who a message comes from; believed only where the envelope proves it.

    :ivar kind: 'controller' or 'host'
    :ivar host: the host's name; of a controller the host that it runs on
    """

    kind: str
    host: str | None

    @property
    def is_host(self):
        """Whether it is a compute host, which is trusted with its own only."""
        return self.kind == HOST

    def __str__(self):
        return f'{self.kind} {self.host}'


@dataclasses.dataclass(frozen=True)
class Identity:
    """A process in its messages.

    :ivar keyring: keys.ControllerKeys or keys.HostKeys
    :ivar hosts: says which hosts may send, for a controller; a host asks nobody
    """

    sender: Sender
    binary: str
    keyring: Any
    hosts: Any = None

    @classmethod
    def from_file(cls, conf, *, host, binary):
        """Read the key file of the options.

        :raises KeyFileUnusable: if it is not there, or is another host's
        """
        keyring = keys.load(conf.rpc.key_file)
        if isinstance(keyring, keys.ControllerKeys):
            return cls(Sender(CONTROLLER, host), binary, keyring,
                       directory.HostDirectory(lifetime=conf.rpc.host_key_lifetime))
        if keyring.host != host:
            raise exception.KeyFileUnusable(
                path=conf.rpc.key_file,
                reason=f'it is the key of host {keyring.host}, and this host is {host}')
        return cls(Sender(HOST, host), binary, keyring)

    def key_for(self, peer_host):
        """Answer the key shared with the other side.

        :param peer_host: a compute host; None for a controller
        :raises MessageRefused: if that host is unknown or revoked
        """
        if self.sender.is_host:
            return self.keyring.key
        if peer_host is None:
            return self.keyring.shared
        return self.keyring.of_host(peer_host, self.hosts.generation(peer_host))


class _Process:
    """What ``rpc.init`` and ``rpc.set_bus`` have set."""

    identity = None
    bus = None
    make_bus = None


_process = _Process()
_acting = contextvars.ContextVar('nova_lite_rpc_identity', default=None)


def set_process(identity):
    """Set the identity of this process."""
    _process.identity = identity


def set_default_bus(make_bus):
    """Say what makes the bus that is used unless another is set."""
    _process.make_bus = make_bus


def set_bus(bus):
    """Replace the bus; None makes the default one when it is needed."""
    close()
    _process.bus = bus


def bus():
    """Answer the bus of this process."""
    if _process.bus is None:
        _process.bus = _process.make_bus(nova_conf.CONF, current())
    return _process.bus


def described():
    """Answer in words who sends here and where answers come to, without connecting."""
    if _process.identity is None:
        return 'nobody yet'
    queues = getattr(_process.bus, 'reply_queues', None)
    return f'{_process.identity.binary} of {_process.identity.sender}' + (
        f', answers come to {queues()}' if queues else '')


def close():
    """Close the bus of this process, if it has one."""
    if _process.bus is not None:
        _process.bus.close()
        _process.bus = None


def current():
    """Answer who sends or receives here.

    :raises RuntimeError: before ``rpc.init``, which is a fault of the program
    """
    found = _acting.get() or _process.identity
    if found is None:
        raise RuntimeError('rpc.init was not called')
    return found


@contextlib.contextmanager
def acting_as(identity):
    """Have what runs inside send as that service."""
    token = _acting.set(identity)
    try:
        yield
    finally:
        _acting.reset(token)

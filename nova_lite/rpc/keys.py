# SPDX-License-Identifier: Apache-2.0
"""The keys that messages are signed with, and the files that they lie in.

Controllers share one master key. The key of a host is derived from it by the
host's name and a generation, so controllers need no list of keys, and a host
that joins again gets another key while its old one is void. A host has only its
own: it can prove that it is itself and that a message comes from a controller,
nothing else.
"""

import base64
import binascii
import dataclasses
import json
import os
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf import hkdf

from nova_lite import exception

KEY_BYTES = 32
KIND_CONTROLLER = 'controller'
KIND_HOST = 'host'
PURPOSE_SHARED = 'nova_lite rpc controllers'
PURPOSE_HOST = 'nova_lite rpc host'


def _derived(master, *purpose):
    # Length before each part, so that no two lists of parts give the same bytes.
    label = b''.join(len(part).to_bytes(4, 'big') + part
                     for part in (str(word).encode() for word in purpose))
    return hkdf.HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=label).derive(
        master)


class ControllerKeys:
    """What a controller can sign and check: everything."""

    def __init__(self, master):
        self._master = master
        self.shared = _derived(master, PURPOSE_SHARED)
        self._hosts = {}

    @classmethod
    def generate(cls):
        """Make a new master key."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def of_host(self, host, generation):
        """Answer the key of a host."""
        known = self._hosts.get(host)
        if known is None or known[0] != generation:
            known = self._hosts[host] = (
                generation, _derived(self._master, PURPOSE_HOST, host, generation))
        return known[1]

    def to_text(self):
        """Answer the contents of the controllers' key file."""
        return _to_text({'kind': KIND_CONTROLLER, 'key': _encode(self._master)})

    def host_keys(self, host, generation):
        """Answer what goes to a compute host."""
        return HostKeys(host, generation, self.of_host(host, generation))


@dataclasses.dataclass(frozen=True)
class HostKeys:
    """What a compute host has."""

    host: str
    generation: int
    key: bytes

    def to_text(self):
        """Answer the contents of the host's key file."""
        return _to_text({'kind': KIND_HOST, 'host': self.host, 'generation': self.generation,
                         'key': _encode(self.key)})


def _encode(key):
    return base64.b64encode(key).decode('ascii')


def _to_text(fields):
    return json.dumps(fields, indent=2) + '\n'


def load(path):
    """Read a key file; answer ControllerKeys or HostKeys.

    :raises KeyFileUnusable: if it can't be read or is no key file
    """
    try:
        with open(path, encoding='ascii') as file:
            return parse(file.read())
    except OSError as error:
        raise exception.KeyFileUnusable(path=path, reason=error.strerror) from error
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        raise exception.KeyFileUnusable(path=path, reason='it is no key file') from error


def parse(text):
    """Answer the keys of a key file's text."""
    fields = json.loads(text)
    key = base64.b64decode(fields['key'], validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError('length of key')
    if fields['kind'] == KIND_CONTROLLER:
        return ControllerKeys(key)
    if fields['kind'] == KIND_HOST:
        return HostKeys(str(fields['host']), int(fields['generation']), key)
    raise ValueError('kind of key')


def save(path, keyring, *, mode=0o640):
    """Write a new key file, readable for its owner and group only.

    :raises FileExistsError: rather than overwrite a key that is in use
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with open(descriptor, 'w', encoding='ascii') as file:
        os.fchmod(file.fileno(), mode)
        file.write(keyring.to_text())

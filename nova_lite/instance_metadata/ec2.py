# SPDX-License-Identifier: Apache-2.0
"""The EC2 tree: nested dicts with text at the leaves, as its versions have it."""

import dataclasses
import re
import types

VERSIONS = ('1.0', '2007-01-19', '2007-03-01', '2007-08-29', '2007-10-10', '2007-12-15',
            '2008-02-01', '2008-09-01', '2009-04-04')
LATEST = 'latest'

META_DATA = 'meta-data'
USER_DATA = 'user-data'

# There are no manifests; this text is what clients of Nova have always been given.
_NO_MANIFEST = 'FIXME'
_DEFAULT_ROOT = '/dev/vda'
_DISK = re.compile(r'(/dev/[a-z]*)([a-z])\d*')


@dataclasses.dataclass(frozen=True)
class Entry:
    """One name in ``meta-data``; ``value`` answers text or a dict, None if there is none."""

    since: str
    value: types.FunctionType


class Labelled(dict):
    """A directory that its parent lists as ``<name>=<label>``."""

    def __init__(self, label, entries):
        super().__init__(entries)
        self.label = label


def is_version(name):
    """Whether there is a directory of that name."""
    return name == LATEST or name in VERSIONS


def tree(facts, version):
    """Answer a version's directory: ``meta-data`` and, if there is any, ``user-data`` in bytes."""
    found = {META_DATA: meta_data(facts, version)}
    if facts.user_data is not None:
        found[USER_DATA] = facts.user_data
    return found


def meta_data(facts, version):
    """Answer the ``meta-data`` directory of a version."""
    newest = VERSIONS[-1] if version == LATEST else version
    values = {name: entry.value(facts) for name, entry in _ENTRIES.items()
              if VERSIONS.index(entry.since) <= VERSIONS.index(newest)}
    return {name: value for name, value in values.items() if value is not None}


def image_name(prefix, image_id):
    """Answer an image's id in EC2's form, made of the uuid; None if there is no image."""
    return f'{prefix}-{image_id[:8]}' if image_id else None


def _block_devices(facts):
    root = facts.root_device_name or _DEFAULT_ROOT
    devices = {'ami': root.removeprefix('/dev/'), 'root': root}
    extra = _devices_after(root)
    if facts.ephemeral_gb:
        devices['ephemeral0'] = next(extra)
    if facts.swap_mb:
        devices['swap'] = next(extra)
    return devices


def _devices_after(root):
    """Disks are named in the order root, ephemeral, swap on the bus of the root disk."""
    named = _DISK.fullmatch(root) or _DISK.fullmatch(_DEFAULT_ROOT)
    prefix, letter = named.groups()
    return (f'{prefix}{chr(code)}' for code in range(ord(letter) + 1, ord('z') + 1))


def _public_keys(facts):
    if facts.key is None:
        return None
    return {'0': Labelled(facts.key.name, {'openssh-key': facts.key.public_key})}


def _first_address(facts):
    return next(iter(facts.fixed_addresses(4)), '')


_ENTRIES = {
    'ami-id': Entry('1.0', lambda facts: image_name('ami', facts.image_ref)),
    'ami-launch-index': Entry('1.0', lambda facts: str(facts.launch_index)),
    'ami-manifest-path': Entry('1.0', lambda facts: _NO_MANIFEST),
    'hostname': Entry('1.0', lambda facts: facts.hostname),
    'instance-id': Entry('1.0', lambda facts: f'i-{facts.id:08x}'),
    'local-ipv4': Entry('1.0', _first_address),
    'public-keys': Entry('1.0', _public_keys),
    'reservation-id': Entry('1.0', lambda facts: facts.reservation_id),
    'security-groups': Entry('1.0', lambda facts: '\n'.join(facts.security_groups)),
    'local-hostname': Entry('2007-01-19', lambda facts: facts.hostname),
    'public-hostname': Entry('2007-01-19', lambda facts: facts.hostname),
    # Servers have fixed addresses only; an empty text is what Nova says of those.
    'public-ipv4': Entry('2007-01-19', lambda facts: ''),
    'instance-type': Entry('2007-08-29', lambda facts: facts.flavor_name),
    'ramdisk-id': Entry('2007-10-10', lambda facts: image_name('ari', facts.ramdisk_id)),
    'block-device-mapping': Entry('2007-12-15', _block_devices),
    'kernel-id': Entry('2008-02-01', lambda facts: image_name('aki', facts.kernel_id)),
    'placement': Entry(
        '2008-02-01', lambda facts: {'availability-zone': facts.availability_zone or ''}),
    'instance-action': Entry('2008-09-01', lambda facts: 'none'),
}

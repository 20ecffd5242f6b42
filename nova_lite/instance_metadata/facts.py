# SPDX-License-Identifier: Apache-2.0
"""What is known of a guest: the one thing that all documents are rendered from.

Plain values. A compute host makes it of the objects that it was sent with the
work; the metadata service makes it of a row of the database. Both give the same.
"""

import base64
import binascii
import dataclasses

from oslo_config import cfg

_DEFAULT_SECURITY_GROUPS = ('default',)
_CERTIFICATE = '-----BEGIN CERTIFICATE-----'


@dataclasses.dataclass(frozen=True)
class KeyPair:
    """The public key that the server was created with."""

    name: str
    public_key: str

    @property
    def type(self):
        """``ssh`` or ``x509``; the server keeps the key itself, which shows it."""
        return 'x509' if self.public_key.startswith(_CERTIFICATE) else 'ssh'


@dataclasses.dataclass(frozen=True)
class File:
    """A personality file: what the guest is to write where."""

    path: str
    content: bytes


@dataclasses.dataclass(frozen=True)
class GuestFacts:
    """What is known of a guest.

    :ivar hostname: with the domain, as guests are told it
    :ivar nics: the server's network info as stored: plain dicts
    :ivar user_data: decoded; None if there is none
    :ivar admin_password: only where the config drive is built; None else
    :ivar files: likewise; they are not kept after the build
    """

    id: int
    uuid: str
    name: str
    hostname: str
    project_id: str
    availability_zone: str | None
    launch_index: int
    reservation_id: str | None
    image_ref: str | None
    kernel_id: str | None
    ramdisk_id: str | None
    flavor_name: str
    ephemeral_gb: int
    swap_mb: int
    root_device_name: str | None
    key: KeyPair | None
    user_data: bytes | None
    metadata: dict
    nics: tuple
    security_groups: tuple = _DEFAULT_SECURITY_GROUPS
    admin_password: str | None = None
    files: tuple = ()

    @classmethod
    def from_instance(cls, instance, network_info, *, admin_password=None, injected_files=()):
        """Make the facts of objects, on the host that builds the guest.

        :param injected_files: pairs of path and base64 text
        """
        row = {name: getattr(instance, name) for name in _TAKEN}
        flavor = {name: getattr(instance.flavor, name) for name in ('name', 'ephemeral_gb', 'swap')}
        facts = cls.from_row(
            dict(row, flavor=flavor, network_info=network_info.to_rows()),
            dict(instance.metadata))
        return dataclasses.replace(facts, admin_password=admin_password, files=tuple(
            File(path, base64.b64decode(content)) for path, content in injected_files))

    @classmethod
    def from_row(cls, row, metadata):
        """Make the facts of a row of ``instances`` and its metadata."""
        flavor = row['flavor']
        return cls(
            id=row['id'], uuid=row['uuid'], name=row['display_name'],
            hostname=_full_hostname(row['hostname'] or row['uuid']),
            project_id=row['project_id'], availability_zone=row['availability_zone'],
            launch_index=row['launch_index'], reservation_id=row['reservation_id'],
            image_ref=row['image_ref'], kernel_id=row['kernel_id'], ramdisk_id=row['ramdisk_id'],
            flavor_name=flavor['name'], ephemeral_gb=flavor['ephemeral_gb'],
            swap_mb=flavor['swap'], root_device_name=row['root_device_name'],
            key=_key(row['key_name'], row['key_data']), user_data=_decoded(row['user_data']),
            metadata=metadata, nics=tuple(row['network_info'] or ()))

    def fixed_addresses(self, version):
        """Answer the guest's addresses of IP version 4 or 6, first NIC first."""
        return [fixed_ip['address'] for nic in self.nics for fixed_ip in nic['fixed_ips']
                if fixed_ip['version'] == version]


_TAKEN = ('id', 'uuid', 'display_name', 'hostname', 'project_id', 'availability_zone',
          'launch_index', 'reservation_id', 'image_ref', 'kernel_id', 'ramdisk_id',
          'root_device_name', 'key_name', 'key_data', 'user_data')


def _full_hostname(hostname):
    domain = cfg.CONF.api.dhcp_domain
    if not domain or '.' in hostname:
        return hostname
    return f'{hostname}.{domain}'


def _key(name, public_key):
    return KeyPair(name, public_key) if name and public_key else None


def _decoded(user_data):
    """The API has refused what is not base64; what still is not is given as it is."""
    if not user_data:
        return None
    try:
        return base64.b64decode(user_data)
    except binascii.Error:
        return user_data.encode()

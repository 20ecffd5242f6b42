# SPDX-License-Identifier: Apache-2.0
"""What a new network is: checked and completed, before anything is recorded.

Pure. Called by nova-lite-manage; db/stores/networks.py records the outcome.
"""

import dataclasses
import ipaddress
import random
import re

import netaddr
from oslo_utils import uuidutils

from nova_lite import exception

LARGEST_PREFIX, SMALLEST_PREFIX = 16, 29
DEVICE = re.compile(r'[a-zA-Z][a-zA-Z0-9_.-]{0,14}')
LABEL_LENGTH = 255
MINIMUM_MTU, MAXIMUM_MTU = 576, 65535


@dataclasses.dataclass(frozen=True)
class Definition:
    """A network as it is recorded.

    :ivar row: the columns of ``networks``
    :ivar usable: first and last address that servers may have
    """

    row: dict
    usable: tuple

    def address_rows(self):
        """Yield the columns of ``fixed_ips`` for every address of the network.

        Each has a lot of its own, at random; reserved ones have the lowest, so
        that a search which begins anywhere meets a free one.
        """
        addresses = list(ipaddress.ip_network(self.row['cidr']).hosts())
        reserved = [address for address in addresses if self._is_reserved(address)]
        free = [address for address in addresses if not self._is_reserved(address)]
        random.shuffle(free)
        for lot, address in enumerate(reserved + free):
            yield {'address': str(address), 'lot': lot, 'reserved': lot < len(reserved)}

    def free_count(self):
        """Answer how many addresses servers can have."""
        return sum(not row['reserved'] for row in self.address_rows())

    def overlaps(self, cidr):
        """Answer whether another range has an address of this one."""
        return ipaddress.ip_network(self.row['cidr']).overlaps(ipaddress.ip_network(cidr))

    def _is_reserved(self, address):
        first, last = self.usable
        return not first <= address <= last or str(address) in (
            self.row['gateway'], self.row['dhcp_server'])


def define(wishes):
    """Answer the Definition of what an operator asks for.

    :param wishes: ``label``, ``cidr``, ``bridge``, ``mtu``, and as far as wanted
        ``uuid``, ``gateway``, ``dhcp_server``, ``dns1``, ``dns2``,
        ``bridge_interface``, ``project_id``, ``allowed_start``, ``allowed_end``
    :raises NetworkDefinitionInvalid: with what is wrong and what would be right
    """
    fixed_range = _range(wishes['cidr'])
    hosts = fixed_range[1], fixed_range[-2]
    gateway = _inside(wishes.get('gateway') or hosts[0], fixed_range, 'gateway')
    dhcp_server = _inside(wishes.get('dhcp_server') or gateway, fixed_range, 'DHCP server')
    first = _inside(wishes.get('allowed_start') or hosts[0], fixed_range, 'first address')
    last = _inside(wishes.get('allowed_end') or hosts[1], fixed_range, 'last address')
    _require(first <= last, f'the first address {first} is after the last one {last}')
    definition = Definition(usable=(first, last), row={
        'uuid': _uuid(wishes.get('uuid')),
        'label': _label(wishes['label']),
        'cidr': str(fixed_range),
        'gateway': str(gateway),
        'dhcp_server': str(dhcp_server),
        'dns1': _name_server(wishes.get('dns1')),
        'dns2': _name_server(wishes.get('dns2')),
        'bridge': _device(wishes['bridge']),
        'bridge_interface': _device(wishes.get('bridge_interface')),
        'mtu': _mtu(wishes['mtu']),
        'project_id': wishes.get('project_id') or None,
    })
    _require(definition.free_count(), f'no address of {fixed_range} would be left for servers')
    return definition


def next_bridge(preferred, taken):
    """Answer a name for a bridge that no network has: br100, br101 ..."""
    if preferred not in taken:
        return preferred
    stem = preferred.rstrip('0123456789')
    number = int(preferred[len(stem):] or 0)
    while f'{stem}{number}' in taken:
        number += 1
    return f'{stem}{number}'


def _range(text):
    """netaddr reads shortened and other odd forms the strict way; ipaddress does the rest."""
    try:
        parsed = netaddr.IPNetwork(text)
    except (netaddr.AddrFormatError, ValueError) as error:
        raise exception.NetworkDefinitionInvalid(
            reason=f'{text} is not a range of addresses, such as 10.20.0.0/24') from error
    _require('/' in text, f'{text} has no prefix; did you mean {text}/24?')
    _require(parsed.version == 4, f'{text} is not IPv4, which is what flat networks have')
    _require(parsed.ip == parsed.cidr.ip,
             f'{text} has host bits; the range is {parsed.cidr}')
    _require(LARGEST_PREFIX <= parsed.prefixlen <= SMALLEST_PREFIX,
             f'{text} is of the wrong size; the prefix must be from /{LARGEST_PREFIX} '
             f'to /{SMALLEST_PREFIX}')
    cidr = ipaddress.ip_network(str(parsed.cidr))
    _require(not (cidr.is_loopback or cidr.is_link_local or cidr.is_multicast
                  or cidr.is_reserved or cidr.is_unspecified),
             f'{text} can not be used by hosts')
    return cidr


def _inside(address, fixed_range, what):
    parsed = _address(address, what)
    _require(parsed in fixed_range and parsed not in (fixed_range[0], fixed_range[-1]),
             f'the {what} {address} is not an address for hosts in {fixed_range}')
    return parsed


def _address(text, what):
    try:
        return ipaddress.IPv4Address(str(netaddr.IPAddress(str(text), version=4)))
    except (netaddr.AddrFormatError, ValueError) as error:
        raise exception.NetworkDefinitionInvalid(
            reason=f'the {what} {text} is not an IPv4 address') from error


def _name_server(text):
    return str(_address(text, 'name server')) if text else None


def _device(name):
    _require(name is None or DEVICE.fullmatch(name),
             f'{name!r} is not a name of an interface: a letter, then up to 14 letters, digits, '
             f'dots, dashes or underscores')
    return name


def _label(text):
    _require(text and text == text.strip() and len(text) <= LABEL_LENGTH and text.isprintable(),
             f'{text!r} is not a label')
    return text


def _mtu(size):
    _require(MINIMUM_MTU <= size <= MAXIMUM_MTU,
             f'an MTU is from {MINIMUM_MTU} to {MAXIMUM_MTU}, not {size}')
    return size


def _uuid(text):
    _require(text is None or uuidutils.is_uuid_like(text), f'{text} is not a UUID')
    return text or uuidutils.generate_uuid()


def _require(condition, reason):
    if not condition:
        raise exception.NetworkDefinitionInvalid(reason=reason)

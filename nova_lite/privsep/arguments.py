# SPDX-License-Identifier: Apache-2.0
"""Checks of what comes over the boundary to root.

Every value ends up in a command, in a rule or in a file that root reads. What
is let through here is a name or a number of a known shape, so none of them can
be an option, a second line or a path.
"""

import ipaddress
import re

DEVICE = re.compile(r'[a-zA-Z][a-zA-Z0-9_.-]{0,14}')
MAC = re.compile(r'[0-9a-f]{2}(:[0-9a-f]{2}){5}')
HOST_NAME = re.compile(r'[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?')
MINIMUM_MTU, MAXIMUM_MTU = 576, 65535


def device(name):
    """Answer the name of a network device.

    :raises ValueError: if it has not the form of one
    """
    return _matching(DEVICE, name, 'a device name')


def mac(address):
    """Answer a MAC address in lower case with colons.

    :raises ValueError: if it has not that form
    """
    return _matching(MAC, address, 'a MAC address')


def host_name(name):
    """Answer the name, or None if dnsmasq should better not be given it."""
    return name if isinstance(name, str) and HOST_NAME.fullmatch(name) else None


def ipv4(address):
    """Answer an address in its canonical form.

    :raises ValueError: if it is not an IPv4 address
    """
    return str(ipaddress.IPv4Address(address))


def ipv4_range(cidr):
    """Answer a range in its canonical form.

    :raises ValueError: if it is not an IPv4 range
    """
    return str(ipaddress.IPv4Network(cidr))


def mtu(size):
    """Answer an MTU.

    :raises ValueError: if no network has such a one
    """
    if isinstance(size, int) and MINIMUM_MTU <= size <= MAXIMUM_MTU:
        return size
    raise ValueError(f'{size!r} is not an MTU')


def port(number):
    """Answer a TCP port.

    :raises ValueError: if it is none
    """
    if isinstance(number, int) and 0 < number < 65536:
        return number
    raise ValueError(f'{number!r} is not a port')


def network(given):
    """Answer a network as the other modules take it; see network/flat_dhcp/plan.py.

    :raises ValueError: if a value is not of its kind
    """
    return {
        'bridge': device(given['bridge']),
        'mac': mac(given['mac']),
        'mtu': mtu(given['mtu']),
        'cidr': ipv4_range(given['cidr']),
        'dhcp_server': ipv4(given['dhcp_server']),
        'gateway': ipv4(given['gateway']),
        'nameservers': [ipv4(server) for server in given['nameservers']],
        'uplink': device(given['uplink']) if given['uplink'] else None,
    }


def nic(given):
    """Answer a NIC as the other modules take it; see network/flat_dhcp/plan.py.

    :raises ValueError: if a value is not of its kind
    """
    return {
        'bridge': device(given['bridge']),
        'device': device(given['device']),
        'mac': mac(given['mac']),
        'addresses': [ipv4(address) for address in given['addresses']],
        'host_name': host_name(given['host_name']),
    }


def _matching(pattern, text, kind):
    if isinstance(text, str) and pattern.fullmatch(text):
        return text
    raise ValueError(f'{text!r} is not {kind}')

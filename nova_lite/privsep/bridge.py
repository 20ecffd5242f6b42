# SPDX-License-Identifier: Apache-2.0
"""Bridges: made, checked and removed, as root.

Callers are in privsep/guest_network.py, which has checked the arguments and
holds the lock.
"""

import ipaddress
import json
import pathlib

from nova_lite import conf, exception
from nova_lite.privsep import commands

CONF = conf.CONF
DEVICES = pathlib.Path('/sys/class/net')
FORWARDING = pathlib.Path('/proc/sys/net/ipv4/ip_forward')
UP = 0x1


def exists(name):
    """Answer whether a device of that name is there."""
    return (DEVICES / name).exists()


def is_ready(network):
    """Answer, from a few small files, whether the bridge is as it should be.

    The address can't be seen there; ``ensure`` looks after it.
    """
    name = network['bridge']
    if not (DEVICES / name / 'bridge').exists() or not int(_read(name, 'flags'), 16) & UP:
        return False
    uplink = network['uplink']
    return (_read(name, 'address') == network['mac']
            and _read(name, 'mtu') == str(network['mtu'])
            and (uplink is None or master_of(uplink) == name))


def ports_of(name):
    """Answer the devices on a bridge; none if there is no such bridge."""
    ports = DEVICES / name / 'brif'
    return sorted(port.name for port in ports.iterdir()) if ports.is_dir() else []


def ensure(network):
    """Make the bridge, or change the one that is there into what it should be.

    Ports that it has keep running.

    :raises NetworkHostFailed: if the host's own network is in the way
    """
    name = network['bridge']
    _refuse_foreign_device(name)
    _refuse_overlap(network)
    batch = [] if exists(name) else [f'link add name {name} type bridge']
    batch += [
        # Guests must not wait for a topology that can not have loops.
        f'link set dev {name} type bridge stp_state 0 forward_delay 0',
        f'link set dev {name} address {network["mac"]} mtu {network["mtu"]}',
    ]
    if not CONF.use_ipv6:
        # A guest could reach services of the host by the bridge's link-local address.
        batch.append(f'link set dev {name} addrgenmode none')
    batch += [*_address_changes(network), f'link set dev {name} up', *_uplink_changes(network)]
    commands.run('ip', '-batch', '-', text=_lines(batch))


def remove(name):
    """Remove a bridge, which sets its ports free; nothing happens if it is gone already."""
    if (DEVICES / name / 'bridge').exists():
        commands.run('ip', 'link', 'delete', 'dev', name)


def adopt(name, device):
    """Make a tap that has lost its bridge a port of it again."""
    if exists(device) and master_of(device) != name:
        commands.run('ip', 'link', 'set', 'dev', device, 'master', name, 'up')


def master_of(device):
    """Answer the bridge that a device is a port of; None if it is none's."""
    link = DEVICES / device / 'master'
    return link.resolve().name if link.exists() else None


def enable_forwarding():
    """Let the kernel route the guests' packets.

    :raises NetworkHostFailed: if it does not and can't be told to
    """
    if FORWARDING.read_text().strip() == '1':
        return
    try:
        FORWARDING.write_text('1')
    except OSError as error:
        raise exception.NetworkHostFailed(
            reason=f'net.ipv4.ip_forward can not be set to 1 ({error}); set it by a file in '
                   f'/etc/sysctl.d') from error


def _refuse_foreign_device(name):
    if exists(name) and not (DEVICES / name / 'bridge').exists():
        raise exception.NetworkHostFailed(
            reason=f'{name} should be a bridge but is another kind of interface')


def _refuse_overlap(network):
    """A second interface in the same range would take the host's own traffic away."""
    wanted = ipaddress.ip_network(network['cidr'])
    for name, address in _addresses():
        if name != network['bridge'] and wanted.overlaps(address.network):
            raise exception.NetworkHostFailed(
                reason=f'the range {wanted} of bridge {network["bridge"]} overlaps with {address} '
                       f'on {name} of this host; use another range')


def _address_changes(network):
    prefix = ipaddress.ip_network(network['cidr']).prefixlen
    wanted = ipaddress.ip_interface(f'{network["dhcp_server"]}/{prefix}')
    name = network['bridge']
    stale = [address for owner, address in _addresses() if owner == name and address != wanted]
    yield f'address replace {wanted} broadcast + dev {name}'
    for address in stale:
        yield f'address delete {address} dev {name}'


def _uplink_changes(network):
    name, uplink = network['bridge'], network['uplink']
    if uplink is None:
        return
    if not exists(uplink):
        raise exception.NetworkHostFailed(
            reason=f'there is no interface {uplink}, which should connect {name} to other hosts')
    if master_of(uplink) not in (None, name):
        raise exception.NetworkHostFailed(
            reason=f'interface {uplink} is a port of {master_of(uplink)} already')
    if any(owner == uplink for owner, _address in _addresses()):
        raise exception.NetworkHostFailed(
            reason=f'interface {uplink} has an address, which would be unreachable as a port of '
                   f'{name}; use an interface without addresses, or none')
    yield f'link set dev {uplink} master {name} up'


def _addresses():
    """Answer (device, address) of the host's IPv4 addresses."""
    listed = json.loads(commands.run('ip', '-json', '-4', 'address', 'show') or '[]')
    return [(link['ifname'], ipaddress.ip_interface(f'{entry["local"]}/{entry["prefixlen"]}'))
            for link in listed if link for entry in link['addr_info']]


def _read(name, attribute):
    return (DEVICES / name / attribute).read_text().strip()


def _lines(batch):
    return ''.join(f'{line}\n' for line in batch)

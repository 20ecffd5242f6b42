# SPDX-License-Identifier: Apache-2.0
"""dnsmasq's leases: what it must forget when an address changes hands.

dnsmasq does not give a guest its address while another MAC holds a lease of it,
and leases last longer than guests. While dnsmasq runs, a release is sent in the
former guest's name; while it does not, the line is taken out of its file.

Callers are in privsep/dnsmasq.py.
"""

import contextlib
import ipaddress
import os
import secrets
import socket
import struct

RELEASE = 7
SERVER_PORT = 67
MAGIC = 0x63825363
OPTION_MESSAGE_TYPE, OPTION_SERVER, OPTION_END = 53, 54, 255


def read(path):
    """Answer the leases of a file as (MAC, address, line)."""
    leases = []
    with contextlib.suppress(FileNotFoundError):
        for line in path.read_text().splitlines():
            parts = line.split()
            if len(parts) >= 4:   # others are identifiers of the server itself
                leases.append((parts[1], parts[2], line))
    return leases


def keep_only(path, hosts):
    """Take the leases of others than these hosts out of a file; dnsmasq must not run.

    :param hosts: MAC -> (address, host name)
    """
    leases = read(path)
    kept = [line for mac, address, line in leases if _is_current(mac, address, hosts)]
    if len(kept) < len(leases):
        aside = path.with_name(f'{path.name}.new')
        aside.write_text(''.join(f'{line}\n' for line in kept))
        os.chmod(aside, 0o644)
        aside.rename(path)


def release_others(path, hosts, *, bridge, server):
    """Release the leases of others than these hosts at the running dnsmasq."""
    for mac, address, _line in read(path):
        if not _is_current(mac, address, hosts):
            _send(release_of(mac, address, server), bridge)


def release_of(mac, address, server):
    """Answer the packet by which a client gives its address back."""
    fixed = struct.pack(
        '!BBBBIHH4s4s4s4s16s64s128sI',
        1, 1, 6, 0, secrets.randbits(32), 0, 0,
        ipaddress.IPv4Address(address).packed, b'', b'', b'',
        bytes.fromhex(mac.replace(':', '')), b'', b'', MAGIC)
    return fixed + bytes([
        OPTION_MESSAGE_TYPE, 1, RELEASE,
        OPTION_SERVER, 4, *ipaddress.IPv4Address(server).packed,
        OPTION_END])


def _is_current(mac, address, hosts):
    return mac in hosts and hosts[mac][0] == address


def _send(packet, bridge):
    # The server's socket is bound to the bridge. A broadcast sent out of the
    # bridge comes back in by it; a packet to the server's address would come
    # in by the loopback interface and not be seen.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, bridge.encode())
        sender.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        sender.sendto(packet, ('255.255.255.255', SERVER_PORT))

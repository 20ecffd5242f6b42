# SPDX-License-Identifier: Apache-2.0
"""What root is to do, in plain values: networks and NICs as privsep takes them.

Pure functions. The twin that checks the values is nova_lite/privsep/arguments.py.
"""

import uuid

MAC_PREFIX = 'fa:16:3f'   # guests have fa:16:3e
TAP_PREFIX = 'tap'


def networks_of(network_infos, *, flat_interface=None):
    """Answer each network of these servers once.

    :param flat_interface: port of the bridges of networks that name none
    """
    networks = {vif.network.bridge: vif.network
                for network_info in network_infos for vif in network_info}
    return [network_for(network, flat_interface=flat_interface)
            for _bridge, network in sorted(networks.items())]


def network_for(network, *, flat_interface=None):
    """Answer one network."""
    return {
        'bridge': network.bridge,
        'mac': bridge_mac(network.uuid),
        'mtu': network.mtu,
        'cidr': network.cidr,
        'dhcp_server': network.dhcp_server,
        'gateway': network.gateway,
        'nameservers': network.nameservers,
        'uplink': network.bridge_interface or flat_interface,
    }


def nics_of(network_info, host_name=None):
    """Answer the NICs of a server.

    :param host_name: the name that DHCP tells the guest
    """
    return [{
        'bridge': vif.network.bridge,
        'device': vif.devname,
        'mac': vif.address,
        'addresses': vif.addresses,
        'host_name': host_name,
    } for vif in network_info]


def bridge_mac(network_uuid):
    """Answer the MAC of a network's bridges.

    It is the same on all hosts, as the address is, so that a guest that moves
    finds its gateway where it was.
    """
    tail = uuid.UUID(network_uuid).bytes[-3:]
    return ':'.join([MAC_PREFIX, *(f'{byte:02x}' for byte in tail)])

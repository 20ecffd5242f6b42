# SPDX-License-Identifier: Apache-2.0
"""``network_data.json``: the guest's links, the networks on them, the name servers."""

import ipaddress

# A tap on a bridge of the host; guests that configure by this document treat it as Ethernet.
_LINK_TYPE = 'bridge'


def render(nics):
    """Answer the document for the NICs of a server.

    :param nics: stored network info, see nova_lite/objects/network.py
    """
    networks = [entry for nic in nics for entry in _networks_on(nic)]
    for number, entry in enumerate(networks):
        entry['id'] = f'network{number}'
    return {
        'links': [_link(nic) for nic in nics],
        'networks': networks,
        'services': _services(nics),
    }


def _link_name(nic):
    return f'tap{nic["id"]}'[:14]


def _link(nic):
    return {
        'id': _link_name(nic),
        'vif_id': nic['id'],
        'type': _LINK_TYPE,
        'mtu': nic['network']['mtu'],
        'ethernet_mac_address': nic['address'],
    }


def _networks_on(nic):
    for fixed_ip in nic['fixed_ips']:
        entry = {'link': _link_name(nic), 'network_id': nic['network']['uuid']}
        # With a DHCP server on the network the guest asks it; the address is not repeated here.
        if nic['network'].get('dhcp_server'):
            yield dict(entry, type=f'ipv{fixed_ip["version"]}_dhcp')
        else:
            yield dict(entry, **_static(nic['network'], fixed_ip))


def _static(network, fixed_ip):
    cidr = ipaddress.ip_network(network['cidr'])
    entry = {
        'type': f'ipv{cidr.version}',
        'ip_address': fixed_ip['address'],
        'netmask': str(cidr.netmask),
        'routes': [],
        'services': _name_servers(network),
    }
    if network['gateway']:
        everywhere = ipaddress.ip_network('0.0.0.0/0' if cidr.version == 4 else '::/0')
        entry['routes'].append({
            'network': str(everywhere.network_address),
            'netmask': str(everywhere.netmask),
            'gateway': network['gateway'],
        })
    return entry


def _services(nics):
    seen = {}
    for nic in nics:
        for service in _name_servers(nic['network']):
            seen.setdefault(service['address'], service)
    return list(seen.values())


def _name_servers(network):
    return [{'type': 'dns', 'address': address}
            for address in (network['dns1'], network['dns2']) if address]

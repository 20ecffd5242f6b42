# SPDX-License-Identifier: Apache-2.0
"""NICs and networks for tests, as the store answers them."""

from nova_lite.objects import network as network_objects

NETWORK_UUID = '6f1d4c5a-5ad0-4b43-9a6e-cbd1f0a4d112'
NIC_UUID = '%08x-5ad0-4b43-9a6e-cbd1f0a40001'


def network_row(**changes):
    """The columns of a network that a NIC carries."""
    return {
        'id': 1, 'uuid': NETWORK_UUID, 'label': 'private', 'cidr': '10.77.0.0/24',
        'gateway': '10.77.0.1', 'dhcp_server': '10.77.0.1', 'dns1': None, 'dns2': None,
        'bridge': 'br100', 'bridge_interface': None, 'mtu': 1450, 'project_id': None, **changes}


def nic_row(number=1, network=None, **changes):
    """A NIC with the address .<number+2>."""
    return {
        'id': NIC_UUID % number, 'address': f'fa:16:3e:00:00:{number:02x}',
        'network': network or network_row(),
        'fixed_ips': [{'address': f'10.77.0.{number + 2}', 'version': 4}],
        'device_index': 0, 'tag': None, **changes}


def network_info(*rows):
    """The same as the object that travels."""
    return network_objects.NetworkInfo.from_rows(None, rows or [nic_row()])

# SPDX-License-Identifier: Apache-2.0
"""What the compute API had once and has in no microversion any more: it answers 410.

These are no routes: nothing of a request but its method and address is read, and the
name of its action, so they have neither schema nor policy. What only newer microversions lack is a
route with ``until``, and answers 404 there.
"""

from nova_lite.api.openstack.compute.routes import parts

BY_ADDRESS = {
    '/os-agents': ('GET', 'POST'),
    '/os-agents/{agent_id}': ('PUT', 'DELETE'),
    '/os-cells': ('GET', 'POST'),
    '/os-cells/capacities': ('GET',),
    '/os-cells/detail': ('GET',),
    '/os-cells/info': ('GET',),
    '/os-cells/sync_instances': ('POST',),
    '/os-cells/{cell_id}': ('GET', 'PUT', 'DELETE'),
    '/os-cells/{cell_id}/capacities': ('GET',),
    '/os-certificates': ('POST',),
    '/os-certificates/{certificate_id}': ('GET',),
    '/os-cloudpipe': ('GET', 'POST'),
    '/os-cloudpipe/configure-project': ('PUT',),
    '/os-fixed-ips/{fixed_ip}': ('GET',),
    '/os-fixed-ips/{fixed_ip}/action': ('POST',),
    '/os-floating-ip-dns': ('GET',),
    '/os-floating-ip-dns/{domain}': ('PUT', 'DELETE'),
    '/os-floating-ip-dns/{domain}/entries/{name}': ('GET', 'PUT', 'DELETE'),
    '/os-floating-ips-bulk': ('GET', 'POST'),
    '/os-floating-ips-bulk/delete': ('PUT',),
    '/os-floating-ips-bulk/{host_name}': ('GET',),
    '/os-fping': ('GET',),
    '/os-fping/{server_id}': ('GET',),
    '/os-networks': ('POST',),
    '/os-networks/add': ('POST',),
    '/os-networks/{network_id}': ('DELETE',),
    '/os-networks/{network_id}/action': ('POST',),
    '/os-security-group-default-rules': ('GET', 'POST'),
    '/os-security-group-default-rules/{rule_id}': ('GET', 'DELETE'),
    '/os-tenant-networks': ('POST',),
    '/os-tenant-networks/{network_id}': ('DELETE',),
    f'{parts.SERVER}/consoles': ('GET', 'POST'),
    f'{parts.SERVER}/consoles/{{console_id}}': ('GET', 'DELETE'),
    f'{parts.SERVER}/os-virtual-interfaces': ('GET',),
}

ACTIONS = frozenset({'resetNetwork'})
"""Actions of servers; its sister injectNetworkInfo is none of them, Nova still has it."""

TABLE = tuple((method, path) for path, methods in BY_ADDRESS.items() for method in methods)

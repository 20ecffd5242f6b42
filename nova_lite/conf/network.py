# SPDX-License-Identifier: Apache-2.0
"""Options of the built-in network; read by nova_lite/network and nova_lite/privsep.

A compute host reads them, from compute.conf. ``flat_network_bridge`` and
``flat_interface`` are also what ``nova-lite-manage network create`` proposes.
"""

from oslo_config import cfg

OPTIONS = [
    cfg.StrOpt(
        'network_driver',
        default='flat_dhcp',
        choices=[
            ('flat_dhcp', 'a bridge, dnsmasq and nftables on each host'),
            ('fake', 'nothing is set up; for the fake virt driver and for tests')],
        help='How a host connects its guests.'),
    cfg.StrOpt(
        'flat_network_bridge',
        default='br100',
        regex=r'^[a-zA-Z][a-zA-Z0-9_.-]{0,14}$',
        help='Name of the bridge of the first network that is created.'),
    cfg.StrOpt(
        'flat_interface',
        regex=r'^[a-zA-Z][a-zA-Z0-9_.-]{0,14}$',
        help="""
Interface that becomes a port of the bridge, so that guests on several hosts reach each other.

It must have no addresses of its own. It counts for networks that were created without
``--bridge-interface``. Unset: guests reach those on the same host, and the outside by NAT.
"""),
    cfg.StrOpt(
        'public_interface',
        regex=r'^[a-zA-Z][a-zA-Z0-9_.-]{0,14}$',
        help="""
Interface towards the outside, on which guests' addresses are translated.

Unset: every interface that is not a bridge of a network.
"""),
    cfg.IPOpt(
        'routing_source_ip',
        version=4,
        help="""
Address that guests appear under outside.

Unset: the address of the interface that the packet leaves by, whatever it is at the time.
"""),
    cfg.ListOpt(
        'force_snat_range',
        item_type=cfg.types.String(),
        default=[],
        help="""
Destinations (CIDRs) for which guests' addresses are always translated.

Also where they would not be: between fixed ranges, and in ``dmz_cidr``.
"""),
    cfg.ListOpt(
        'dmz_cidr',
        item_type=cfg.types.String(),
        default=[],
        help="Destinations (CIDRs) that see the guests' own addresses. They need a route back."),
    cfg.StrOpt(
        'networks_path',
        default='$state_path/networks',
        help="""
Directory in which each network of the host has its dnsmasq's files.

dnsmasq reads them as its own user, so every directory above it must be open to others
for passing through (mode 0755 or 0711).
"""),
    cfg.IntOpt(
        'dhcp_lease_time',
        default=86400, min=120,
        help='Seconds for which a guest is given its address; it renews after half of that.'),
    cfg.ListOpt(
        'dns_server',
        default=[],
        help="""
Name servers that guests are told where their network names none.

None here either: they are told the host's dnsmasq, which asks the host's name servers.
"""),
    cfg.StrOpt(
        'dnsmasq_config_file',
        help="""
File with further settings of dnsmasq, added to every network's.

It must belong to root and be writable by nobody else, since dnsmasq starts as root.
"""),
    cfg.BoolOpt(
        'use_ipv6',
        default=False,
        help="""
Let guests use IPv6 among themselves with their link-local addresses.

Off: no IPv6 passes a guest's NIC. Router advertisements of guests are dropped in any case.
"""),
    cfg.IPOpt(
        'metadata_host',
        version=4,
        sample_default='$my_ip',
        help="""
Address of the metadata service. Unset: ``my_ip``.

Requests reach it with the guest's own address, by which the service knows the guest; on
another machine than this one it needs a route back to the guests.
"""),
    cfg.PortOpt(
        'metadata_port',
        default=8775,
        help='Port of the metadata service.'),
]


def register_opts(conf):
    """Add the options to a configuration."""
    conf.register_opts(OPTIONS)


def list_opts():
    """Answer the options by group, for the sample configuration."""
    return {'DEFAULT': OPTIONS}

# SPDX-License-Identifier: Apache-2.0
"""The packet rules of a host: what guests may send, translation, the way to the metadata.

Two tables of the name ``nova_lite`` hold all of it, ``bridge`` for the frames of
guests and ``ip`` for what is routed; no other table is touched. The rules are
fixed and look into sets, so a guest that comes or goes changes elements of sets
only. Each change is one transaction of the kernel.

Callers are in privsep/guest_network.py, which has checked the arguments.
"""

import dataclasses

from nova_lite.privsep import commands

METADATA_ADDRESS = '169.254.169.254'
TABLES = ('bridge nova_lite', 'ip nova_lite')
RARP = '0x8035'   # sent by QEMU for a guest that has just arrived

BRIDGE_SETS = {
    'taps': 'type ifname;',
    'macs': 'type ifname . ether_addr;',
    'sources': 'type ifname . ether_addr . ipv4_addr;',
    'uplinks': 'type ifname;',
    'host_macs': 'type ether_addr;',
    'host_addresses': 'type ipv4_addr;',
}
IP_SETS = {
    'bridges': 'type ifname;',
    'fixed_ranges': 'type ipv4_addr; flags interval; auto-merge;',
}


@dataclasses.dataclass(frozen=True)
class Translation:
    """How guests' packets leave the host; addresses and names are checked already.

    :ivar public_interface: None means every interface that is not a bridge of ours
    :ivar source: None means the address of the interface that a packet leaves by
    :ivar forced: destinations for which guests are translated in any case
    :ivar untranslated: destinations that see the guests' own addresses
    :ivar metadata_host: None means this host, whatever its addresses
    """

    public_interface: str | None
    source: str | None
    forced: tuple
    untranslated: tuple
    metadata_host: str | None
    metadata_port: int
    ipv6: bool


def replace(networks, nics, translation):
    """Make the rules what they should be, whatever they were."""
    forget = [f'add table {table}\ndelete table {table}' for table in TABLES]
    commands.run('nft', '-f', '-', text='\n'.join(
        [*forget, skeleton(translation), elements('add', networks, nics)]))


def add(networks, nics, translation):
    """Add networks and NICs; answer whether the tables were there.

    If they were not, somebody has flushed the rules: they are made anew for
    what is given here, and the caller has to ask for the rest.
    """
    additions = elements('add', networks, nics)
    if not commands.attempt('nft', '-f', '-', text=additions).returncode:
        return True
    complete = are_complete()
    commands.run('nft', '-f', '-', text=f'{skeleton(translation)}\n{additions}')
    return complete


def remove(nics):
    """Remove NICs; those that are gone already do not matter."""
    # Deleting an element that is not there is an error, so it is added first.
    text = elements('add', [], nics) + '\n' + elements('delete', [], nics)
    if commands.attempt('nft', '-f', '-', text=text).returncode and are_complete():
        commands.run('nft', '-f', '-', text=text)


def clear():
    """Remove our tables."""
    commands.run('nft', '-f', '-', text='\n'.join(
        f'add table {table}\ndelete table {table}' for table in TABLES))


def are_complete():
    """Answer whether our tables are there."""
    return not any(commands.attempt('nft', 'list', 'table', *table.split()).returncode
                   for table in TABLES)


def elements(verb, networks, nics):
    """Answer the commands that add or delete the elements of networks and NICs."""
    by_set = {f'bridge nova_lite {name}': [] for name in BRIDGE_SETS}
    by_set |= {f'ip nova_lite {name}': [] for name in IP_SETS}
    for network in networks:
        _add_network(by_set, network)
    for nic in nics:
        _add_nic(by_set, nic)
    return '\n'.join(f'{verb} element {name} {{ {", ".join(dict.fromkeys(members))} }}'
                     for name, members in by_set.items() if members)


def _add_network(by_set, network):
    by_set['bridge nova_lite host_macs'].append(network['mac'])
    by_set['bridge nova_lite host_addresses'].append(network['dhcp_server'])
    by_set['ip nova_lite bridges'].append(_quoted(network['bridge']))
    if network['uplink']:
        by_set['bridge nova_lite uplinks'].append(_quoted(network['uplink']))
    if network['gateway'] == network['dhcp_server']:
        by_set['ip nova_lite fixed_ranges'].append(network['cidr'])


def _add_nic(by_set, nic):
    tap, mac = _quoted(nic['device']), nic['mac']
    by_set['bridge nova_lite taps'].append(tap)
    by_set['bridge nova_lite macs'].append(f'{tap} . {mac}')
    by_set['bridge nova_lite sources'] += [
        f'{tap} . {mac} . {address}' for address in nic['addresses']]


def skeleton(translation):
    """Answer tables, sets and rules; applied over existing ones, elements stay."""
    return '\n'.join([
        *_table('bridge', BRIDGE_SETS, _bridge_chains(translation)),
        *_table('ip', IP_SETS, _ip_chains(translation)),
    ])


def _table(family, sets, chains):
    yield f'add table {family} nova_lite'
    for name, definition in sets.items():
        yield f'add set {family} nova_lite {name} {{ {definition} }}'
    for name, (hook, _rules) in chains.items():
        yield f'add chain {family} nova_lite {name}{hook}'
        yield f'flush chain {family} nova_lite {name}'
    for name, (_hook, rules) in chains.items():
        for rule in rules:
            yield f'add rule {family} nova_lite {name} {rule}'


def _bridge_chains(translation):
    return {
        'from_guest': ('', _guest_rules(translation.ipv6)),
        'from_wire': ('', [
            # Each host is gateway and DHCP server for its own guests, with the same
            # addresses as the others; between the hosts these must not be seen.
            'ether saddr @host_macs drop',
            'ether type arp arp saddr ip @host_addresses drop',
            'ether type arp arp daddr ip @host_addresses drop',
            'ether type ip udp dport { 67, 68 } drop',
            *([] if translation.ipv6 else ['ether type ip6 drop']),
        ]),
        'to_wire': ('', [
            'ether saddr @host_macs drop',
            'ether type arp arp daddr ip @host_addresses drop',
            'ether type ip udp dport { 67, 68 } drop',
        ]),
        'prerouting': (' { type filter hook prerouting priority -200; }', [
            'iifname @taps goto from_guest',
            'iifname @uplinks goto from_wire',
        ]),
        'postrouting': (' { type filter hook postrouting priority 0; }', [
            'oifname @uplinks goto to_wire',
        ]),
    }


def _guest_rules(ipv6):
    rules = [
        'iifname . ether saddr != @macs drop',
        # A probe asks whether an address is taken before the guest uses it.
        'ether type arp arp saddr ip 0.0.0.0 iifname . arp saddr ether @macs accept',
        'ether type arp iifname . arp saddr ether . arp saddr ip @sources accept',
        'ether type ip udp sport 67 drop',
        'ether type ip iifname . ether saddr . ip saddr @sources accept',
        'ether type ip ip saddr 0.0.0.0 ip daddr 255.255.255.255 '
        'udp sport 68 udp dport 67 accept',
        f'ether type {RARP} accept',
    ]
    if ipv6:
        rules += [
            'ether type ip6 icmpv6 type { nd-router-advert, nd-redirect } drop',
            'ether type ip6 udp sport 547 drop',
            'ether type ip6 ip6 saddr { fe80::/10, :: } accept',
        ]
    return [*rules, 'drop']


def _ip_chains(translation):
    return {
        'prerouting': (' { type nat hook prerouting priority -100; }', [
            f'iifname @bridges ip daddr {METADATA_ADDRESS} tcp dport 80 '
            f'{_metadata_verdict(translation)}',
        ]),
        'translate': ('', [_source_verdict(translation.source)]),
        'postrouting': (' { type nat hook postrouting priority 100; }',
                        list(_postrouting_rules(translation))),
    }


def _metadata_verdict(translation):
    if translation.metadata_host is None:
        return f'redirect to :{translation.metadata_port}'
    return f'dnat to {translation.metadata_host}:{translation.metadata_port}'


def _source_verdict(source):
    return f'snat to {source}' if source else 'masquerade'


def _postrouting_rules(translation):
    yield 'ip saddr != @fixed_ranges return'
    if translation.forced:
        yield f'ip daddr {{ {", ".join(translation.forced)} }} goto translate'
    if translation.metadata_host:
        yield (f'ip daddr {translation.metadata_host} tcp dport {translation.metadata_port} '
               f'return')
    if translation.untranslated:
        yield f'ip daddr {{ {", ".join(translation.untranslated)} }} return'
    yield 'ip daddr @fixed_ranges return'
    if translation.public_interface:
        yield f'oifname {_quoted(translation.public_interface)} goto translate'
    else:
        yield 'oifname != @bridges goto translate'


def _quoted(device):
    return f'"{device}"'

# SPDX-License-Identifier: Apache-2.0
"""Room for guests between the rules of others (Docker, ufw).

A packet must be accepted by every table that looks at it. Where iptables' own
chains drop what they do not know, our bridges are made known to them, by
iptables itself, so that its users see our rules and can still read theirs.
Nothing is done on a host without such chains.

Callers are in privsep/guest_network.py.
"""

import json

from nova_lite.privsep import commands

HOOKS = ('INPUT', 'FORWARD')


def admit(bridge, metadata_port):
    """Let a bridge's guests pass where others' chains drop by default."""
    dropping = _dropping_chains()
    for chain, *match in _wanted(bridge, metadata_port):
        if chain in dropping and not _has(chain, match):
            commands.run('iptables', '-w', '-I', chain, *match, '-j', 'ACCEPT')


def expel(bridge, metadata_port):
    """Take back what ``admit`` has added."""
    if not _dropping_chains():
        return
    for chain, *match in _wanted(bridge, metadata_port):
        if _has(chain, match):
            commands.run('iptables', '-w', '-D', chain, *match, '-j', 'ACCEPT')


def _wanted(bridge, metadata_port):
    yield 'FORWARD', '-i', bridge
    yield 'FORWARD', '-o', bridge
    yield 'INPUT', '-i', bridge, '-p', 'udp', '--dport', '67'
    yield 'INPUT', '-i', bridge, '-p', 'udp', '--dport', '53'
    yield 'INPUT', '-i', bridge, '-p', 'tcp', '--dport', '53'
    yield 'INPUT', '-i', bridge, '-p', 'tcp', '--dport', str(metadata_port)


def _has(chain, match):
    return not commands.attempt('iptables', '-w', '-C', chain, *match, '-j', 'ACCEPT').returncode


def _dropping_chains():
    """Answer iptables' chains that drop by default; asking nft creates none."""
    if not commands.is_installed('iptables'):
        return set()
    listed = commands.attempt('nft', '-json', 'list', 'chains', 'ip')
    if listed.returncode:
        return set()
    chains = [entry['chain'] for entry in json.loads(listed.stdout)['nftables']
              if 'chain' in entry]
    return {chain['name'] for chain in chains
            if chain['table'] == 'filter' and chain['name'] in HOOKS
            and chain.get('policy') == 'drop'}

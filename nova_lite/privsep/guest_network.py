# SPDX-License-Identifier: Apache-2.0
"""All that root does for guests' networks, one call for each thing that happens.

The twin on the unprivileged side is nova_lite/network/flat_dhcp, which says what
networks and NICs look like (plan.py). Each function may be called again at any
time and does what is missing. A lock in the state directory keeps two of them,
also of two processes, from working at once.
"""

import contextlib
import fcntl
import ipaddress
import os
import pathlib

from nova_lite import conf, privsep
from nova_lite.privsep import arguments, bridge, dnsmasq, nftables, other_firewalls

CONF = conf.CONF


@privsep.network_context.entrypoint
def plug(networks, nics):
    """Prepare the host for NICs of a guest that is about to start.

    :returns: False if the rules of other guests were found missing, so that
        ``restore`` is needed
    :raises NetworkHostFailed: with what is in the way
    """
    networks = [arguments.network(network) for network in networks]
    nics = [arguments.nic(nic) for nic in nics]
    with _alone():
        for network in networks:
            _ensure(network)
        were_complete = nftables.add(networks, nics, translation())
        for network in networks:
            _tell_dnsmasq(network, nics)
    return were_complete


@privsep.network_context.entrypoint
def unplug(networks, nics):
    """Forget NICs of a guest that is gone. Bridge and dnsmasq stay for the next one."""
    networks = [arguments.network(network) for network in networks]
    nics = [arguments.nic(nic) for nic in nics]
    with _alone():
        nftables.remove(nics)
        gone = {nic['mac'] for nic in nics}
        for network in networks:
            hosts = dnsmasq.read_hosts(network['bridge'])
            if gone & set(hosts):
                dnsmasq.write_hosts(network, {
                    mac: host for mac, host in hosts.items() if mac not in gone})


@privsep.network_context.entrypoint
def restore(networks, nics):
    """Make the host what it should be with exactly these networks and NICs.

    Guests that run keep their connections. Bridges that no guest of this host
    uses are removed.
    """
    networks = [arguments.network(network) for network in networks]
    nics = [arguments.nic(nic) for nic in nics]
    with _alone():
        _remove_bridges(set(dnsmasq.known_bridges()) - {net['bridge'] for net in networks})
        for network in networks:
            _ensure_bridge(network)
        nftables.replace(networks, nics, translation())
        if networks:
            bridge.enable_forwarding()
        for network in networks:
            _restore_services(network, nics)


@privsep.network_context.entrypoint
def clear():
    """Remove everything that this package has made on the host."""
    with _alone():
        _remove_bridges(dnsmasq.known_bridges())
        nftables.clear()


def translation():
    """Answer how guests leave this host, from the configuration.

    :raises ValueError: if an option is not an address or a range
    """
    host = CONF.metadata_host or CONF.my_ip
    return nftables.Translation(
        public_interface=(arguments.device(CONF.public_interface)
                          if CONF.public_interface else None),
        source=arguments.ipv4(CONF.routing_source_ip) if CONF.routing_source_ip else None,
        forced=tuple(arguments.ipv4_range(cidr) for cidr in CONF.force_snat_range),
        untranslated=tuple(arguments.ipv4_range(cidr) for cidr in CONF.dmz_cidr),
        metadata_host=None if ipaddress.ip_address(host).is_loopback else arguments.ipv4(host),
        metadata_port=arguments.port(CONF.metadata_port),
        ipv6=CONF.use_ipv6)


def _ensure(network):
    if bridge.is_ready(network) and dnsmasq.is_serving(network):
        return
    if not bridge.exists(network['bridge']):
        _remove_bridges(_idle_bridges() - {network['bridge']})
    _ensure_bridge(network)
    bridge.enable_forwarding()
    other_firewalls.admit(network['bridge'], CONF.metadata_port)
    dnsmasq.serve(network)


def _ensure_bridge(network):
    if not bridge.exists(network['bridge']):
        # A dnsmasq that is still there holds a socket of a bridge of the same
        # name that has gone, and would hear nothing.
        dnsmasq.stop(network['bridge'])
    bridge.ensure(network)


def _restore_services(network, nics):
    name = network['bridge']
    other_firewalls.admit(name, CONF.metadata_port)
    known = dnsmasq.read_hosts(name)
    mine = [nic for nic in nics if nic['bridge'] == name]
    # A restored NIC comes without the guest's host name; the file remembers it.
    hosts = {nic['mac']: (nic['addresses'][0],
                          nic['host_name'] or known.get(nic['mac'], (None, None))[1])
             for nic in mine if nic['addresses']}
    dnsmasq.write_hosts(network, hosts)
    dnsmasq.serve(network)
    for nic in mine:
        bridge.adopt(name, nic['device'])


def _tell_dnsmasq(network, nics):
    mine = [nic for nic in nics if nic['bridge'] == network['bridge'] and nic['addresses']]
    taken = {nic['addresses'][0] for nic in mine}
    hosts = {mac: host for mac, host in dnsmasq.read_hosts(network['bridge']).items()
             if host[0] not in taken}
    hosts |= {nic['mac']: (nic['addresses'][0], nic['host_name']) for nic in mine}
    dnsmasq.write_hosts(network, hosts)


def _idle_bridges():
    """Answer our bridges without guests; one of a deleted network may be in a new one's way."""
    return {name for name in dnsmasq.known_bridges() if not dnsmasq.read_hosts(name)}


def _remove_bridges(names):
    for name in names:
        dnsmasq.forget(name)
        bridge.remove(name)
        other_firewalls.expel(name, CONF.metadata_port)


@contextlib.contextmanager
def _alone():
    top = pathlib.Path(CONF.networks_path)
    top.mkdir(mode=0o755, parents=True, exist_ok=True)
    descriptor = os.open(top / 'lock', os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)

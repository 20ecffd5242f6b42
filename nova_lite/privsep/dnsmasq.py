# SPDX-License-Identifier: Apache-2.0
"""One dnsmasq for each network of the host, as root: started, told of guests, stopped.

It outlives the compute daemon: under systemd as a transient service of its own,
elsewhere as a plain daemon. It knows the guests of this host only, each by its
MAC, and answers nobody else. Its files are in ``networks_path/<bridge>``:
``hosts`` (the guests; the record of what is plugged here), ``leases``, ``pid``.

Callers are in privsep/guest_network.py, which has checked the arguments and
holds the lock.
"""

import contextlib
import ipaddress
import os
import pathlib
import pwd
import select
import shutil
import signal
import stat

from nova_lite import conf, exception
from nova_lite.privsep import arguments, commands, leases, nftables

CONF = conf.CONF
USERS = ('dnsmasq', 'nobody')
STOP_SECONDS = 5


def directory_of(bridge):
    """Answer the directory with the files of a network's dnsmasq."""
    return pathlib.Path(CONF.networks_path) / bridge


def known_bridges():
    """Answer the bridges that have such a directory."""
    top = pathlib.Path(CONF.networks_path)
    if not top.is_dir():
        return []
    return sorted(entry.name for entry in top.iterdir()
                  if entry.is_dir() and arguments.DEVICE.fullmatch(entry.name))


def is_serving(network):
    """Answer whether it runs with the settings that it should have."""
    return _running_command(network['bridge']) == _command(network)


def serve(network):
    """Start it, or start it again if it runs with other settings.

    :raises NetworkHostFailed: if it does not start, with what it said
    """
    if is_serving(network):
        return
    bridge = network['bridge']
    stop(bridge)
    _prepare_directory(bridge)
    (directory_of(bridge) / 'hosts').touch(mode=0o644)
    leases.keep_only(directory_of(bridge) / 'leases', read_hosts(bridge))
    launcher = _transient_service(bridge) if _has_systemd() else []
    commands.run(*launcher, *_command(network))


def read_hosts(bridge):
    """Answer the guests as MAC -> (address, host name or None)."""
    hosts = {}
    with contextlib.suppress(FileNotFoundError):
        for line in (directory_of(bridge) / 'hosts').read_text().splitlines():
            mac, address, *name = line.split(',')
            hosts[mac] = (address, name[0] if name else None)
    return hosts


def write_hosts(network, hosts):
    """Tell it of its guests, and make it forget addresses that were others'.

    :param hosts: MAC -> (address, host name or None), all of them
    """
    bridge = network['bridge']
    if hosts == read_hosts(bridge) and (directory_of(bridge) / 'hosts').exists():
        return
    _prepare_directory(bridge)
    text = ''.join(
        ','.join([mac, address, *([name] if name else [])]) + '\n'
        for mac, (address, name) in sorted(hosts.items()))
    _write_aside(directory_of(bridge) / 'hosts', text)
    pid = _pid_of(bridge)
    if pid is not None:
        os.kill(pid, signal.SIGHUP)
        leases.release_others(directory_of(bridge) / 'leases', hosts,
                              bridge=bridge, server=network['dhcp_server'])


def stop(bridge):
    """Stop it; nothing happens if it does not run."""
    if _has_systemd():
        commands.attempt('systemctl', 'stop', f'{_unit(bridge)}.service')
    pid = _pid_of(bridge)
    if pid is not None:
        _terminate(pid)


def forget(bridge):
    """Stop it and remove its files."""
    stop(bridge)
    shutil.rmtree(directory_of(bridge), ignore_errors=True)


def _command(network):
    files = directory_of(network['bridge'])
    fixed_range = ipaddress.ip_network(network['cidr'])
    return [
        'dnsmasq',
        f'--conf-file={CONF.dnsmasq_config_file or ""}',
        f'--pid-file={files / "pid"}',
        f'--user={_user()}',
        f'--interface={network["bridge"]}',
        '--except-interface=lo',
        '--bind-interfaces',
        '--no-hosts',
        f'--dhcp-hostsfile={files / "hosts"}',
        f'--dhcp-leasefile={files / "leases"}',
        f'--dhcp-range={fixed_range.network_address},static,{fixed_range.netmask},'
        f'{CONF.dhcp_lease_time}s',
        f'--dhcp-lease-max={fixed_range.num_addresses}',
        # A guest that has an address from before a restart keeps it.
        '--dhcp-authoritative',
        # Guests are known by their MAC; a copied disk would bring the client id along.
        '--dhcp-ignore-clid',
        # Old clients can not read options in place of the boot file's name.
        '--dhcp-no-override',
        *_options(network),
    ]


def _options(network):
    nameservers = network['nameservers'] or CONF.dns_server
    yield f'--dhcp-option=option:mtu,{network["mtu"]}'
    yield f'--dhcp-option=option:router,{network["gateway"]}'
    if network['gateway'] != network['dhcp_server']:
        # Another router leads out; the metadata are here. Clients that know
        # this option do not look at the router's.
        yield (f'--dhcp-option=option:classless-static-route,'
               f'{nftables.METADATA_ADDRESS}/32,{network["dhcp_server"]},'
               f'0.0.0.0/0,{network["gateway"]}')
    if nameservers:
        yield '--port=0'
        yield f'--dhcp-option=option:dns-server,{",".join(nameservers)}'
    if CONF.api.dhcp_domain:
        yield f'--domain={CONF.api.dhcp_domain}'


def _user():
    """Answer the user that it becomes once its sockets are open."""
    for name in USERS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise exception.NetworkHostFailed(reason='there is no user dnsmasq or nobody')


def _prepare_directory(bridge):
    files = directory_of(bridge)
    files.mkdir(mode=0o755, parents=True, exist_ok=True)
    if files.is_symlink():
        raise exception.NetworkHostFailed(reason=f'{files} is a symbolic link')
    for directory in (files, *files.parents):
        if not directory.stat().st_mode & stat.S_IXOTH:
            raise exception.NetworkHostFailed(
                reason=f'dnsmasq, which runs as its own user, can not reach {files}; '
                       f'use "chmod o+x {directory}"')


def _write_aside(path, text):
    aside = path.with_name(f'{path.name}.new')
    with contextlib.suppress(FileNotFoundError):
        aside.unlink()
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
    with os.fdopen(descriptor, 'w') as file:
        os.fchmod(descriptor, 0o644)
        file.write(text)
        file.flush()
        os.fsync(descriptor)
    aside.rename(path)


def _pid_of(bridge):
    """Answer the process, if it runs and is really this network's dnsmasq."""
    pid = _read_pid(bridge)
    return pid if f'--pid-file={directory_of(bridge) / "pid"}' in _command_of(pid) else None


def _running_command(bridge):
    return _command_of(_read_pid(bridge))


def _read_pid(bridge):
    try:
        return int((directory_of(bridge) / 'pid').read_text())
    except (FileNotFoundError, ValueError):
        return None


def _command_of(pid):
    try:
        command = pathlib.Path(f'/proc/{pid}/cmdline').read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return []
    first, *rest = command.decode(errors='replace').rstrip('\0').split('\0')
    return [os.path.basename(first), *rest]


def _terminate(pid):
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        signal.pidfd_send_signal(process, signal.SIGTERM)
        gone, _, _ = select.select([process], [], [], STOP_SECONDS)
        if not gone:
            signal.pidfd_send_signal(process, signal.SIGKILL)
            select.select([process], [], [], STOP_SECONDS)
    except ProcessLookupError:
        return
    finally:
        os.close(process)


def _has_systemd():
    """Answer whether systemd could start it here; a unit would be in systemd's own network."""
    if not os.path.isdir('/run/systemd/system'):
        return False
    # This process lacks the capability to look at others'; a command of root has it.
    systemds = commands.attempt('readlink', '/proc/1/ns/net')
    return bool(systemds.returncode) or systemds.stdout.strip() == os.readlink('/proc/self/ns/net')


def _unit(bridge):
    return f'nova-lite-dnsmasq-{bridge}'


def _transient_service(bridge):
    return ['systemd-run', '--quiet', '--collect', f'--unit={_unit(bridge)}',
            f'--description=DHCP and DNS of the guests on {bridge}',
            '--service-type=forking', '--property=Restart=on-failure',
            '--property=RestartSec=1']

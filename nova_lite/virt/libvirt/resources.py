# SPDX-License-Identifier: Apache-2.0
"""What the host has, from libvirt and from the file system of the instances."""

import os
import subprocess

from oslo_utils import units

from nova_lite import exception
from nova_lite.virt import driver

BLOCK = 512
UPTIME_PATIENCE = 3
"""Seconds for a program that only reads."""


def read(connection, capabilities, *, virt_type, instances_path, disks):
    """Answer the HostResources.

    :param connection: libvirt's
    :param capabilities: what host.Host.capabilities answers
    :param disks: layout.DiskFile of every disk of the host
    """
    memory = connection.getMemoryStats(-1, 0)
    file_system = os.statvfs(instances_path)
    free = file_system.f_bavail * file_system.f_frsize
    return driver.HostResources(
        vcpus=connection.getInfo()[2],
        memory_mb=memory['total'] // units.Ki,
        memory_mb_used=(memory['total'] - _available(memory)) // units.Ki,
        local_gb=file_system.f_blocks * file_system.f_frsize // units.Gi,
        disk_available_least=(free - still_to_come(disks)) // units.Gi,
        hypervisor_type=connection.getType(),
        hypervisor_version=connection.getVersion(),
        cpu_arch=capabilities.findtext('host/cpu/arch'),
        cpu_info=cpu_of(capabilities),
        supported_instances=supported_by(capabilities, virt_type))


def cpu_of(capabilities):
    """Answer the host's CPU as plain values."""
    cpu = capabilities.find('host/cpu')
    topology = cpu.find('topology')
    return {
        'arch': cpu.findtext('arch'), 'model': cpu.findtext('model'),
        'vendor': cpu.findtext('vendor'),
        'topology': {} if topology is None else {
            name: int(topology.get(name)) for name in ('sockets', 'cores', 'threads')},
        'features': sorted(feature.get('name') for feature in cpu.findall('feature')),
    }


def supported_by(capabilities, virt_type):
    """Answer (architecture, hypervisor, mode) triples; kvm only if guests are to use it."""
    return tuple(sorted({
        (arch.get('name'), domain.get('type'), guest.findtext('os_type'))
        for guest in capabilities.findall('guest')
        for arch in guest.findall('arch') for domain in arch.findall('domain')
        if domain.get('type') in {'qemu', virt_type}}))


def still_to_come(disks):
    """Answer the bytes by which disks may still grow."""
    total = 0
    for disk in disks:
        try:
            total += max(0, disk.size - os.stat(disk.path).st_blocks * BLOCK)
        except FileNotFoundError:
            continue
    return total


def _available(memory):
    return sum(memory.get(name, 0) for name in ('free', 'buffers', 'cached'))


def uptime():
    """Answer what the program ``uptime`` prints.

    :raises UptimeUnknown: if it is not there or fails
    """
    try:
        return subprocess.run(
            ['uptime'], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True,
            env={**os.environ, 'LC_ALL': 'C'}, timeout=UPTIME_PATIENCE).stdout.rstrip('\n')
    except (OSError, subprocess.SubprocessError) as error:
        raise exception.UptimeUnknown(reason=str(error)) from error

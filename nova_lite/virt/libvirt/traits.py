# SPDX-License-Identifier: Apache-2.0
"""Traits of the host: what a guest finds there, by the names of os-traits.

CPU flags are those of the CPU that guests get, not of the machine's: a flag that
the hypervisor hides is no reason to send a server here. Devices are those that
this driver knows how to make and the hypervisor says that it has.
"""

import libvirt
import os_traits
from lxml import etree
from lxml.builder import E
from oslo_config import cfg
from oslo_log import log

from nova_lite.image import formats
from nova_lite.virt.libvirt import cpu as cpus
from nova_lite.virt.libvirt.domain import hardware

LOG = log.getLogger(__name__)
CONF = cfg.CONF

X86 = ('x86_64', 'i686')
CPU_TRAITS = frozenset(os_traits.get_traits('HW_CPU_X86_'))
OTHER_FLAGS = {
    'abm': ('ABM',), 'aes': ('AESNI',), 'amd-no-ssb': ('AMD_NO_SSB',),
    'amd-ssbd': ('AMD_SSBD',), 'amx-bf16': ('AMXBF16',), 'amx-int8': ('AMXINT8',),
    'amx-tile': ('AMXTILE',), 'avx512-vpopcntdq': ('AVX512VPOPCNTDQ',), 'bmi1': ('BMI',),
    'fma': ('FMA3',), 'gfni': ('AVX512GFNI',), 'hle': ('TSX',), 'ibpb': ('AMD_IBPB',),
    'lzcnt': ('ABM',), 'md-clear': ('INTEL_MD_CLEAR',), 'pcid': ('INTEL_PCID',),
    'pclmuldq': ('CLMUL',), 'pclmulqdq': ('CLMUL',), 'pni': ('SSE3',), 'rtm': ('TSX',),
    'sha-ni': ('SHA',), 'spec-ctrl': ('INTEL_SPEC_CTRL',), 'ssbd': ('INTEL_SSBD',),
    'sse4.1': ('SSE41',), 'sse4.2': ('SSE42',), 'svm': ('SVM', 'AMD_SVM'),
    'vaes': ('AVX512VAES',), 'virt-ssbd': ('AMD_VIRT_SSBD',), 'vmx': ('VMX', 'INTEL_VMX'),
    'vpclmulqdq': ('AVX512VPCLMULQDQ',)}
"""libvirt's name of a flag -> ends of the traits, where that is not the name in capitals."""


def read(connection, *, virt_type, arch, cpu):
    """Answer the traits of the host.

    :param connection: libvirt's
    :param cpu: parts.CPU of guests; None for the hypervisor's default
    """
    domain = etree.fromstring(
        connection.getDomainCapabilities(None, arch, None, virt_type, 0))
    wanted = {
        'COMPUTE_NODE', 'COMPUTE_DEVICE_TAGGING', f'HW_ARCH_{arch.upper()}',
        f'COMPUTE_ARCH_{arch.upper()}',
        *(f'COMPUTE_IMAGE_TYPE_{name.upper()}' for name in formats.KNOWN),
        *(f'COMPUTE_STORAGE_BUS_{bus.upper()}' for bus in _offered(
            domain, 'disk', 'bus', hardware.DISK_BUSES)),
        *(f'COMPUTE_NET_VIF_MODEL_{name.upper()}' for name in nic_models(arch)),
        *(f'COMPUTE_GRAPHICS_MODEL_{name.upper()}' for name in _video_models(domain)),
        *cpu_traits(guest_flags(connection, domain, virt_type=virt_type, arch=arch, cpu=cpu),
                    arch)}
    if arch in X86:
        # The guest's firmware is the machine's own there; no other is ever asked for.
        wanted.add('COMPUTE_FIRMWARE_BIOS')
    return frozenset(wanted & set(os_traits.get_traits()))


def _offered(domain, device, enum, known):
    """Answer which of the values that the driver knows the hypervisor has."""
    found = {value.text for value in domain.iterfind(
        f"devices/{device}[@supported='yes']/enum[@name='{enum}']/value")}
    return sorted(found & set(known))


def nic_models(arch):
    """Answer the models of NICs that guests can have; libvirt does not tell what there is.

    All of the driver's are devices of PCs.
    """
    return hardware.NIC_MODELS if arch in X86 else (hardware.VIRTIO,)


def _video_models(domain):
    """Without a console no guest has a graphics card."""
    if not CONF.vnc.enabled:
        return ['none']
    return _offered(domain, 'video', 'modelType', hardware.VIDEO_MODELS)


def guest_flags(connection, domain, *, virt_type, arch, cpu):
    """Answer the flags of the CPU that guests get.

    Empty for the hypervisor's default: which one that is, it does not tell.

    :param domain: the hypervisor's capabilities for domains, XML
    """
    model = None if cpu is None else _model_of(domain, cpu)
    if model is None:
        return frozenset()
    text = etree.tostring(model, encoding='unicode')
    try:
        expanded = etree.fromstring(connection.baselineHypervisorCPU(
            None, arch, None, virt_type, [text],
            libvirt.VIR_CONNECT_BASELINE_CPU_EXPAND_FEATURES))
    except libvirt.libvirtError as error:
        LOG.debug('libvirt can not tell the flags of the CPU of guests: %s', error)
        return frozenset()
    flags = {feature.get('name') for feature in expanded.iterfind('feature')
             if feature.get('policy') not in ('disable', 'forbid')}
    for name, policy in cpu.features.items():
        (flags.add if policy == 'require' else flags.discard)(name)
    return frozenset(flags)


def _model_of(domain, cpu):
    """Answer the definition of the CPU that guests get, None if libvirt does not tell it."""
    if cpu.mode == cpus.CUSTOM:
        return E.cpu(E.model(cpu.model), mode=cpus.CUSTOM)
    found = domain.find(f"cpu/mode[@name='{cpus.HOST_MODEL}'][@supported='yes']")
    if found is None or found.find('model') is None:
        return None
    return E.cpu(*(part for part in found if part.tag in ('model', 'vendor', 'feature')),
                 mode=cpus.CUSTOM)


def cpu_traits(flags, arch):
    """Answer the traits that flags are; most flags have none."""
    if arch not in X86:
        return frozenset()
    ends = {end for flag in flags for end in OTHER_FLAGS.get(
        flag, (flag.upper().replace('-', '').replace('_', ''),))}
    return frozenset(f'HW_CPU_X86_{end}' for end in ends) & CPU_TRAITS

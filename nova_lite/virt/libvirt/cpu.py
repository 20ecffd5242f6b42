# SPDX-License-Identifier: Apache-2.0
"""Which CPU guests get."""

import libvirt
from oslo_config import cfg

from nova_lite import exception
from nova_lite.virt.libvirt.domain import domain, parts

CONF = cfg.CONF

NONE, CUSTOM, HOST_MODEL = 'none', 'custom', 'host-model'
USUAL = {domain.KVM: HOST_MODEL, domain.QEMU: NONE}


def choose(host, virt_type, arch):
    """Answer the parts.CPU of guests; None for the hypervisor's default.

    :raises HypervisorUnusable: if no configured model can be had
    """
    mode = CONF.libvirt.cpu_mode or USUAL[virt_type]
    if mode == NONE:
        return None
    model = _first_usable(host, virt_type, arch) if mode == CUSTOM else None
    return parts.CPU(mode=mode, model=model,
                     features=features(CONF.libvirt.cpu_model_extra_flags))


def features(flags):
    """Answer feature -> policy of flags such as ``pcid``, ``+pcid`` and ``-mpx``."""
    return {flag.lstrip('+-').lower(): 'disable' if flag.startswith('-') else 'require'
            for flag in flags}


def _first_usable(host, virt_type, arch):
    models = CONF.libvirt.cpu_models
    for model in models:
        if host.call(lambda connection, model=model: _is_usable(
                connection, model, arch, virt_type)):
            return model
    raise exception.HypervisorUnusable(
        reason=f'[libvirt] cpu_mode is custom, and this host has none of the cpu_models '
               f'({", ".join(models) or "none given"})')


def _is_usable(connection, model, arch, virt_type):
    wanted = parts.CPU(mode=CUSTOM, model=model).to_xml()
    try:
        answer = connection.compareHypervisorCPU(None, arch, None, virt_type, wanted, 0)
    except libvirt.libvirtError as error:
        if error.get_error_code() in (libvirt.VIR_ERR_CPU_INCOMPATIBLE,
                                      libvirt.VIR_ERR_CONFIG_UNSUPPORTED,
                                      libvirt.VIR_ERR_INTERNAL_ERROR):
            return False
        raise
    return answer in (libvirt.VIR_CPU_COMPARE_IDENTICAL, libvirt.VIR_CPU_COMPARE_SUPERSET)

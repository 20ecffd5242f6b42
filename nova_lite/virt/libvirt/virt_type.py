# SPDX-License-Identifier: Apache-2.0
"""``virt_type``: kvm or qemu; ``auto`` finds out which by starting a guest.

The presence of /dev/kvm, and libvirt's word, say little: a machine may offer KVM
and not run a 64-bit guest in it. The answer is kept until hypervisor, kernel,
CPU or the trial itself change; a refusal also only until the machine restarts.
"""

import dataclasses
import json
import os
import platform
import shutil
import threading
import time
import uuid

import libvirt
from oslo_config import cfg
from oslo_log import log

from nova_lite import durable_files
from nova_lite.states import power
from nova_lite.virt.libvirt import cpu, probe_guest
from nova_lite.virt.libvirt import host as hosts
from nova_lite.virt.libvirt.domain import devices, domain, parts

LOG = log.getLogger(__name__)
CONF = cfg.CONF

AUTO = 'auto'
KVM, QEMU = domain.KVM, domain.QEMU
ANSWER_FILE = 'virt_type.json'
VERSION = 1
POLL = 0.05
BOOT_ID = '/proc/sys/kernel/random/boot_id'
PROBED_ARCH = 'x86_64'


@dataclasses.dataclass(frozen=True)
class Answer:
    """What a trial has found, and what it depends on."""

    virt_type: str
    reason: str
    depends_on: dict


class TrialFailed(Exception):
    """A guest of the trial did not switch itself off; the text says what it did."""


def architecture(host):
    """Answer the host's architecture."""
    return host.capabilities().findtext('host/cpu/arch')


def choose(host, directory):
    """Answer kvm or qemu.

    :param directory: where the answer is kept and what the trial needs is written
    """
    if CONF.libvirt.virt_type != AUTO:
        return CONF.libvirt.virt_type
    depends_on = _circumstances(host)
    path = os.path.join(directory, ANSWER_FILE)
    answer = _kept(path, depends_on)
    if answer is None:
        answer = Trial(host, directory).run(depends_on)
        _keep(path, answer)
    LOG.info('virt_type auto takes %s: %s', answer.virt_type, answer.reason)
    return answer.virt_type


def _circumstances(host):
    capabilities = host.capabilities()
    return {
        'trial': VERSION,
        'hypervisor': host.call(lambda connection: connection.getVersion()),
        'libvirt': host.call(lambda connection: connection.getLibVersion()),
        'kernel': platform.release(),
        'cpu': capabilities.findtext('host/cpu/model'),
        'arch': capabilities.findtext('host/cpu/arch'),
        'cpu_mode': CONF.libvirt.cpu_mode,
        'probe_kernel': CONF.libvirt.probe_kernel,
        'offered': any(offer.get('type') == KVM
                       for offer in capabilities.iterfind('guest/arch/domain')),
    }


def _boot_id():
    with open(BOOT_ID, encoding='ascii') as boot_id:
        return boot_id.read().strip()


def _kept(path, depends_on):
    try:
        with open(path, encoding='utf-8') as file:
            answer = Answer(**json.load(file))
    except (OSError, ValueError, TypeError):
        return None
    wanted = dict(depends_on)
    if answer.virt_type == QEMU:
        wanted['boot_id'] = _boot_id()
    return answer if answer.depends_on == wanted else None


def _keep(path, answer):
    with durable_files.replaced_file(path) as new:
        new.write(json.dumps(dataclasses.asdict(answer)).encode())


class Trial:
    """Starts guests in KVM and sees whether they do what they should.

    :param host: host.Host
    :param directory: for the guests' files; the hypervisor passes through it
    """

    def __init__(self, host, directory):
        self._host = host
        self._directory = directory
        # Always the same one for a directory: what a killed process has left is found.
        self._uuid = str(uuid.uuid5(uuid.NAMESPACE_URL, f'file://{directory}/probe'))

    def run(self, depends_on):
        """Answer what was found."""
        if not depends_on['offered']:
            return self._refusal('libvirt does not offer KVM here', depends_on)
        if depends_on['arch'] != PROBED_ARCH:
            return Answer(KVM, f'there is no trial for {depends_on["arch"]}', depends_on)
        try:
            self._try_boot_sector()
            if CONF.libvirt.probe_kernel:
                self._try_kernel(CONF.libvirt.probe_kernel)
        except TrialFailed as failure:
            return self._refusal(str(failure), depends_on)
        return Answer(KVM, 'a 64-bit guest ran in it', depends_on)

    @staticmethod
    def _refusal(reason, depends_on):
        return Answer(QEMU, reason, {**depends_on, 'boot_id': _boot_id()})

    def _try_boot_sector(self):
        image = self._write('probe.img', probe_guest.disk_image())
        disk = devices.Disk(path=image, format='raw', bus='virtio', device='vda',
                            cache='writeback')
        try:
            self._boot(parts.Boot(arch=PROBED_ARCH), (disk,), CONF.libvirt.probe_timeout,
                       'a 64-bit guest')
        finally:
            os.unlink(image)

    def _try_kernel(self, source):
        ramdisk = self._write('probe-ramdisk', probe_guest.ramdisk())
        kernel = self._path('probe-kernel')
        try:
            shutil.copyfile(source, kernel)
            self._boot(parts.Boot(arch=PROBED_ARCH, kernel=kernel, ramdisk=ramdisk,
                                  command_line='quiet panic=-1'),
                       (), CONF.libvirt.probe_kernel_timeout, source)
        except OSError as error:
            raise TrialFailed(f'{source} can not be tried: {error}') from error
        finally:
            for path in (kernel, ramdisk):
                if os.path.exists(path):
                    os.unlink(path)

    def _boot(self, boot, disks, timeout, what):
        xml = domain.Domain(
            uuid=self._uuid, name=f'nova-lite-probe-{self._uuid[:8]}', virt_type=KVM,
            memory_mb=256, vcpus=1, boot=boot, on_reboot='destroy',
            cpu=cpu.choose(self._host, KVM, PROBED_ARCH),
            identity=parts.SystemIdentity(self._uuid, 'probe'),
            devices=(*disks, devices.Controller('usb', 'none'), devices.Video('none'))).to_xml()
        with self._host.expecting(self._uuid, power.RUNNING, power.SHUTDOWN):
            try:
                self._remove()
                self._host.call(lambda connection: connection.defineXML(xml).create())
                self._wait_until_off(timeout, what)
            except libvirt.libvirtError as error:
                raise TrialFailed(
                    f'{what} can not be started: {str(error).splitlines()[0]}') from error
            finally:
                self._remove()

    def _wait_until_off(self, timeout, what):
        deadline = time.monotonic() + timeout
        waiting = threading.Event()
        while True:
            state, reason = self._host.call(
                lambda connection: connection.lookupByUUIDString(self._uuid).state())
            if state == libvirt.VIR_DOMAIN_SHUTOFF:
                if reason == libvirt.VIR_DOMAIN_SHUTOFF_SHUTDOWN:
                    return
                raise TrialFailed(f'{what} ended before it was done')
            if time.monotonic() > deadline:
                raise TrialFailed(f'{what} was not done after {timeout} s')
            waiting.wait(POLL)

    def _remove(self):
        def remove(connection):
            found = hosts.find(connection, self._uuid)
            if found is not None:
                found.end()
                found.forget()
        self._host.call(remove)

    def _path(self, name):
        return os.path.join(self._directory, name)

    def _write(self, name, content):
        with durable_files.replaced_file(self._path(name), mode=0o644) as new:
            new.write(content)
        return self._path(name)

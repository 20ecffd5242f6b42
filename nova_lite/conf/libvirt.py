# SPDX-License-Identifier: Apache-2.0
"""Options of the libvirt driver, with Nova's names; read by nova_lite/virt/libvirt."""

from oslo_config import cfg

GROUP = cfg.OptGroup('libvirt', title='Guests of QEMU and KVM by libvirt')

HYPERVISOR_OPTIONS = [
    cfg.StrOpt(
        'connection_uri',
        default='',
        help='Where libvirt answers. Empty: ``qemu:///system``.'),
    cfg.StrOpt(
        'virt_type',
        default='auto',
        choices=[('auto', 'kvm where 64-bit guests really run in it, qemu elsewhere; tried once '
                          'and tried again after an upgrade'),
                 ('kvm', 'guests run on the CPU itself'),
                 ('qemu', 'guests run in software, on any machine')],
        help='How guests run.'),
    cfg.IntOpt(
        'probe_timeout',
        default=6, min=1,
        help='Seconds that the guest by which ``virt_type = auto`` tries KVM may take.'),
    cfg.StrOpt(
        'probe_kernel',
        help="""
A Linux kernel of this machine that is also booted when KVM is tried.

Without it, a small guest of our own is started, which turns on paging and
64-bit mode and has to run at the speed of the CPU.
"""),
    cfg.IntOpt(
        'probe_kernel_timeout',
        default=30, min=1,
        help='Seconds that ``probe_kernel`` may take to start and to switch itself off.'),
]

GUEST_OPTIONS = [
    cfg.StrOpt(
        'cpu_mode',
        choices=[('host-model', 'the named model nearest to this machine'),
                 ('host-passthrough', "this machine's CPU as it is"),
                 ('custom', '``cpu_models``'),
                 ('none', "the hypervisor's default")],
        help='CPU of guests. Unset: host-model for kvm, none for qemu.'),
    cfg.ListOpt(
        'cpu_models',
        default=[],
        help='The named model for ``cpu_mode = custom``; the first that the host can provide.'),
    cfg.ListOpt(
        'cpu_model_extra_flags',
        default=[],
        help='CPU features that are added (``name`` or ``+name``) or taken away (``-name``).'),
    cfg.StrOpt(
        'hw_machine_type',
        help="Machine of guests that their image (hw_machine_type) does not name. Unset: the "
             "hypervisor's default."),
    cfg.StrOpt(
        'rng_dev_path', mutable=True,
        default='/dev/urandom',
        help='Where the random numbers of guests come from.'),
    cfg.IntOpt(
        'mem_stats_period_seconds', mutable=True,
        default=10, min=0,
        help='Seconds between two memory reports of a guest; 0 turns them off.'),
]

DISK_OPTIONS = [
    cfg.StrOpt(
        'images_type',
        default='default',
        choices=[('default', 'qcow2 if ``use_cow_images``, else raw'),
                 ('qcow2', 'disks hold what differs from the copy of the image'),
                 ('raw', 'each disk is a full copy'),
                 ('flat', 'the same as raw')],
        help='How disks are stored.'),
    cfg.ListOpt(
        'disk_cachemodes',
        default=[],
        help="""
How the host caches disks, by kind of disk: ``file=writeback``.

Unset: none where the file system can do without a cache, else writeback.
"""),
]

OPTIONS = HYPERVISOR_OPTIONS + GUEST_OPTIONS + DISK_OPTIONS


def register_opts(conf):
    """Add the options to a configuration."""
    conf.register_group(GROUP)
    conf.register_opts(OPTIONS, group=GROUP)


def list_opts():
    """Answer the options by group, for the sample configuration."""
    return {GROUP: OPTIONS}

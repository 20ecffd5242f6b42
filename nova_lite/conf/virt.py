# SPDX-License-Identifier: Apache-2.0
"""Options of the hosts' guests that do not depend on the driver, with Nova's names.

Read by nova_lite/virt.
"""

from oslo_config import cfg

OPTIONS = [
    cfg.StrOpt(
        'compute_driver',
        default='libvirt.LibvirtDriver',
        choices=[('libvirt.LibvirtDriver', 'guests of QEMU and KVM'),
                 ('fake.FakeDriver', 'no guests at all, for tests and trials of scale')],
        help='What runs the guests of this host.'),
    cfg.StrOpt(
        'instances_path',
        default='$state_path/instances',
        help="""
Directory of the servers' disks and of the copies of images.

The hypervisor's user must be able to pass through it and the ones above it.
"""),
    cfg.BoolOpt(
        'force_raw_images',
        default=True,
        help="""
Convert the host's copy of an image to raw.

It then is read faster by all guests that use it, and takes as much room as the
image's disk has content.
"""),
    cfg.BoolOpt(
        'use_cow_images',
        default=True,
        help="""
Make disks that only hold what differs from the copy of the image.

Read where ``[libvirt] images_type`` is ``default``.
"""),
    cfg.StrOpt(
        'default_ephemeral_format',
        choices=[('ext2', ''), ('ext3', ''), ('ext4', ''), ('xfs', ''), ('vfat', '')],
        help='File system on ephemeral disks; unset: ext4.'),
]

CACHE_GROUP = cfg.OptGroup('image_cache', title='Copies of images on a host')

CACHE_OPTIONS = [
    cfg.IntOpt(
        'manager_interval', mutable=True,
        default=2400, min=-1,
        help='Seconds between two searches for copies that nobody uses; 0 or less turns it off.'),
    cfg.StrOpt(
        'subdirectory_name',
        default='_base',
        help='Directory of the copies, below ``instances_path``.'),
    cfg.BoolOpt(
        'remove_unused_base_images', mutable=True,
        default=True,
        help='Remove copies that nobody uses.'),
    cfg.IntOpt(
        'remove_unused_original_minimum_age_seconds', mutable=True,
        default=86400, min=0,
        help='Seconds for which a copy stays after its last use.'),
    cfg.IntOpt(
        'precache_concurrency', mutable=True,
        default=1, min=1,
        help="""
How many hosts of an aggregate fetch images ahead of time at once, for each request.

Read by conductors. More are quicker, and more load on where the images come from.
"""),
]

VNC_GROUP = cfg.OptGroup('vnc', title='Graphical consoles')

VNC_OPTIONS = [
    cfg.BoolOpt(
        'enabled',
        default=False,
        help='Give guests a graphics card and a VNC server.'),
    cfg.HostAddressOpt(
        'server_listen',
        default='127.0.0.1',
        help="Address of this host on which the guests' VNC servers listen."),
]


def register_opts(conf):
    """Add the options to a configuration."""
    conf.register_opts(OPTIONS)
    conf.register_group(CACHE_GROUP)
    conf.register_opts(CACHE_OPTIONS, group=CACHE_GROUP)
    conf.register_group(VNC_GROUP)
    conf.register_opts(VNC_OPTIONS, group=VNC_GROUP)


def list_opts():
    """Answer the options by group, for the sample configuration."""
    return {'DEFAULT': OPTIONS, CACHE_GROUP: CACHE_OPTIONS, VNC_GROUP: VNC_OPTIONS}

# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/manager.py: what is put together there."""

from nova_lite import objects
from nova_lite.compute import host as hosts
from nova_lite.compute import manager
from tests import base


class Host:
    """A record of two servers, one of which boots by a kernel, and a driver that is told."""

    def get_by_host(self, context, host, marker, limit):
        return [objects.Instance(id=1, image_ref='disk', kernel_id='kernel', ramdisk_id='ramdisk'),
                objects.Instance(id=2, image_ref='disk', kernel_id=None, ramdisk_id=None)]

    def manage_image_cache(self, context, in_use):
        self.told = in_use


class ImageCacheTest(base.TestCase):

    def test_kernels_and_ram_disks_of_servers_are_in_use_too(self):
        host = Host()
        self.patch(objects, 'InstanceList', host)
        compute = manager.ComputeManager()
        compute._host = hosts.Host(name='cmp1', driver=host, network=None, images=None)
        compute.manage_image_cache()
        self.assertEqual({'disk', 'kernel', 'ramdisk'}, host.told)

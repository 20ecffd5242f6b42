# SPDX-License-Identifier: Apache-2.0
"""Servers; the bodies are in db/stores/instances.py.

``vm_state`` and ``task_state`` are read here and changed by operations only.
"""

from oslo_versionedobjects import fields

from nova_lite.objects import base
from nova_lite.objects import flavor as flavor_objects
from nova_lite.objects import image_meta as image_objects
from nova_lite.objects import network as network_objects

INSTANCE_NAME = 'instance-%08x'


@base.register
class Instance(base.NovaLiteObject):
    """A server."""

    VERSION = '1.0'

    fields = {
        'id': fields.IntegerField(),
        'uuid': fields.UUIDField(),
        'project_id': fields.StringField(),
        'user_id': fields.StringField(),
        'reservation_id': fields.StringField(nullable=True),
        'launch_index': fields.IntegerField(),
        'display_name': fields.StringField(),
        'display_description': fields.StringField(nullable=True),
        'hostname': fields.StringField(nullable=True),
        'host': fields.StringField(nullable=True),
        'node': fields.StringField(nullable=True),
        'launched_on': fields.StringField(nullable=True),
        'availability_zone': fields.StringField(nullable=True),
        'requested_zone': fields.StringField(nullable=True),
        'vm_state': fields.StringField(),
        'task_state': fields.StringField(nullable=True),
        'power_state': fields.IntegerField(),
        'progress': fields.IntegerField(),
        'fence': fields.IntegerField(),
        'flavor': fields.ObjectField('Flavor'),
        'image_ref': fields.StringField(nullable=True),
        'image_meta': fields.ObjectField('ImageMeta', nullable=True),
        'kernel_id': fields.StringField(nullable=True),
        'ramdisk_id': fields.StringField(nullable=True),
        'key_name': fields.StringField(nullable=True),
        'key_data': fields.StringField(nullable=True),
        'user_data': fields.StringField(nullable=True),
        'config_drive': fields.BooleanField(),
        'auto_disk_config': fields.BooleanField(),
        'access_ip_v4': fields.StringField(nullable=True),
        'access_ip_v6': fields.StringField(nullable=True),
        'root_device_name': fields.StringField(nullable=True),
        'network_info': fields.ObjectField('NetworkInfo'),
        'metadata': fields.DictOfStringsField(),
        'scheduler_hints': base.JsonField(nullable=True),
        'locked': fields.BooleanField(),
        'locked_by': fields.StringField(nullable=True),
        'locked_reason': fields.StringField(nullable=True),
        'launched_at': fields.DateTimeField(nullable=True, tzinfo_aware=False),
        'terminated_at': fields.DateTimeField(nullable=True, tzinfo_aware=False),
        'created_at': fields.DateTimeField(nullable=True, tzinfo_aware=False),
        'updated_at': fields.DateTimeField(nullable=True, tzinfo_aware=False),
        'deleted_at': fields.DateTimeField(nullable=True, tzinfo_aware=False),
        'deleted': fields.BooleanField(),
    }

    @property
    def name(self):
        """The name of the guest at the hypervisor, as ``OS-EXT-SRV-ATTR:instance_name`` shows."""
        return INSTANCE_NAME % self.id

    @classmethod
    def from_row(cls, context, row):
        """Make an instance of a row of the store, with its parts as objects."""
        parts = dict(row)
        parts['flavor'] = flavor_objects.Flavor.from_row(context, row['flavor'])
        parts['image_meta'] = (row['image_meta'] and image_objects.ImageMeta.from_row(
            context, row['image_meta']))
        parts['network_info'] = network_objects.NetworkInfo.from_rows(
            context, row['network_info'])
        return super().from_row(context, parts)

    @base.remotable_classmethod
    def get_by_uuid(cls, context, uuid):
        """Answer a server.

        :raises InstanceNotFound: if there is none that the caller may see
        """
        return cls.from_row(context, base.store('instances').get_by_uuid(context, uuid))

    @base.remotable_classmethod
    def report_power_state(cls, context, uuid, fence, power_state):
        """Record what a guest was seen doing by itself; nothing if an operation runs.

        :returns: the ``vm_state`` that follows
        """
        return base.store('instances').observe_power(context, uuid, fence, power_state)


@base.register
class InstanceList(base.ObjectListBase, base.NovaLiteObject):
    """Several servers."""

    VERSION = '1.0'

    fields = {'objects': fields.ListOfObjectsField('Instance')}

    @base.remotable_classmethod
    def get_by_host(cls, context, host, marker, limit):
        """Answer a page of the servers of a host, in the order of their ids, without user data.

        :param marker: id of the last one of the page before; 0 for the first page
        """
        rows = base.store('instances').get_by_host(context, host, marker=marker, limit=limit)
        return cls(context, objects=[Instance.from_row(context, row) for row in rows])

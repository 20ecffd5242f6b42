# SPDX-License-Identifier: Apache-2.0
"""What is known of an image without its bytes.

Made by nova_lite/image from the store's record; a copy lies with each server,
so that a server keeps what it was built from when the image changes or goes.
"""

from oslo_versionedobjects import fields

from nova_lite.objects import base

ACTIVE = 'active'
DEACTIVATED = 'deactivated'
QUEUED = 'queued'
SAVING = 'saving'
KILLED = 'killed'
DELETED = 'deleted'
PENDING_DELETE = 'pending_delete'
STATES = (ACTIVE, DEACTIVATED, QUEUED, SAVING, KILLED, DELETED, PENDING_DELETE)

PUBLIC = 'public'
PRIVATE = 'private'
SHARED = 'shared'
COMMUNITY = 'community'
VISIBILITIES = (PUBLIC, PRIVATE, SHARED, COMMUNITY)


@base.register
class ImageMeta(base.NovaLiteObject):
    """An image.

    ``size`` is that of the file in bytes, ``virtual_size`` that of the disk a
    guest sees, ``min_disk`` is in GB and ``min_ram`` in MB. ``checksum`` is the
    MD5 of the file, as clients know it; what a copy is verified by is
    ``os_hash_value`` (SHA-512). ``properties`` have Nova's and Glance's names.
    """

    VERSION = '1.0'

    fields = {
        'id': fields.UUIDField(),
        'name': fields.StringField(default=''),
        'status': fields.StringField(default=ACTIVE),
        'disk_format': fields.StringField(nullable=True, default=None),
        'container_format': fields.StringField(nullable=True, default=None),
        'size': fields.IntegerField(default=0),
        'virtual_size': fields.IntegerField(nullable=True, default=None),
        'checksum': fields.StringField(nullable=True, default=None),
        'os_hash_value': fields.StringField(nullable=True, default=None),
        'min_disk': fields.IntegerField(default=0),
        'min_ram': fields.IntegerField(default=0),
        'visibility': fields.StringField(default=PRIVATE),
        'owner': fields.StringField(nullable=True, default=None),
        'members': fields.ListOfStringsField(default=[]),
        'protected': fields.BooleanField(default=False),
        'properties': fields.DictOfStringsField(default={}),
        'created_at': fields.DateTimeField(nullable=True, tzinfo_aware=False, default=None),
        'updated_at': fields.DateTimeField(nullable=True, tzinfo_aware=False, default=None),
    }

    @classmethod
    def from_row(cls, context, row):
        """Make an image of a record; what an older record does not say is the default."""
        made = super().from_row(context, row)
        made.obj_set_defaults()
        made.obj_reset_changes()
        return made

    def to_row(self):
        """Answer all fields as plain values that JSON can carry."""
        row = {name: getattr(self, name) for name in self.fields}
        for name in ('created_at', 'updated_at'):
            row[name] = row[name].isoformat() if row[name] else None
        row['members'] = list(row['members'])
        row['properties'] = dict(row['properties'])
        return row

    @property
    def kernel_id(self):
        """The image of the kernel that boots this one; None if it boots by itself."""
        return self.properties.get('kernel_id') or None

    @property
    def ramdisk_id(self):
        """The image of the initial RAM disk that goes with the kernel."""
        return self.properties.get('ramdisk_id') or None

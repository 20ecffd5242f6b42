# SPDX-License-Identifier: Apache-2.0
"""Flavors; the bodies are in db/stores/flavors.py."""

from oslo_versionedobjects import fields

from nova_lite.objects import base


@base.register
class Flavor(base.NovaLiteObject):
    """A size that servers can have.

    ``swap`` is in MB, ``root_gb`` 0 means the size of the image, ``disabled``
    ones can't be used for new servers.
    """

    VERSION = '1.0'

    fields = {
        'id': fields.IntegerField(),
        'flavorid': fields.StringField(),
        'name': fields.StringField(),
        'memory_mb': fields.IntegerField(),
        'vcpus': fields.IntegerField(),
        'root_gb': fields.IntegerField(),
        'ephemeral_gb': fields.IntegerField(),
        'swap': fields.IntegerField(),
        'rxtx_factor': fields.FloatField(),
        'is_public': fields.BooleanField(),
        'disabled': fields.BooleanField(),
        'description': fields.StringField(nullable=True),
        'extra_specs': fields.DictOfStringsField(),
        'created_at': fields.DateTimeField(nullable=True, tzinfo_aware=False),
        'updated_at': fields.DateTimeField(nullable=True, tzinfo_aware=False),
    }

    @base.remotable_classmethod
    def get_by_flavorid(cls, context, flavorid):
        """Answer the flavor that the API knows by this id.

        :raises FlavorNotFound: if there is none that the caller may see
        """
        return cls.from_row(context, base.store('flavors').get_by_flavorid(context, flavorid))

    def to_dict(self):
        """Answer what a server keeps of its flavor, ready for JSON."""
        return {name: getattr(self, name) for name in KEPT_BY_SERVER}


KEPT_BY_SERVER = tuple(
    name for name in Flavor.fields if name not in ('created_at', 'updated_at'))

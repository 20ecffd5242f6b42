# SPDX-License-Identifier: Apache-2.0
"""Key pairs; the bodies are in db/stores/keypairs.py."""

from oslo_versionedobjects import fields

from nova_lite.objects import base


@base.register
class KeyPair(base.NovaLiteObject):
    """A user's public key; the private half is never kept."""

    VERSION = '1.0'

    fields = {
        'id': fields.IntegerField(),
        'user_id': fields.StringField(),
        'name': fields.StringField(),
        'type': fields.StringField(),
        'fingerprint': fields.StringField(),
        'public_key': fields.StringField(),
        'created_at': fields.DateTimeField(nullable=True, tzinfo_aware=False),
        'updated_at': fields.DateTimeField(nullable=True, tzinfo_aware=False),
    }

    @base.remotable_classmethod
    def get_by_name(cls, context, user_id, name):
        """Answer a user's key pair.

        :raises KeypairNotFound: if the user has none of that name
        """
        return cls.from_row(context, base.store('keypairs').get_by_name(context, user_id, name))

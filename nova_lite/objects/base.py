# SPDX-License-Identifier: Apache-2.0
"""What all objects share: the namespace, indirection through the conductor, the stores.

An object declares fields and remotable signatures. The body of a remotable is
a function of a store, so it runs where a database is: here when this process
has registered stores, else in the conductor, which the indirection API asks.
"""

from oslo_versionedobjects import base, fields
from oslo_versionedobjects import exception as ovo_exception

_stores = {}

remotable = base.remotable
remotable_classmethod = base.remotable_classmethod


def register_stores(stores):
    """Give this process the bodies of the remotables.

    :param stores: noun -> module of nova_lite.db.stores
    """
    _stores.update(stores)


def store(noun):
    """Answer the store of a noun.

    :raises RuntimeError: in a process without a database and without a
        conductor to ask, which is a fault of the program
    """
    try:
        return _stores[noun]
    except KeyError:
        raise RuntimeError(f'no store of {noun} in this process') from None


class NovaLiteObjectRegistry(base.VersionedObjectRegistry):
    """Makes each object reachable as ``nova_lite.objects.<Name>``."""

    def registration_hook(self, cls, index):
        """Note the newest version of a class where callers look for it."""
        registered[cls.obj_name()] = cls


registered = {}
register = NovaLiteObjectRegistry.register


class NovaLiteObject(base.VersionedObject):
    """Base of all objects."""

    OBJ_SERIAL_NAMESPACE = 'nova_lite_object'
    OBJ_PROJECT_NAMESPACE = 'nova_lite'

    @classmethod
    def from_row(cls, context, row):
        """Make an object of a store's row; columns that are no fields are left out."""
        known = {name: row[name] for name in cls.fields if name in row}
        made = cls(context, **known)
        made.obj_reset_changes()
        return made


class ObjectListBase(base.ObjectListBase):
    """A list of objects that is an object itself."""


class NovaLiteObjectSerializer(base.VersionedObjectSerializer):
    """Objects to and from primitives on the wire; unknown versions are backported."""

    OBJ_BASE_CLASS = NovaLiteObject


class JsonField(fields.AutoTypedField):
    """A small tree of plain values, taken as it is."""

    AUTO_TYPE = fields.FieldType()


IncompatibleObjectVersion = ovo_exception.IncompatibleObjectVersion

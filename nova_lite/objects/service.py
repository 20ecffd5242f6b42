# SPDX-License-Identifier: Apache-2.0
"""Daemons and their heartbeats; the bodies are in db/stores/services.py."""

from oslo_versionedobjects import fields

from nova_lite.objects import base


@base.register
class Service(base.NovaLiteObject):
    """One daemon on one host."""

    VERSION = '1.1'

    fields = {
        'id': fields.IntegerField(),
        'uuid': fields.UUIDField(),
        'host': fields.StringField(),
        'binary': fields.StringField(),
        'topic': fields.StringField(),
        'version': fields.IntegerField(),
        'availability_zone': fields.StringField(nullable=True),
        'disabled': fields.BooleanField(),
        'disabled_reason': fields.StringField(nullable=True),
        'forced_down': fields.BooleanField(),
        'is_up': fields.BooleanField(),
        'last_seen_at': fields.DateTimeField(nullable=True, tzinfo_aware=False),
        'created_at': fields.DateTimeField(nullable=True, tzinfo_aware=False),
        'updated_at': fields.DateTimeField(nullable=True, tzinfo_aware=False),
    }

    @base.remotable_classmethod
    def register(cls, context, *, host, binary, topic, worker, version, availability_zone):
        """Record a start of a daemon's worker; what its earlier start held is void.

        :returns: the new incarnation, a uuid
        """
        return base.store('services').register(
            context, host=host, binary=binary, topic=topic, worker=worker, version=version,
            availability_zone=availability_zone)

    @base.remotable_classmethod
    def heartbeat(cls, context, incarnation):
        """Say that the incarnation lives; extends everything it holds.

        :raises IncarnationVoid: if a newer start has replaced it
        """
        base.store('services').heartbeat(context, incarnation)

    @base.remotable_classmethod
    def end(cls, context, incarnation):
        """Say that the incarnation has ended: it holds nothing any more."""
        base.store('services').end(context, incarnation)

    @base.remotable_classmethod
    def minimum_version(cls, context, binary):
        """Answer the oldest version among the living services of that name."""
        return base.store('services').minimum_version(context, binary)

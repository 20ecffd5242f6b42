# SPDX-License-Identifier: Apache-2.0
"""The durable operation as its workers see it; the bodies are in db/stores/operations.py."""

from oslo_versionedobjects import fields

from nova_lite.objects import base
from nova_lite.objects import instance as instance_objects


@base.register
class Outcome(base.NovaLiteObject):
    """How a workflow ended, and what is true of the server now.

    :ivar vm_state: None leaves it as it is
    :ivar fault: {'code', 'message', 'details'} when it failed
    :ivar events: the steps, as rows of ``instance_action_events``
    """

    VERSION = '1.0'

    fields = {
        'vm_state': fields.StringField(nullable=True, default=None),
        'power_state': fields.IntegerField(nullable=True, default=None),
        'fault': base.JsonField(nullable=True, default=None),
        'events': base.JsonField(default=[]),
    }

    def __init__(self, context=None, **kwargs):
        super().__init__(context, **kwargs)
        self.obj_set_defaults()


@base.register
class HandOver(base.NovaLiteObject):
    """The next phase of an operation and whose it is.

    :ivar host: None for a controller
    :ivar changes: new values of ``arguments``; others stay
    :ivar allocate_networks: give the server its addresses in the same transaction
    """

    VERSION = '1.0'

    fields = {
        'phase': fields.StringField(),
        'host': fields.StringField(nullable=True, default=None),
        'node': fields.StringField(nullable=True, default=None),
        'changes': base.JsonField(default={}),
        'allocate_networks': fields.BooleanField(default=False),
        'events': base.JsonField(default=[]),
    }

    def __init__(self, context=None, **kwargs):
        super().__init__(context, **kwargs)
        self.obj_set_defaults()


@base.register
class Operation(base.NovaLiteObject):
    """A piece of work that is never lost."""

    VERSION = '1.0'

    fields = {
        'id': fields.IntegerField(),
        'parent_id': fields.IntegerField(nullable=True),
        'instance_uuid': fields.UUIDField(nullable=True),
        'kind': fields.StringField(),
        'state': fields.StringField(),
        'phase': fields.StringField(),
        'host': fields.StringField(nullable=True),
        'lease': fields.IntegerField(),
        'fence': fields.IntegerField(nullable=True),
        'host_may_hold': fields.BooleanField(),
        'attempts': fields.IntegerField(),
        'arguments': base.JsonField(),
        'request_id': fields.StringField(),
        'user_id': fields.StringField(nullable=True),
        'project_id': fields.StringField(nullable=True),
    }

    @base.remotable_classmethod
    def progress(cls, context, operation_id, lease):
        """Say that the phase goes on, and learn that it is still ours.

        :raises LeaseLost: if it is not; the caller stops and changes nothing more
        """
        base.store('operations').progress(context, operation_id, lease)

    @base.remotable_classmethod
    def hand_over(cls, context, operation_id, lease, hand_over):
        """End the phase and begin the next, whose owner the caller then wakes.

        :raises LeaseLost: if the phase is no longer the caller's
        """
        base.store('operations').hand_over(context, operation_id, lease, hand_over)

    @base.remotable_classmethod
    def finish(cls, context, operation_id, lease, outcome):
        """End the operation and record what is true of the server now.

        :raises LeaseLost: if the operation is no longer the caller's
        """
        base.store('operations').finish(context, operation_id, lease, outcome)

    @base.remotable_classmethod
    def give_back(cls, context, operation_id, lease):
        """Leave the phase unowned, for somebody else or a later try."""
        base.store('operations').give_back(context, operation_id, lease)


@base.register
class Work(base.NovaLiteObject):
    """What the owner of a phase needs to run it.

    :ivar journal: the steps of the present run, in this process only
    """

    VERSION = '1.0'

    fields = {
        'operation': fields.ObjectField('Operation'),
        'instance': fields.ObjectField('Instance', nullable=True),
        'secrets': base.JsonField(default={}),
    }

    journal = None

    @property
    def events(self):
        """The steps of the present run so far, as rows of ``instance_action_events``."""
        return list(self.journal.events) if self.journal else []

    @base.remotable_classmethod
    def take(cls, context, operation_id, incarnation, host):
        """Become the owner of the phase that an operation is in.

        On a host this is the record that the host may hold something of the
        guest from now on.

        :param host: None for a controller's phase
        :returns: a Work with all that is needed; None if there is nothing to
            do any more or somebody else has it
        """
        rows = base.store('operations').take(context, operation_id, incarnation, host)
        return rows and cls.from_rows(context, rows)

    @classmethod
    def from_rows(cls, context, rows):
        """Make a work of what the store's ``take`` answers."""
        instance = rows['instance'] and instance_objects.Instance.from_row(
            context, rows['instance'])
        return cls(context, operation=Operation.from_row(context, rows['operation']),
                   instance=instance, secrets=rows['secrets'])


@base.register
class OperationList(base.ObjectListBase, base.NovaLiteObject):
    """Several operations."""

    VERSION = '1.0'

    fields = {'objects': fields.ListOfObjectsField('Operation')}

    @base.remotable_classmethod
    def unfinished_for_host(cls, context, host):
        """Answer what the host has still to finish or to undo."""
        rows = base.store('operations').unfinished_for_host(context, host)
        return cls(context, objects=[Operation.from_row(context, row) for row in rows])

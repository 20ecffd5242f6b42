# SPDX-License-Identifier: Apache-2.0
"""Errors of the durable operation."""

from nova_lite.exception import base


class LeaseLost(base.Conflict):
    """Another worker or another operation has taken over; stop and change nothing more."""

    msg_fmt = 'Operation %(operation_id)s is no longer ours (lease %(lease)s).'


class OperationNotFound(base.NotFound):
    """No operation has that id."""

    msg_fmt = 'Operation %(operation_id)s could not be found.'


class UnknownPhase(base.NovaLiteException):
    """This release does not know the phase; a peer of another release may."""

    msg_fmt = 'Operation %(operation_id)s is in phase %(kind)s/%(phase)s, unknown to this release.'


class IdempotencyKeyReused(base.Invalid):
    """The same Idempotency-Key came with another body."""

    msg_fmt = 'Idempotency-Key %(key)s was used before with a different request body.'
    code = 422


class IdempotencyKeyInUse(base.Conflict):
    """The first request with this Idempotency-Key is still being recorded."""

    msg_fmt = 'A request with Idempotency-Key %(key)s is still running; ask again in a moment.'


class NotAllowed(base.Forbidden):
    """A host asked for something that is not its own."""

    msg_fmt = 'Host %(host)s may not ask for %(what)s.'


class OutcomeNotAllowed(base.Forbidden):
    """The table of operations does not let an operation end like this."""

    msg_fmt = "An operation of kind '%(kind)s' may not end in vm_state %(vm_state)s."


class SecretsKeyUnusable(base.NovaLiteException):
    """The key that protects the secrets of unfinished operations can't be read."""

    msg_fmt = (
        'The key in %(path)s can not be used (%(reason)s); '
        'see [operations] secrets_key_file and nova-lite-manage operation create_key.'
    )


class UndoFailed(base.NovaLiteException):
    """A step could not be undone; something of it may be left on the host."""

    msg_fmt = 'Could not undo: %(steps)s (undone because: %(reason)s).'


class IdempotencyKeyTaken(base.Conflict):
    """Another request with the same key was recorded first; its answer is the answer."""

    msg_fmt = 'Idempotency-Key %(key)s has been used.'


class BuildAbort(base.NovaLiteException):
    """A host failed in a way that no other host would do better."""

    msg_fmt = 'Build of the server was aborted: %(reason)s'
    safe = True


class MaxRetriesExceeded(base.NovaLiteException):
    """Enough hosts have been tried."""

    msg_fmt = (
        'Exceeded maximum number of retries: %(attempts)d host(s) were tried (%(hosts)s). '
        'The last one failed with: %(reason)s'
    )
    safe = True

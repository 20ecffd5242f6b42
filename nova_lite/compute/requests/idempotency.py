# SPDX-License-Identifier: Apache-2.0
"""Idempotency-Key: a create that is sent again answers what the first one answered.

The key is recorded in the create's own transaction, so it is there exactly if
the servers are. A key is good for one user in one project, for a time.
"""

from nova_lite.objects import base as objects_base


def first_answer(context, request):
    """Answer the servers of the first request with the same key; None if there was none.

    :raises IdempotencyKeyReused: the first request had another body
    """
    if request.idempotency_key is None:
        return None
    reservation = objects_base.store('idempotency').find(
        context, request.idempotency_key, request.body_hash)
    if reservation is None:
        return None
    # The answer names the servers and nothing secret: the password is given only once.
    request.admin_password = None
    return objects_base.store('instances').get_by_reservation(context, reservation)


def remember(context, request, reservation_id):
    """Record the key with what it made; part of the create's transaction.

    :raises IdempotencyKeyTaken: another request has just done so
    """
    if request.idempotency_key is not None:
        objects_base.store('idempotency').remember(
            context, request.idempotency_key, request.body_hash, reservation_id)

# SPDX-License-Identifier: Apache-2.0
"""Build: check what was asked for, record servers and operations, wake a conductor.

The controllers' phases are conductor/tasks/build.py and build_batch.py, the
host's is compute/workflows/build.py.
"""

from oslo_log import log

from nova_lite import context as nova_context
from nova_lite import exception, wake
from nova_lite.compute.requests import (
    build_checks,
    build_placement,
    build_quota,
    build_rows,
    idempotency,
)
from nova_lite.db import engine
from nova_lite.image import api as image_api
from nova_lite.objects import base as objects_base
from nova_lite.states import transitions

LOG = log.getLogger(__name__)


def create(context, request):
    """Record servers and the operations that build them; answer their rows.

    :param request: BuildRequest
    :raises Invalid: what was asked for contradicts itself or the image, or is not to be had
    :raises QuotaExceeded: it is more than the project or the user may have
    :raises IdempotencyKeyInUse: the first request with the key is still being recorded
    """
    answered = idempotency.first_answer(context, request)
    if answered is not None:
        return answered
    build_checks.check_security_groups(request.security_groups, context.project_id)
    build_placement.settle_zone(context, request)
    build_placement.check_host(context, request)
    image_meta = _image_of(context, request)
    build_checks.check_image(request.flavor, image_meta)
    limits = build_quota.limits_for(context, request)
    try:
        rows, wake_up = _record(
            context, request, image_meta, build_rows.key_of(context, request), limits)
    except (exception.IdempotencyKeyTaken, exception.QuotaExceeded):
        # The first request with the key may be what has used up the quota.
        answered = idempotency.first_answer(context, request)
        if answered is None:
            raise
        return answered
    except engine.db_exc.DBDeadlock as error:
        if request.idempotency_key is None:
            raise
        # The first request with the key holds its row and does not end.
        raise exception.IdempotencyKeyInUse(key=request.idempotency_key) from error
    queue = rows[0]['uuid'] if len(rows) == 1 else None
    context.resource_uuid = queue
    for row in rows:
        with nova_context.about(context, row['uuid']):
            LOG.info('Build recorded as operation %s, for project %s', wake_up, context.project_id)
    wake.owner_of_phase(context, wake_up, queue, None)
    return rows


def _image_of(context, request):
    try:
        return image_api.API().get(context, request.image_ref)
    except exception.ImageNotFound as error:
        raise exception.RequestedImageNotFound(image_id=request.image_ref) from error


@engine.retry_on_deadlock
def _record(context, request, image_meta, key, limits):
    """One transaction; answer the servers and the operation to wake a conductor for.

    The quota comes first: whoever counts the same waits there, and holds nothing else.
    """
    with engine.writer(context):
        request = build_quota.fit(context, request, limits)
        rows = build_rows.servers(context, request, image_meta, key)
        idempotency.remember(context, request, rows[0]['reservation_id'])
        objects_base.store('networks').validate(
            context, build_rows.wanted_networks(request), context.project_id, len(rows))
        objects_base.store('instances').create(context, rows)
        build_placement.join_group(context, request, rows)
        ids, wake_up = _begin(context, request, rows)
        objects_base.store('secrets').seal(context, {
            ids[row['uuid']]: build_rows.secrets_of(request) for row in rows})
    return rows, wake_up


def _begin(context, request, rows):
    """Begin the operations; answer their ids by server, and the one to run first."""
    operations = objects_base.store('operations')
    arguments = build_rows.arguments_of(request, len(rows))
    if len(rows) == 1:
        ids = operations.begin(context, [_child(rows[0], arguments, transitions.SCHEDULE)])
        return ids, ids[rows[0]['uuid']]
    parent = operations.begin(context, [{
        'kind': transitions.BUILD_BATCH, 'phase': transitions.SCHEDULE,
        'instance_uuid': None}])[None]
    ids = operations.begin(context, [
        {**_child(row, arguments, transitions.AWAIT_BATCH), 'parent_id': parent}
        for row in rows])
    return ids, parent


def _child(row, arguments, phase):
    return {'kind': transitions.BUILD, 'phase': phase, 'instance_uuid': row['uuid'],
            'fence': row['fence'], 'arguments': arguments}

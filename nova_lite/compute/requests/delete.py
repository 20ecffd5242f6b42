# SPDX-License-Identifier: Apache-2.0
"""Delete: allowed in every state, takes the server over from whatever runs.

On the host: workflows/delete.py; without a host: conductor/tasks/delete.py.
"""

from oslo_log import log

from nova_lite import wake
from nova_lite.compute import guards
from nova_lite.db import engine
from nova_lite.objects import base as objects_base
from nova_lite.states import transitions

LOG = log.getLogger(__name__)


def delete(context, instance):
    """Record the delete and wake whoever does it.

    :param instance: row of the server
    :raises InstanceIsLocked: if it is locked and the caller is no admin
    """
    row = transitions.TABLE[transitions.DELETE]
    operation_id, host = _record(context, instance['uuid'], row)
    LOG.info('Delete recorded as operation %s, for %s', operation_id, host or 'a controller')
    wake.owner_of_phase(context, operation_id, instance['uuid'], host)


@engine.retry_on_deadlock
def _record(context, uuid, row):
    """One transaction: fence off what runs, begin the delete; answer its id and its host."""
    with engine.writer(context):
        taken = objects_base.store('takeover').take_over(context, uuid, row.sets_task_state)
        guards.check(context, taken, row)
        host = taken['host']
        if host is not None and not objects_base.store('services').is_host_up(context, host):
            host = None
        phase = transitions.DESTROY if host else transitions.DELETE_LOCALLY
        operations = objects_base.store('operations')
        ids = operations.begin(context, [{
            'kind': row.kind, 'phase': phase, 'host': host, 'instance_uuid': uuid,
            'fence': taken['fence']}])
        operations.supersede(context, uuid, ids[uuid])
        return ids[uuid], host

# SPDX-License-Identifier: Apache-2.0
"""Reset state: an admin's word on what a server is; nothing is done to the guest.

What an operation does to the server is ended first, also where its host may
hold something of the guest: the server keeps the host then, its room and its
addresses, and a delete finds them. A server without a host is called active too,
as in Nova; the audit finds it. ``nova-lite-manage server reset-state`` does the same
and asks more.
"""

from oslo_log import log

from nova_lite.objects import base as objects_base

LOG = log.getLogger(__name__)

REASON = 'the state of the server was reset'


def reset(context, instance, vm_state):
    """Declare what a server is.

    :raises InstanceNotFound: if it has been deleted meanwhile
    """
    admin = f'user {context.user_id}'
    abandonment = objects_base.store('operations_admin').Abandonment(
        who='an admin', reason=REASON, even_if_host_holds=True)
    store = objects_base.store('state_reset')
    before = store.reset(context, instance['uuid'], store.Reset(
        vm_state=vm_state, who=admin, abandonment=abandonment, even_without_host=True))
    LOG.info('State reset from %s (task %s) to %s', before['vm_state'], before['task_state'],
             vm_state)

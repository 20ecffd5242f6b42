# SPDX-License-Identifier: Apache-2.0
"""The wake-up: tells whoever owns a phase of an operation that it is there to be run.

It is only a hint. The record is the work; a wake-up that is lost is sent again
by the sweeper, so a broker that is away is no error here.
"""

from oslo_log import log

from nova_lite import exception
from nova_lite.compute import rpcapi as compute_rpcapi
from nova_lite.conductor import rpcapi as conductor_rpcapi

LOG = log.getLogger(__name__)


def owner_of_phase(context, operation_id, instance_uuid, host):
    """Wake a conductor, or the host if the phase is one's.

    :param instance_uuid: what the operation lines up with; None for work that
        concerns no server
    """
    try:
        if host is None:
            conductor_rpcapi.ConductorAPI().run_operation(context, operation_id, instance_uuid)
        else:
            compute_rpcapi.ComputeAPI().run_operation(context, host, operation_id, instance_uuid)
    except exception.ServiceUnavailable as error:
        LOG.warning('Could not wake the owner of operation %s (%s); the sweeper will',
                    operation_id, error)

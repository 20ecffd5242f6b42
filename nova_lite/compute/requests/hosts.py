# SPDX-License-Identifier: Apache-2.0
"""What is asked of a host itself, not of its servers."""

from oslo_log import log

from nova_lite import exception
from nova_lite.compute import rpcapi

LOG = log.getLogger(__name__)


def uptime(context, host, is_up):
    """Answer since when a host runs and its load, as the program ``uptime`` says it.

    :param is_up: what the record says of its compute service
    :raises HostUptimeUnavailable: if the host does not answer, or can't tell
    """
    if not is_up:
        raise exception.HostUptimeUnavailable(
            host=host, reason='its compute service is unavailable at this time.')
    compute = rpcapi.ComputeAPI()
    if not compute.can_tell_uptime():
        raise exception.HostUptimeUnavailable(
            host=host, reason='its compute service has not been upgraded yet.')
    try:
        return compute.host_uptime(context, host)
    except (exception.ServiceUnavailable, exception.UptimeUnknown) as error:
        raise exception.HostUptimeUnavailable(host=host, reason=str(error)) from error


def uptime_if_known(context, host, is_up):
    """Answer the same, or None."""
    try:
        return uptime(context, host, is_up)
    except exception.HostUptimeUnavailable as error:
        LOG.debug('%s', error)
        return None

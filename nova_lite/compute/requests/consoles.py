# SPDX-License-Identifier: Apache-2.0
"""Console log: asked of the host directly."""

from nova_lite import exception, objects
from nova_lite.compute import rpcapi
from nova_lite.objects import base as objects_base


def output(context, instance, length):
    """Answer the end of a server's console log.

    :raises ConsoleLogNotAvailable: if the server is on no host
    :raises ComputeServiceUnavailable: if its host is down
    """
    host = instance['host']
    if host is None:
        raise exception.ConsoleLogNotAvailable(instance_uuid=instance['uuid'])
    if not objects_base.store('services').is_host_up(context, host):
        raise exception.ComputeServiceUnavailable(host=host)
    return rpcapi.ComputeAPI().console_output(
        context, host, objects.Instance.from_row(context, instance), length)

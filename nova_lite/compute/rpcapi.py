# SPDX-License-Identifier: Apache-2.0
"""Client of a host's endpoint; the twin of manager.py.

Version history:

* 1.0 - run_operation, console_output
"""

from nova_lite import rpc

TOPIC = 'compute'

CONSOLE_TIMEOUT = 30
"""Seconds; a console log may be long and its disk busy."""


class ComputeAPI:
    """What others ask of a host."""

    def __init__(self):
        self._client = rpc.Client(TOPIC, version='1.0')

    def run_operation(self, context, host, operation_id, instance_uuid):
        """Wake a host for a phase of an operation that is the host's."""
        self._client.cast(context, 'run_operation', host=host, operation_id=operation_id,
                          instance_uuid=instance_uuid)

    def console_output(self, context, host, instance, length):
        """Answer the end of a server's console log.

        :param length: lines from the end; None for all of it
        :returns: text
        """
        return self._client.call(context, 'console_output', host=host, timeout=CONSOLE_TIMEOUT,
                                 instance=instance, length=length)

# SPDX-License-Identifier: Apache-2.0
"""Consoles: the console log.

What is asked of the host is in nova_lite/compute/requests/consoles.py.
"""

from nova_lite.compute import api as compute_api

ALL = -1


class Consoles:
    """The actions of a server that look at its consoles."""

    def __init__(self):
        self._compute = compute_api.API()

    def output(self, request, server_id):
        """Show the console log of a server."""
        length = request.body['os-getConsoleOutput'].get('length')
        lines = None if length is None or int(length) == ALL else int(length)
        return {'output': self._compute.console_output(
            request.context, request.target, lines)}

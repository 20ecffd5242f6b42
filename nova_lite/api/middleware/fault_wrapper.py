# SPDX-License-Identifier: Apache-2.0
"""The edge of the API: whatever goes wrong inside becomes an answer here."""

from nova_lite.api.middleware import base
from nova_lite.api.openstack import faults


class FaultWrapper(base.Filter):
    """WSGI filter; nothing that it wraps needs to catch errors."""

    def __call__(self, environ, start_response):
        try:
            return self.application(environ, start_response)
        except Exception as error:  # noqa: BLE001 - the edge of the process: nobody is outside
            return faults.response_to(error, environ)(environ, start_response)

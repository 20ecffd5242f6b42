# SPDX-License-Identifier: Apache-2.0
"""Every request gets an id, every answer tells it, under both of its names.

oslo.middleware has such a filter too; it makes a request and a response of its own of
every one that passes, which is a twentieth of what a short answer costs.
"""

import re

from oslo_context import context
from oslo_middleware import request_id

from nova_lite.api.middleware import base

HEADERS = (request_id.HTTP_RESP_HEADER_REQUEST_ID, 'x-compute-request-id')
"""OpenStack's, and the one that clients of Nova look for."""

INBOUND = 'HTTP_' + request_id.INBOUND_HEADER.upper().replace('-', '_')
FORM = re.compile(request_id.ID_FORMAT)


class RequestId(base.Filter):
    """WSGI filter."""

    def __call__(self, environ, start_response):
        given = environ.get(INBOUND)
        if given is not None and FORM.fullmatch(given):
            environ[request_id.GLOBAL_REQ_ID] = given
        own = context.generate_request_id()
        environ[request_id.ENV_REQUEST_ID] = own

        def start_with_id(status, headers, *more):
            headers.extend((name, own) for name in HEADERS)
            return start_response(status, headers, *more)

        return self.application(environ, start_with_id)

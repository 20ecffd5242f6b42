# SPDX-License-Identifier: Apache-2.0
"""Every request gets an id, every answer tells it under both of its names, the log tells of both.

oslo.middleware has such a filter too; it makes a request and a response of its own of
every one that passes, which is a twentieth of what a short answer costs.
"""

import re
import time

from oslo_context import context as oslo_context
from oslo_log import log
from oslo_middleware import request_id

from nova_lite import context
from nova_lite.api.middleware import base
from nova_lite.api.openstack import wsgi

LOG = log.getLogger(__name__)

HEADERS = (request_id.HTTP_RESP_HEADER_REQUEST_ID, 'x-compute-request-id')
"""OpenStack's, and the one that clients of Nova look for."""

INBOUND = 'HTTP_' + request_id.INBOUND_HEADER.upper().replace('-', '_')
FORM = re.compile(request_id.ID_FORMAT)
NOTHING = '-'


class RequestId(base.Filter):
    """WSGI filter; log lines inside show what the request's context is, and nothing older."""

    def __call__(self, environ, start_response):
        given = environ.get(INBOUND)
        if given is not None and FORM.fullmatch(given):
            environ[request_id.GLOBAL_REQ_ID] = given
        own = oslo_context.generate_request_id()
        environ[request_id.ENV_REQUEST_ID] = own
        begin, address, answered = time.monotonic(), address_of(environ), []

        def start_with_id(status, headers, *more):
            answered[:] = [status, headers]
            headers.extend((name, own) for name in HEADERS)
            return start_response(status, headers, *more)

        with context.afresh():
            body = self.application(environ, start_with_id)
            if LOG.isEnabledFor(log.INFO):
                note(environ, address, answered, time.monotonic() - begin)
            return body


def address_of(environ):
    """Answer what a request asked for, so written that it can not begin a line of its own."""
    path = wsgi.shown(environ.get('SCRIPT_NAME', '') + environ.get('PATH_INFO', ''))
    query = environ.get('QUERY_STRING')
    return f'{path}?{wsgi.shown(query)}' if query else path


def note(environ, address, answered, seconds):
    """Write the line of a request; its ids stand before, as in all lines.

    :param answered: status and headers
    """
    status, headers = answered
    if oslo_context.get_current() is None:
        # It came no further than to a filter or a page that nobody needs a token for.
        context.RequestContext(request_id=environ[request_id.ENV_REQUEST_ID],
                               global_request_id=environ.get(request_id.GLOBAL_REQ_ID))
    length = next((value for name, value in headers if name.lower() == 'content-length'), NOTHING)
    method = wsgi.shown(environ.get('REQUEST_METHOD', NOTHING))
    LOG.info('%s "%s %s" status: %s len: %s microversion: %s time: %.6f',
             environ.get('REMOTE_ADDR', NOTHING), method, address, status[:3], length,
             environ.get(wsgi.VERSION, NOTHING), seconds)

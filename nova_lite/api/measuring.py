# SPDX-License-Identifier: Apache-2.0
"""Counts and times the requests of an application, around all of its filters.

Of an address it tells the route's, never what a client wrote in its place.
"""

import time

from nova_lite import metrics
from nova_lite.api.openstack import wsgi
from nova_lite.metrics import catalogue

METHODS = frozenset(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
OTHER = 'other'
NO_ROUTE = 'none'
FAILED = '500'


class Measured:
    """WSGI filter; does nothing while nobody looks.

    :param service: the application's name in the figures
    """

    def __init__(self, application, service):
        self._application = application
        self._service = service

    def __call__(self, environ, start_response):
        if not metrics.is_on():
            return self._application(environ, start_response)
        begin, answered = time.monotonic(), [FAILED]

        def note(status, *more):
            answered.append(status[:3])
            return start_response(status, *more)

        try:
            return self._application(environ, note)
        finally:
            labels = (self._service, *labels_of(environ))
            metrics.count(catalogue.API_REQUESTS, *labels, answered[-1])
            metrics.observe(catalogue.API_SECONDS, time.monotonic() - begin, *labels)


def labels_of(environ):
    """Answer method, route and action of a request, as far as one was found for it."""
    method = environ.get('REQUEST_METHOD')
    route = environ.get(wsgi.ROUTE)
    return (method if method in METHODS else OTHER, route.path if route else NO_ROUTE,
            (route.action if route else None) or '')

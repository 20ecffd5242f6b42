# SPDX-License-Identifier: Apache-2.0
"""The one place where errors become answers, in Nova's form.

``{"itemNotFound": {"code": 404, "message": "..."}}``
"""

from oslo_log import log

from nova_lite import exception
from nova_lite.api.openstack import microversions, wsgi

LOG = log.getLogger(__name__)

NAMES = {
    400: 'badRequest',
    401: 'unauthorized',
    403: 'forbidden',
    404: 'itemNotFound',
    405: 'badMethod',
    409: 'conflictingRequest',
    413: 'overLimit',
    415: 'badMediaType',
    429: 'overLimit',
    501: 'notImplemented',
    503: 'serviceUnavailable',
}
OTHER_NAME = 'computeFault'

UNEXPECTED = ('Unexpected API Error. Please tell the operator of this cloud, who finds the cause '
              'in the API log under %(request_id)s.')


OF_VERSIONS = (exception.MalformedMicroversion, exception.MicroversionNotSupported)
"""No version was found that could be announced; another header would have another answer."""


def response_to(error, environ):
    """Answer the response that tells a client about an error, and log what it is not told."""
    request_id = environ.get('openstack.request_id', 'the time of the request')
    if not isinstance(error, exception.NovaLiteException) or not error.safe:
        LOG.exception('Unexpected error in %s', _request_of(environ))
        return _fault(500, UNEXPECTED % {'request_id': request_id}, environ)
    code = _code_of(error, environ.get(wsgi.ROUTE))
    LOG.info('%s was refused with %s: %s', _request_of(environ), code,
             ' '.join(str(error).splitlines()))
    response = _fault(code, str(error), environ)
    if isinstance(error, exception.MethodNotAllowed):
        response.headers['Allow'] = ', '.join(sorted(error.allowed))
    if isinstance(error, OF_VERSIONS):
        response.headers['Vary'] = microversions.VARY
    return response


def _request_of(environ):
    return ' '.join(wsgi.shown(environ.get(name, '')) for name in ('REQUEST_METHOD', 'PATH_INFO'))


def _code_of(error, route):
    if error.code == 404 and route is not None and route.missing_is_bad_request:
        return 400
    return error.code


def _fault(code, message, environ):
    body = {NAMES.get(code, OTHER_NAME): {'code': code, 'message': message}}
    return wsgi.respond(body, code, environ.get(wsgi.VERSION))

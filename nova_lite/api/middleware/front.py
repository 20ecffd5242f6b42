# SPDX-License-Identifier: Apache-2.0
"""Filters of oslo.middleware that few installations need: behind a proxy, or for browsers.

PasteDeploy makes the pipeline when the options are known, and a filter that they leave
off is not in it at all. A request that brings none of the headers that a filter looks at
goes past it: the library makes a request and a response of its own of each that does not.
"""

from oslo_config import cfg
from oslo_middleware import cors, http_proxy_to_wsgi, opts

CONF = cfg.CONF

FORWARDED = ('HTTP_FORWARDED', 'HTTP_X_FORWARDED_PROTO', 'HTTP_X_FORWARDED_HOST',
             'HTTP_X_FORWARDED_PORT', 'HTTP_X_FORWARDED_PREFIX', 'HTTP_X_FORWARDED_FOR')
ORIGIN = ('HTTP_ORIGIN',)

VERSION_HEADERS = ['OpenStack-API-Version', 'X-OpenStack-Nova-API-Version']


def set_defaults():
    """Give the options of the library the defaults that they have here.

    oslo-config-generator calls it too, for the sample.
    """
    cors.set_defaults(
        allow_headers=['X-Auth-Token', 'X-Openstack-Request-Id', 'X-Identity-Status', 'X-Roles',
                       'X-Service-Catalog', 'X-User-Id', 'X-Tenant-Id', *VERSION_HEADERS],
        expose_headers=['X-Auth-Token', 'X-Openstack-Request-Id', 'X-Subject-Token',
                        'X-Service-Token', *VERSION_HEADERS],
        allow_methods=['GET', 'PUT', 'POST', 'DELETE', 'PATCH'])


def register_options(conf):
    """Add the options that decide whether the filters are there."""
    set_defaults()
    for listed in (opts.list_opts_cors(), opts.list_opts_http_proxy_to_wsgi()):
        for group, options in listed:
            conf.register_opts(options, group=group)


register_options(CONF)


class OnlyWith:
    """WSGI application: a filter for the requests that have one of some headers.

    :param names: of the headers, as WSGI has them
    """

    def __init__(self, names, filtered, application):
        self._names = names
        self._filtered = filtered
        self._application = application

    def __call__(self, environ, start_response):
        for name in self._names:
            if name in environ:
                return self._filtered(environ, start_response)
        return self._application(environ, start_response)


SCHEMES = ('http', 'https')


class SchemeOf:
    """WSGI application: believes one header of a proxy that says http or https.

    :param name: of the header, as WSGI has it
    """

    def __init__(self, name, application):
        self._name = name
        self._application = application

    def __call__(self, environ, start_response):
        scheme = environ.get(self._name)
        if scheme in SCHEMES:
            environ['wsgi.url_scheme'] = scheme
        return self._application(environ, start_response)


def proxy_headers(_global_conf, **_local_conf):
    """Answer the filter that believes what a proxy says of the address that was asked."""
    def wrap(application):
        if CONF.wsgi.secure_proxy_ssl_header:
            application = SchemeOf(CONF.wsgi.secure_proxy_ssl_header, application)
        if not CONF.oslo_middleware.enable_proxy_headers_parsing:
            return application
        return OnlyWith(
            FORWARDED, http_proxy_to_wsgi.HTTPProxyToWSGI(application, CONF), application)
    return wrap


def other_origins(_global_conf, **_local_conf):
    """Answer the filter that lets pages of other sites use the API, in browsers."""
    def wrap(application):
        if not CONF.cors.allowed_origin:
            return application
        return OnlyWith(ORIGIN, cors.CORS(application, CONF), application)
    return wrap

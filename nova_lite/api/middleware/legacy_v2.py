# SPDX-License-Identifier: Apache-2.0
"""The old v2 API: as 2.1, without microversions, and unknown properties are dropped."""

from nova_lite.api.middleware import base
from nova_lite.api.openstack import wsgi


class LegacyV2Compatible(base.Filter):
    """WSGI filter; the router and the validation look at the mark it leaves."""

    def __call__(self, environ, start_response):
        environ[wsgi.LEGACY] = True
        return self.application(environ, start_response)

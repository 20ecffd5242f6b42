# SPDX-License-Identifier: Apache-2.0
"""The old v2 API: as 2.1, without microversions, and unknown properties are dropped."""

from nova_lite.api.openstack import wsgi


class LegacyV2Compatible:
    """WSGI filter; the router and the validation look at the mark it leaves."""

    def __init__(self, application):
        self.application = application

    @classmethod
    def factory(cls, _global_conf, **_local_conf):
        """Make the filter for PasteDeploy."""
        return cls

    def __call__(self, environ, start_response):
        environ[wsgi.LEGACY] = True
        return self.application(environ, start_response)

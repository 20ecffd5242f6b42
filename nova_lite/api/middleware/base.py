# SPDX-License-Identifier: Apache-2.0
"""What all filters have in common: how PasteDeploy makes them."""


class Filter:
    """WSGI filter around an application; subclasses are called with each request."""

    def __init__(self, application):
        self.application = application

    @classmethod
    def factory(cls, _global_conf, **_local_conf):
        """Make the filter for PasteDeploy."""
        return cls

# SPDX-License-Identifier: Apache-2.0
"""Every request gets an id, every answer tells it, under both of its names."""

from oslo_middleware import request_id


class RequestId(request_id.RequestId):
    """oslo.middleware's, with the header that Nova's clients look for."""

    compat_headers = ['x-compute-request-id']

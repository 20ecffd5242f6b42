# SPDX-License-Identifier: Apache-2.0
"""Which part of a list a request wants."""

from oslo_config import cfg

CONF = cfg.CONF


def limit_of(request):
    """Answer the most records to answer with: what was asked for, up to [api] max_limit."""
    return min(int(request.asked('limit') or 0) or CONF.api.max_limit, CONF.api.max_limit)


def marker_of(request):
    """Answer the last record of the page before; None for the first page."""
    return request.asked('marker') or None

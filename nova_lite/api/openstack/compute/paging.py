# SPDX-License-Identifier: Apache-2.0
"""Which part of a list a request wants."""

from oslo_config import cfg

CONF = cfg.CONF


def limit_of(request):
    """Answer the most records to answer with: what was asked for, up to [api] max_limit."""
    asked = request.asked('limit')
    return min(int(asked), CONF.api.max_limit) if asked else CONF.api.max_limit


def is_full(request, records):
    """Answer whether more may follow the records of a page."""
    return bool(records) and len(records) == limit_of(request)


def marker_of(request):
    """Answer the last record of the page before; None for the first page."""
    return request.asked('marker') or None

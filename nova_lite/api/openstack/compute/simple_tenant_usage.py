# SPDX-License-Identifier: Apache-2.0
"""What projects have used in a period: hours of servers, and those times their size.

One statement reads the servers that ran in the period; a page is a number of
servers, so the sums of a project may come in parts, which clients add up.
"""

import datetime

from oslo_utils import timeutils

from nova_lite import exception, usage
from nova_lite.api.openstack.compute import paging
from nova_lite.api.openstack.compute.views import links
from nova_lite.api.openstack.compute.views import simple_tenant_usage as views
from nova_lite.api.openstack.microversions import Feature
from nova_lite.db.stores import usage as store

FORMS = ('%Y-%m-%dT%H:%M:%S', '%Y-%m-%dT%H:%M:%S.%f', '%Y-%m-%d %H:%M:%S.%f')
"""How a time may be written."""

DETAILED = '1'


class SimpleTenantUsage:
    """``/os-simple-tenant-usage`` and ``/os-simple-tenant-usage/{tenant_id}``."""

    def index(self, request):
        """List what all projects have used."""
        is_detailed = request.asked('detailed') == DETAILED
        now = timeutils.utcnow()
        period = period_of(request, now)
        rows = _page(request, period, with_flavor=is_detailed)
        answer = {'tenant_usages': views.of_projects(rows, period, now if is_detailed else None)}
        return _with_next_page(request, answer, 'tenant_usages_links', rows)

    def show(self, request, tenant_id):
        """Show what a project has used, and its servers."""
        now = timeutils.utcnow()
        period = period_of(request, now)
        rows = _page(request, period, with_flavor=True, project_id=tenant_id)
        shown = views.of_projects(rows, period, now)
        answer = {'tenant_usage': shown[0] if shown else {}}
        return _with_next_page(request, answer, 'tenant_usage_links', rows, tenant_id)


def _page(request, period, **wanted):
    if not request.offers(Feature.USAGE_PAGING):
        return store.list_active(request.context, period, **wanted)
    return store.list_active(
        request.context, period, marker=paging.marker_of(request),
        limit=paging.limit_of(request), **wanted)


def _with_next_page(request, answer, name, rows, *parts):
    if request.offers(Feature.USAGE_PAGING) and paging.is_full(request, rows):
        answer[name] = links.Links(request).next_page(
            rows[-1]['uuid'], 'os-simple-tenant-usage', *parts)
    return answer


def period_of(request, now):
    """Answer the period that is asked about; each end is now unless it is named.

    :raises Invalid: if an end is no time, or they are the wrong way round
    """
    start, end = request.asked('start'), request.asked('end')
    period = usage.Period(moment_of(start) if start else now, moment_of(end) if end else now)
    if period.beginning >= period.ending and (start or end):
        raise exception.Invalid(
            'Invalid start time. The start time cannot occur after the end time.')
    return period


def moment_of(text):
    """Answer the time that a text is.

    :raises Invalid: if it has none of the forms
    """
    for form in FORMS:
        try:
            return datetime.datetime.strptime(text, form)
        except ValueError:
            continue
    raise exception.Invalid('Datetime is in invalid format')

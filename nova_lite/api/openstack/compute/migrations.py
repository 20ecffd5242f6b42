# SPDX-License-Identifier: Apache-2.0
"""Migrations: the list of moves of servers between hosts.

Who may not see those of all projects sees those of their own.
"""

from oslo_utils import strutils

from nova_lite import exception
from nova_lite.api.openstack.compute import instance_actions, paging
from nova_lite.api.openstack.compute.views import migrations as views
from nova_lite.api.openstack.microversions import Feature
from nova_lite.db.stores import migrations as store
from nova_lite.policies import enforcement
from nova_lite.policies import migrations as policies

EXACT = ('host', 'instance_uuid', 'migration_type', 'project_id', 'source_compute', 'status',
         'user_id')


class Migrations:
    """``/os-migrations``."""

    def index(self, request):
        """List migrations."""
        view = views.MigrationView(request)
        filters = filters_of(request)
        if not enforcement.allows(request.context, policies.ALL_PROJECTS):
            if filters.get('project_id', request.context.project_id) != request.context.project_id:
                return {'migrations': []}
            filters['project_id'] = request.context.project_id
        pages = request.offers(Feature.MIGRATION_PAGING)
        limit = paging.limit_of(request) if pages else None
        rows = store.list_migrations(request.context, filters=filters, limit=limit,
                                     marker=paging.marker_of(request))
        answer = {'migrations': [view.whole(row) for row in rows]}
        if pages and paging.is_full(request, rows):
            answer['migrations_links'] = view.next_page(rows)
        return answer


def filters_of(request):
    """Answer what the query asks for, as the store knows it.

    :raises Invalid: if a value can not be meant
    """
    asked = {name: request.asked(name) for name in EXACT}
    since, before = instance_actions.period_of(request)
    asked.update(changes_since=since, changes_before=before, hidden=_flag(request.asked('hidden')))
    return {name: value for name, value in asked.items() if value is not None}


def _flag(text):
    if text is None:
        return None
    try:
        return strutils.bool_from_string(text, strict=True)
    except ValueError:
        raise exception.Invalid(f'Invalid hidden filter [{text}]') from None

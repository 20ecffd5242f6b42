# SPDX-License-Identifier: Apache-2.0
"""Server groups: list, create, show, delete.

Servers become members by the hint ``group`` of their create request
(nova_lite/compute/requests/build.py).
"""

from oslo_config import cfg
from oslo_log import log

from nova_lite import exception
from nova_lite.api.openstack import validation
from nova_lite.api.openstack.compute import paging
from nova_lite.api.openstack.compute.views import server_groups as views
from nova_lite.api.openstack.microversions import Feature
from nova_lite.db.stores import server_groups as store
from nova_lite.policies import enforcement
from nova_lite.policies import server_groups as policies
from nova_lite.quota import api as quota

CONF = cfg.CONF
LOG = log.getLogger(__name__)

WITH_RULES = 'anti-affinity'
"""The only policy that has rules."""


class ServerGroups:
    """``/os-server-groups`` and ``/os-server-groups/{server_group_id}``."""

    def index(self, request):
        """List server groups."""
        rows = store.list_groups(
            request.context, all_projects=_wants_all_projects(request),
            # Zero is no limit here, unlike in lists with markers.
            limit=paging.limit_of(request) or CONF.api.max_limit, offset=_offset_of(request))
        return {'server_groups': [views.whole(request, row) for row in rows]}

    def create(self, request):
        """Create a server group."""
        columns = columns_of(request)
        row = quota.add_server_group(
            request.context, lambda: store.create(request.context, **columns))
        LOG.info('Server group %s (%s) of project %s was created', row['uuid'], row['policy'],
                 row['project_id'])
        return {'server_group': views.whole(request, row)}

    def show(self, request, server_group_id):
        """Show a server group."""
        return {'server_group': views.whole(request, request.target)}

    def delete(self, request, server_group_id):
        """Delete a server group; its servers stay."""
        store.delete(request.context, server_group_id)
        LOG.info('Server group %s was deleted', server_group_id)


def _offset_of(request):
    """Answer how many groups are left out; there are never more than the database can count."""
    return min(int(request.asked('offset') or 0), validation.HIGHEST_INTEGER)


def _wants_all_projects(request):
    """Answer whether all projects are asked for by somebody who may; others get their own."""
    return request.asked('all_projects') is not None and enforcement.allows(
        request.context, policies.INDEX_ALL_PROJECTS)


def columns_of(request):
    """Answer the columns of the group that a body describes.

    :raises Invalid: if the policy does not go with rules
    """
    wanted = request.body['server_group']
    if not request.offers(Feature.GROUP_RULES):
        return {'name': wanted['name'], 'policy': wanted['policies'][0], 'rules': {}}
    rules = {name: int(value) for name, value in wanted.get('rules', {}).items()}
    if rules and wanted['policy'] != WITH_RULES:
        raise exception.Invalid(f'Only {WITH_RULES} policy supports rules.')
    return {'name': wanted['name'], 'policy': wanted['policy'], 'rules': rules}

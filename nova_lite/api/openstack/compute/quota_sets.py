# SPDX-License-Identifier: Apache-2.0
"""Quotas of projects and of users in them: show, show with what is used, change, forget.

Which limit holds and which may be set is decided in nova_lite/quota.
"""

from oslo_log import log
from oslo_utils import strutils

from nova_lite import exception
from nova_lite.api import projects
from nova_lite.api.openstack import validation
from nova_lite.api.openstack.compute.views import quotas as views
from nova_lite.db.stores import quotas as store
from nova_lite.quota import api as quota
from nova_lite.quota import limits as quota_limits
from nova_lite.quota import resources, settings

LOG = log.getLogger(__name__)


class QuotaSets:
    """``/os-quota-sets/{tenant_id}`` and what is below it."""

    def show(self, request, tenant_id):
        """Show the limits of a project, or of a user in it."""
        projects.check(request.context, tenant_id)
        limits = quota.limits_of(request.context, tenant_id, request.asked('user_id'))
        return {'quota_set': views.of_project(request, limits.all(), tenant_id)}

    def detail(self, request, tenant_id):
        """Show the limits of a project, or of a user in it, and what is used of them."""
        projects.check(request.context, tenant_id)
        user_id = request.asked('user_id')
        limits = quota.limits_of(request.context, tenant_id, user_id)
        used = settings.used(request.context, tenant_id, user_id)
        return {'quota_set': views.of_project_in_detail(request, limits.all(), used, tenant_id)}

    def defaults(self, request, tenant_id):
        """Show the limits of projects that have none of their own."""
        projects.check(request.context, tenant_id)
        limits = quota_limits.read_class(request.context)
        return {'quota_set': views.of_project(request, limits, tenant_id)}

    def update(self, request, tenant_id):
        """Set limits of a project, or of a user in it."""
        projects.check(request.context, tenant_id)
        body, user_id = request.body['quota_set'], request.asked('user_id')
        wanted = limits_in(body)
        limits = settings.change(
            request.context, tenant_id, user_id, wanted,
            force=strutils.bool_from_string(body.get('force', False)))
        LOG.info('Limits of project %s, user %s were set: %s', tenant_id, user_id, wanted)
        return {'quota_set': views.of_project(request, limits.all())}

    def delete(self, request, tenant_id):
        """Give a project, or a user in it, the default limits again."""
        user_id = request.asked('user_id')
        store.forget(request.context, tenant_id, user_id)
        LOG.info('Limits of project %s, user %s were removed', tenant_id, user_id)


def limits_in(body):
    """Answer the limits that a body wants set: {resource: limit}.

    :raises Invalid: if one is too large
    """
    wanted = {name: int(body[name]) for name in resources.ALL if name in body}
    for name, limit in wanted.items():
        if limit > validation.HIGHEST_INTEGER:
            raise exception.Invalid(
                f'Quota limit {limit} for {name} is larger than {validation.HIGHEST_INTEGER}')
    return wanted

# SPDX-License-Identifier: Apache-2.0
"""What a project may have and has: the summary that users look at."""

from nova_lite.api.openstack.compute import targets
from nova_lite.api.openstack.compute.views import limits as views
from nova_lite.policies import enforcement
from nova_lite.policies import limits as policies
from nova_lite.quota import api as quota
from nova_lite.quota import settings


class Limits:
    """``/limits``."""

    def index(self, request):
        """Show what the project may have and what it has."""
        project_id = _project_of(request)
        limits = quota.limits_of(request.context, project_id).project
        used = settings.used(request.context, project_id)
        # Nothing is ever reserved, so ``reserved`` adds nothing to what is used.
        return {'limits': {'rate': [], 'absolute': views.absolute(request, limits, used)}}


def _project_of(request):
    """Answer the project that is meant: the caller's own unless an admin names one.

    :raises PolicyNotAuthorized: if the caller may not look at others
    """
    named = request.asked('tenant_id')
    if named is None:
        return request.context.project_id
    owner = targets.project(request.context, named)
    enforcement.authorize(request.context, policies.OTHER_PROJECT, owner)
    return named

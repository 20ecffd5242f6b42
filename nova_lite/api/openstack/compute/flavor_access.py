# SPDX-License-Identifier: Apache-2.0
"""Who may use a private flavor: list, add, remove."""

from nova_lite import exception
from nova_lite.api import projects
from nova_lite.api.openstack.microversions import Feature
from nova_lite.db.stores import flavor_access as store
from nova_lite.db.stores import flavors


class FlavorAccess:
    """``/flavors/{flavor_id}/os-flavor-access`` and two actions of a flavor."""

    def index(self, request, flavor_id):
        """List the projects that may use a private flavor."""
        flavor = flavors.get_by_flavorid(request.context, flavor_id)
        if flavor['is_public']:
            raise exception.PublicFlavorHasNoAccessList(flavor_id=flavor_id)
        return self._shown(request, flavor)

    def add(self, request, flavor_id):
        """Let a project use a private flavor."""
        project_id = request.body['addTenantAccess']['tenant']
        projects.check(request.context, project_id)
        flavor = flavors.get_by_flavorid(request.context, flavor_id)
        if flavor['is_public'] and request.offers(Feature.NO_ACCESS_TO_PUBLIC_FLAVORS):
            raise exception.FlavorIsPublic
        store.add(request.context, flavor, project_id)
        return self._shown(request, flavor)

    def remove(self, request, flavor_id):
        """Let a project use a private flavor no more."""
        # Also of a project that is not there any more.
        project_id = request.body['removeTenantAccess']['tenant']
        flavor = flavors.get_by_flavorid(request.context, flavor_id)
        store.remove(request.context, flavor, project_id)
        return self._shown(request, flavor)

    @staticmethod
    def _shown(request, flavor):
        return {'flavor_access': [
            {'flavor_id': flavor['flavorid'], 'tenant_id': project_id}
            for project_id in store.projects_of(request.context, flavor['id'])]}

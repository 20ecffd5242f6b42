# SPDX-License-Identifier: Apache-2.0
"""Extra specs of flavors: list, show, add, change, remove.

The router has checked the form; what the specs of our namespaces may be is in
extra_spec_rules.py.
"""

from nova_lite import exception
from nova_lite.api.openstack.compute import extra_spec_rules
from nova_lite.api.openstack.microversions import Feature
from nova_lite.db.stores import flavors as store

LONGEST_VALUE = 255


class FlavorExtraSpecs:
    """``/flavors/{flavor_id}/os-extra_specs``."""

    def index(self, request, flavor_id):
        """List the extra specs of a flavor."""
        return {'extra_specs': self._specs(request, flavor_id)}

    def show(self, request, flavor_id, key):
        """Show an extra spec of a flavor."""
        specs = self._specs(request, flavor_id)
        if key not in specs:
            raise exception.FlavorExtraSpecsNotFound(flavor_id=flavor_id, key=key)
        return {key: specs[key]}

    def create(self, request, flavor_id):
        """Add extra specs to a flavor."""
        specs = specs_of(request, request.body['extra_specs'])
        self._check_together(request, flavor_id, specs)
        store.set_extra_specs(request.context, flavor_id, specs)
        return {'extra_specs': specs}

    def update(self, request, flavor_id, key):
        """Change an extra spec of a flavor."""
        if key not in request.body:
            raise exception.BodyNamesAnother(thing='extra spec')
        specs = specs_of(request, request.body)
        self._check_together(request, flavor_id, specs)
        store.set_extra_specs(request.context, flavor_id, specs)
        return specs

    def delete(self, request, flavor_id, key):
        """Remove an extra spec of a flavor."""
        store.delete_extra_spec(request.context, flavor_id, key)

    @staticmethod
    def _check_together(request, flavor_id, specs):
        """Refuse what no node can meet beside the specs that are there already.

        :raises InvalidExtraSpec: since 2.86
        """
        if request.offers(Feature.EXTRA_SPEC_VALIDATION):
            flavor = store.get_by_flavorid(request.context, flavor_id)
            extra_spec_rules.check_together({**flavor['extra_specs'], **specs}, flavor)

    @staticmethod
    def _specs(request, flavor_id):
        return store.get_by_flavorid(request.context, flavor_id)['extra_specs']


def specs_of(request, pairs):
    """Answer the pairs of a body with numbers written out.

    :raises InvalidInput: if a value is too long to be kept
    :raises InvalidExtraSpec: since 2.86, if one of our namespaces has no such spec
    """
    specs = {key: str(value) for key, value in pairs.items()}
    for key, value in specs.items():
        if len(value) > LONGEST_VALUE:
            raise exception.InvalidInput(
                reason=f'the value of {key} has more than {LONGEST_VALUE} characters')
        if request.offers(Feature.EXTRA_SPEC_VALIDATION):
            extra_spec_rules.check(key, value)
    return specs

# SPDX-License-Identifier: Apache-2.0
"""How flavors are shown: the newest form is built, then lowered to the request's version."""

from nova_lite.api.openstack.compute.views import links
from nova_lite.api.openstack.microversions import Feature
from nova_lite.policies import enforcement
from nova_lite.policies import flavors as policies


def _swap_is_text(flavor):
    flavor['swap'] = flavor['swap'] or ''


LOWER = (
    (Feature.STRICT_QUERIES, _swap_is_text),
    (Feature.FLAVOR_EXTRA_SPECS, lambda flavor: flavor.pop('extra_specs', None)),
    (Feature.FLAVOR_DESCRIPTION, lambda flavor: flavor.pop('description')),
)


class FlavorView:
    """Shows flavors in the answer to one request.

    :ivar shows_specs: whether extra specs are a part of it
    """

    def __init__(self, request):
        self._request = request
        self._links = links.Links(request)
        self.shows_specs = request.offers(Feature.FLAVOR_EXTRA_SPECS) and enforcement.allows(
            request.context, policies.SPECS_INDEX)

    def short(self, row):
        """Answer what lists show."""
        shown = {'id': row['flavorid'], 'name': row['name'],
                 'links': self._links.pair('flavors', row['flavorid'])}
        if self._request.offers(Feature.FLAVOR_DESCRIPTION):
            shown['description'] = row['description']
        return shown

    def whole(self, row):
        """Answer all of a flavor."""
        shown = {
            'id': row['flavorid'], 'name': row['name'], 'ram': row['memory_mb'],
            'disk': row['root_gb'], 'vcpus': row['vcpus'], 'swap': row['swap'],
            'OS-FLV-EXT-DATA:ephemeral': row['ephemeral_gb'],
            'os-flavor-access:is_public': row['is_public'],
            'description': row['description'],
            'links': self._links.pair('flavors', row['flavorid'])}
        if not self._request.offers(Feature.NO_FLAVOR_FACTOR):
            shown.update({'rxtx_factor': row['rxtx_factor'],
                          'OS-FLV-DISABLED:disabled': row['disabled']})
        if self.shows_specs:
            shown['extra_specs'] = row['extra_specs']
        for feature, lower in LOWER:
            if not self._request.offers(feature):
                lower(shown)
        return shown

    def next_page(self, rows, *parts):
        """Answer the link to the page after these rows."""
        return self._links.next_page(rows[-1]['flavorid'], 'flavors', *parts)

# SPDX-License-Identifier: Apache-2.0
"""Schemas of the summary of limits."""

from nova_lite.api.openstack.compute.schemas import parts, quotas
from nova_lite.api.openstack.compute.views import limits as views
from nova_lite.api.openstack.microversions import Feature

QUERY = parts.series(
    parts.query_of({'tenant_id': parts.parameter(minLength=1, maxLength=255),
                    'reserved': parts.parameter(maxLength=255)}),
    (Feature.STRICT_QUERIES, parts.without_unknown),
)


def _without(names):
    """Answer a change: these names are not there any more."""
    def change(schema):
        absolute = schema['properties']['limits']['properties']['absolute']
        for name in names:
            del absolute['properties'][name]
        absolute['required'] = [name for name in absolute['required'] if name not in names]
    return change


_ABSOLUTE = {
    **dict.fromkeys((*views.MOST, *views.OF_FILES, *views.OF_IMAGES, *views.OF_NETWORKS),
                    quotas.SHOWN_LIMIT),
    **dict.fromkeys((*views.USED, *views.USED_OF_NETWORKS), parts.COUNT)}

ANSWER = parts.series(
    parts.closed({'limits': parts.closed({
        'rate': parts.array_of(parts.TEXT, maxItems=0), 'absolute': parts.closed(_ABSOLUTE)})}),
    (Feature.NO_PROXIES, _without((*views.OF_NETWORKS, *views.USED_OF_NETWORKS))),
    (Feature.NO_IMAGE_METADATA, _without(views.OF_IMAGES)),
    (Feature.NO_PERSONALITY, _without(views.OF_FILES)),
)

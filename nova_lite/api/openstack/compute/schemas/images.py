# SPDX-License-Identifier: Apache-2.0
"""Schemas of images, which the API shows before 2.36, and of their metadata, before 2.39."""

from nova_lite.api.openstack.compute.schemas import parts

QUERY = parts.series(parts.query_of({
    **parts.PAGING,
    **dict.fromkeys(('name', 'status', 'server', 'type'), parts.parameter(maxLength=255)),
    **dict.fromkeys(('minRam', 'minDisk'), parts.NUMBER_PARAMETER),
    'changes-since': parts.MOMENT_PARAMETER,
}, patterns={'^property-': parts.parameter(maxLength=4096)}))

_LINK = parts.closed({'rel': {'enum': ['self', 'bookmark', 'alternate']}, 'href': parts.TEXT,
                      'type': parts.TEXT}, optional=('type',))
_SHORT = {'id': parts.UUID, 'name': parts.TEXT,
          'links': parts.array_of(_LINK, minItems=3, maxItems=3)}
_IMAGE = parts.closed({
    **_SHORT,
    'minRam': parts.COUNT, 'minDisk': parts.COUNT, 'OS-EXT-IMG-SIZE:size': parts.INTEGER,
    'metadata': {'type': 'object', 'additionalProperties': parts.TEXT},
    'created': parts.MOMENT, 'updated': parts.MOMENT, 'progress': {'enum': [0, 25, 50, 100]},
    'status': {'enum': ['ACTIVE', 'SAVING', 'ERROR', 'DELETED', 'UNKNOWN']},
    'server': parts.closed({'id': parts.TEXT, 'links': parts.LINKS}),
    'OS-DCF:diskConfig': {'enum': ['AUTO', 'MANUAL']},
}, optional=('server', 'OS-DCF:diskConfig'))


def _list_of(image):
    return parts.series(parts.closed(
        {'images': parts.array_of(image), 'images_links': parts.NEXT_PAGE},
        optional=('images_links',)))


LIST_ANSWER = _list_of(parts.closed(_SHORT))
DETAIL_ANSWER = _list_of(_IMAGE)
SHOW_ANSWER = parts.series(parts.closed({'image': _IMAGE}))

METADATA = parts.series(parts.closed({'metadata': parts.METADATA}))
ITEM = parts.series(parts.closed(
    {'meta': {**parts.METADATA, 'minProperties': 1, 'maxProperties': 1}}))

_ANY_TEXTS = {'type': 'object', 'additionalProperties': parts.TEXT}
METADATA_ANSWER = parts.series(parts.closed({'metadata': _ANY_TEXTS}))
ITEM_ANSWER = parts.series(parts.closed(
    {'meta': {**_ANY_TEXTS, 'minProperties': 1, 'maxProperties': 1}}))

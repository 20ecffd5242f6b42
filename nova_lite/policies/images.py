# SPDX-License-Identifier: Apache-2.0
"""Policies of images, which the API showed before 2.36, and of their metadata, before 2.39.

Who may change which image is decided by nova_lite/image too.
"""

from nova_lite.policies import base

INDEX = 'os_compute_api:images:index'
DETAIL = 'os_compute_api:images:detail'
SHOW = 'os_compute_api:images:show'
DELETE = 'os_compute_api:images:delete'
METADATA_INDEX = 'os_compute_api:image-metadata:index'
METADATA_SHOW = 'os_compute_api:image-metadata:show'
METADATA_CREATE = 'os_compute_api:image-metadata:create'
METADATA_UPDATE = 'os_compute_api:image-metadata:update'
METADATA_UPDATE_ALL = 'os_compute_api:image-metadata:update_all'
METADATA_DELETE = 'os_compute_api:image-metadata:delete'

_IMAGE = '/images/{image_id}'
_METADATA = f'{_IMAGE}/metadata'
_ITEM = f'{_METADATA}/{{key}}'

RULES = [
    base.rule(INDEX, base.PROJECT_READER_OR_ADMIN, 'List images.', 'GET /images'),
    base.rule(DETAIL, base.PROJECT_READER_OR_ADMIN, 'List images with details.',
              'GET /images/detail'),
    base.rule(SHOW, base.PROJECT_READER_OR_ADMIN, 'Show an image.', f'GET {_IMAGE}'),
    base.rule(DELETE, base.PROJECT_MEMBER_OR_ADMIN, 'Delete an image.', f'DELETE {_IMAGE}'),
    base.rule(METADATA_INDEX, base.PROJECT_READER_OR_ADMIN, 'List the metadata of an image.',
              f'GET {_METADATA}'),
    base.rule(METADATA_SHOW, base.PROJECT_READER_OR_ADMIN,
              'Show an item of the metadata of an image.', f'GET {_ITEM}'),
    base.rule(METADATA_CREATE, base.PROJECT_MEMBER_OR_ADMIN, 'Add metadata to an image.',
              f'POST {_METADATA}'),
    base.rule(METADATA_UPDATE, base.PROJECT_MEMBER_OR_ADMIN,
              'Set an item of the metadata of an image.', f'PUT {_ITEM}'),
    base.rule(METADATA_UPDATE_ALL, base.PROJECT_MEMBER_OR_ADMIN,
              'Replace the metadata of an image.', f'PUT {_METADATA}'),
    base.rule(METADATA_DELETE, base.PROJECT_MEMBER_OR_ADMIN,
              'Remove an item of the metadata of an image.', f'DELETE {_ITEM}'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES

# SPDX-License-Identifier: Apache-2.0
"""The addresses of images, until 2.36, and of their metadata, until 2.39."""

from nova_lite.api.openstack import router
from nova_lite.api.openstack.compute import image_metadata, images
from nova_lite.api.openstack.compute.routes import parts
from nova_lite.api.openstack.compute.schemas import images as schemas
from nova_lite.api.openstack.microversions import Feature
from nova_lite.api.openstack.router import Route
from nova_lite.policies import images as policies

IMAGE = '/images/{image_id}'
METADATA = f'{IMAGE}/metadata'
ITEM = f'{METADATA}/{{key}}'

IMAGES = (
    Route(method='GET', path='/images', controller=images.Images, handler='index',
          policy=policies.INDEX, until=Feature.NO_PROXIES,
          query=schemas.QUERY, response=schemas.LIST_ANSWER),
    Route(method='GET', path='/images/detail', controller=images.Images, handler='detail',
          policy=policies.DETAIL, until=Feature.NO_PROXIES,
          query=schemas.QUERY, response=schemas.DETAIL_ANSWER),
    Route(method='GET', path=IMAGE, controller=images.Images, handler='show',
          policy=policies.SHOW, until=Feature.NO_PROXIES, response=schemas.SHOW_ANSWER),
    Route(method='DELETE', path=IMAGE, controller=images.Images, handler='delete',
          policy=policies.DELETE, until=Feature.NO_PROXIES, status=parts.GONE,
          response=router.NO_CONTENT),
)

IMAGE_METADATA = (
    Route(method='GET', path=METADATA, controller=image_metadata.ImageMetadata,
          handler='index', policy=policies.METADATA_INDEX, until=Feature.NO_IMAGE_METADATA,
          response=schemas.METADATA_ANSWER),
    Route(method='POST', path=METADATA, controller=image_metadata.ImageMetadata,
          handler='create', policy=policies.METADATA_CREATE, until=Feature.NO_IMAGE_METADATA,
          body=schemas.METADATA, response=schemas.METADATA_ANSWER),
    Route(method='PUT', path=METADATA, controller=image_metadata.ImageMetadata,
          handler='update_all', policy=policies.METADATA_UPDATE_ALL,
          until=Feature.NO_IMAGE_METADATA,
          body=schemas.METADATA, response=schemas.METADATA_ANSWER),
    Route(method='GET', path=ITEM, controller=image_metadata.ImageMetadata,
          handler='show', policy=policies.METADATA_SHOW, until=Feature.NO_IMAGE_METADATA,
          response=schemas.ITEM_ANSWER),
    Route(method='PUT', path=ITEM, controller=image_metadata.ImageMetadata,
          handler='update', policy=policies.METADATA_UPDATE, until=Feature.NO_IMAGE_METADATA,
          body=schemas.ITEM, response=schemas.ITEM_ANSWER),
    Route(method='DELETE', path=ITEM, controller=image_metadata.ImageMetadata,
          handler='delete', policy=policies.METADATA_DELETE, until=Feature.NO_IMAGE_METADATA,
          status=parts.GONE, response=router.NO_CONTENT),
)

ROWS = (*IMAGES, *IMAGE_METADATA)

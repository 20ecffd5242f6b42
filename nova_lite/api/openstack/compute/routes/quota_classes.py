# SPDX-License-Identifier: Apache-2.0
"""The addresses of quota classes."""

from nova_lite.api.openstack.compute import quota_classes
from nova_lite.api.openstack.compute.schemas import quotas as schemas
from nova_lite.api.openstack.router import Route
from nova_lite.policies import quota_classes as policies

CLASS = '/os-quota-class-sets/{class_name}'

ROWS = (
    Route(method='GET', path=CLASS, controller=quota_classes.QuotaClasses, handler='show',
          policy=policies.SHOW, response=schemas.CLASS_ANSWER),
    Route(method='PUT', path=CLASS, controller=quota_classes.QuotaClasses, handler='update',
          policy=policies.UPDATE, body=schemas.UPDATE_CLASS,
          response=schemas.UPDATE_CLASS_ANSWER),
)

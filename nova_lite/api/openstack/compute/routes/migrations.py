# SPDX-License-Identifier: Apache-2.0
"""The address of migrations."""

from nova_lite.api.openstack.compute import migrations
from nova_lite.api.openstack.compute.schemas import migrations as schemas
from nova_lite.api.openstack.router import Route
from nova_lite.policies import migrations as policies

ROWS = (
    Route(method='GET', path='/os-migrations', controller=migrations.Migrations, handler='index',
          policy=policies.INDEX, query=schemas.QUERY, response=schemas.LIST_ANSWER),
)

# SPDX-License-Identifier: Apache-2.0
"""Every address of the compute API: the table, and the application made of it.

To add a resource ``things``:

1. ``schemas/things.py``: a series of schemas for each query, body and answer
   (``parts.series(first, (Feature.X, change), ...)``; ``parts.closed`` makes
   an object that takes nothing else).
2. ``policies/things.py``: names, defaults, ``list_rules()``; found by itself.
3. ``views/things.py``: build the newest form of a record, then lower it by a
   table of (feature, what takes it away).
4. ``things.py``: a class with one method a route, ``method(request, **path)``.
   It answers a body, None for no body, or a ``wsgi.Answer`` (headers, another
   status). It raises errors of nova_lite.exception and catches none.
5. Rows here. ``target`` loads what the policy is asked about, and answers 404
   for what the caller may not see (targets.py); without it the policy is asked
   about the caller's own project. ``since`` and ``until`` are features; an
   address may have several rows for several ranges of versions. Actions have
   the path of ``ACTION`` and ``action='os-name'``, the body's only key.
6. Tests: tests/contract/test_routes.py holds each row to having all of this;
   tests/unit/api/openstack walks every row with hostile input and with another
   project's token.

A method's docstring begins with the sentence that the API reference shows.
"""

from nova_lite.api.openstack import router
from nova_lite.api.openstack.compute import servers, targets
from nova_lite.api.openstack.compute.schemas import server_queries
from nova_lite.api.openstack.compute.schemas import servers as server_schemas
from nova_lite.api.openstack.microversions import Series
from nova_lite.api.openstack.router import Route
from nova_lite.policies import servers as server_policies

ACCEPTED = Series(202)
GONE = Series(204)

SERVER = '/servers/{server_id}'
ACTION = f'{SERVER}/action'

SERVERS = (
    Route(method='GET', path='/servers', controller=servers.Servers, handler='index',
          policy=server_policies.INDEX,
          query=server_queries.QUERY, response=server_schemas.LIST_ANSWER),
    Route(method='POST', path='/servers', controller=servers.Servers, handler='create',
          policy=server_policies.CREATE, status=ACCEPTED, missing_is_bad_request=True,
          body=server_schemas.CREATE, response=server_schemas.CREATE_ANSWER),
    Route(method='GET', path='/servers/detail', controller=servers.Servers, handler='detail',
          policy=server_policies.DETAIL,
          query=server_queries.QUERY, response=server_schemas.DETAIL_ANSWER),
    Route(method='GET', path=SERVER, controller=servers.Servers, handler='show',
          policy=server_policies.SHOW, target=targets.server,
          response=server_schemas.SHOW_ANSWER),
    Route(method='PUT', path=SERVER, controller=servers.Servers, handler='update',
          policy=server_policies.UPDATE, target=targets.server,
          body=server_schemas.UPDATE, response=server_schemas.UPDATE_ANSWER),
    Route(method='DELETE', path=SERVER, controller=servers.Servers, handler='delete',
          policy=server_policies.DELETE, target=targets.server, status=GONE,
          response=router.NO_CONTENT),
)

TABLE = SERVERS


def app_factory(_global_conf, **_local_conf):
    """Make the application for PasteDeploy."""
    return router.Application(TABLE)

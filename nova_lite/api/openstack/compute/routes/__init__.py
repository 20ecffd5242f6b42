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
5. ``routes/things.py`` with a row a route, and its rows in ``TABLE``.
   ``target`` loads what the policy is asked about, and answers 404 for what the
   caller may not see (targets.py); without it the policy is asked about the
   caller's own project. ``since`` and ``until`` are features; an address may
   have several rows for several ranges of versions. Actions have the path of
   ``ACTION`` and ``action='os-name'``, the body's only key. A code of a refusal that
   does not follow from this is one of ``errors``: all answers of tests are held
   against the OpenAPI document, which is made of the table.
6. What is taken away from all microversions moves to ``removed.py`` and answers 410.
7. Tests: tests/contract/test_routes.py holds each row to having all of this, and
   test_policies.py to a line in policy_expectations.yaml, who may use it;
   tests/unit/api/openstack walks every row with hostile input and with another
   project's token.

A method's docstring begins with the sentence that the API reference shows.
"""

from nova_lite.api.openstack import router
from nova_lite.api.openstack.compute.routes import (
    aggregates,
    assisted_volume_snapshots,
    availability_zone,
    console_auth_tokens,
    consoles,
    extensions,
    flavors,
    hosts,
    hypervisors,
    images,
    instance_actions,
    instance_usage_audit_log,
    keypairs,
    limits,
    migrations,
    networks,
    parts,
    quota_classes,
    quota_sets,
    removed,
    scheduling,
    server_addresses,
    server_admin,
    server_deferred_delete,
    server_external_events,
    server_groups,
    server_lock,
    server_metadata,
    server_password,
    server_tags,
    server_topology,
    servers,
    services,
    simple_tenant_usage,
)
from nova_lite.policies import enforcement

SERVER = parts.SERVER
ACTION = parts.ACTION

TABLE = (
    *servers.ROWS,
    *server_metadata.ROWS,
    *server_tags.ROWS,
    *server_addresses.ROWS,
    *instance_actions.ROWS,
    *server_password.ROWS,
    *server_topology.ROWS,
    *server_lock.ROWS,
    *server_admin.ROWS,
    *server_deferred_delete.ROWS,
    *consoles.ROWS,
    *console_auth_tokens.ROWS,
    *flavors.ROWS,
    *keypairs.ROWS,
    *services.ROWS,
    *hypervisors.ROWS,
    *hosts.ROWS,
    *simple_tenant_usage.ROWS,
    *instance_usage_audit_log.ROWS,
    *networks.ROWS,
    *images.ROWS,
    *aggregates.ROWS,
    *availability_zone.ROWS,
    *server_groups.ROWS,
    *quota_sets.ROWS,
    *quota_classes.ROWS,
    *limits.ROWS,
    *migrations.ROWS,
    *server_external_events.ROWS,
    *assisted_volume_snapshots.ROWS,
    *extensions.ROWS,
    *scheduling.ROWS,
)


def app_factory(_global_conf, **_local_conf):
    """Make the application for PasteDeploy; there is none without policies."""
    enforcement.enforcer()
    return router.Application(TABLE, gone=removed.TABLE, gone_actions=removed.ACTIONS)

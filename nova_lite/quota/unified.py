# SPDX-License-Identifier: Apache-2.0
"""Limits that Keystone keeps for all services: default ones, and those of projects.

Loaded by name where [quota] driver chooses them (limits.py), for it brings keystoneauth1.
Keystone is asked twice for each request that needs limits. What is used is counted here and
compared as with limits of the database (api.py), in the transaction that adds to it, which
oslo.limit, asking for one resource after the other, could not do.
"""

import contextlib
import functools
import importlib

from keystoneauth1 import exceptions as keystone_exceptions
from oslo_config import cfg

from nova_lite import exception
from nova_lite.conf import quota as options
from nova_lite.quota import resources
from nova_lite.quota.resources import UNLIMITED

CONF = cfg.CONF

NAMES = {
    resources.INSTANCES: 'servers',
    resources.CORES: 'class:VCPU',
    resources.RAM: 'class:MEMORY_MB',
    resources.METADATA_ITEMS: 'server_metadata_items',
    resources.INJECTED_FILES: 'server_injected_files',
    resources.INJECTED_FILE_CONTENT_BYTES: 'server_injected_file_content_bytes',
    resources.INJECTED_FILE_PATH_BYTES: 'server_injected_file_path_bytes',
    resources.KEY_PAIRS: 'server_key_pairs',
    resources.SERVER_GROUPS: 'server_groups',
    resources.SERVER_GROUP_MEMBERS: 'server_group_members',
}
"""What Keystone calls what the API limits."""

OF_PROJECTS = (*resources.OF_SERVERS, resources.SERVER_GROUPS)
"""For the others only the default limit counts: they are no amounts that a project has."""

IDENTITY = 'identity'
VERSION = 3


def read_defaults():
    """Answer the default limits: {resource: limit}; one question.

    :raises LimitsUnavailable: if Keystone does not answer
    """
    found = registered(our_service())
    limits = {resource: found.get(name, _unless_registered(name))
              for resource, name in NAMES.items()}
    return {**limits, **dict.fromkeys(resources.OF_NETWORKS, resources.UNLIMITED)}


def read(project_id):
    """Answer the limits of a project: {resource: limit}; two questions.

    :raises LimitsUnavailable: if Keystone does not answer
    """
    limits = read_defaults()
    own = of_projects(our_service(), project_id=project_id).get(project_id, {})
    limits.update((resource, own[NAMES[resource]]) for resource in OF_PROJECTS
                  if NAMES[resource] in own)
    return limits


def _unless_registered(name):
    """Answer the limit of what Keystone has no default limit for: none at all, or all of it."""
    is_listed = name in CONF.quota.unified_limits_resource_list
    is_required = CONF.quota.unified_limits_resource_strategy == options.REQUIRE
    return 0 if is_listed == is_required else UNLIMITED


def registered(service):
    """Answer the default limits that Keystone has for a service: {its name: limit}."""
    with _answered():
        answer = keystone().get('/registered_limits', params=service).json()
        return {row['resource_name']: row['default_limit'] for row in answer['registered_limits']}


def of_projects(service, **conditions):
    """Answer the limits that Keystone has for projects: {project: {its name: limit}}."""
    found = {}
    with _answered():
        answer = keystone().get('/limits', params={**service, **conditions}).json()
        for row in answer['limits']:
            found.setdefault(row['project_id'], {})[row['resource_name']] = row['resource_limit']
    return found


def add(collection, service, rows):
    """Have Keystone record limits.

    :param collection: ``registered_limits`` or ``limits``
    :param rows: what each has beside the service
    :raises LimitsUnavailable: if it does not
    """
    with _answered():
        keystone().post(f'/{collection}', json={collection: [{**service, **row} for row in rows]})


@contextlib.contextmanager
def _answered():
    """Inside, what goes wrong between us and Keystone becomes an error of ours."""
    try:
        yield
    except (keystone_exceptions.ClientException, KeyError, ValueError) as error:
        raise exception.LimitsUnavailable(reason=type(error).__name__) from error


def keystone():
    """Answer what asks Keystone, as the user of [oslo_limit]."""
    sessions = importlib.import_module('nova_lite.keystone_sessions')
    adapter = sessions.adapter_for(options.UNIFIED_GROUP)
    adapter.service_type = adapter.service_type or IDENTITY
    adapter.min_version, adapter.max_version = (VERSION, 0), (VERSION, 'latest')
    return adapter


@functools.lru_cache(maxsize=1)
def _service_of(endpoint_id):
    endpoint = keystone().get(f'/endpoints/{endpoint_id}').json()['endpoint']
    found = {'service_id': endpoint['service_id'], 'region_id': endpoint.get('region_id')}
    return {name: value for name, value in found.items() if value}


def our_service():
    """Answer the service and the region whose limits are ours, as parameters of a question.

    :raises LimitsUnavailable: if Keystone does not know our endpoint
    """
    with _answered():
        return dict(_service_of(CONF.oslo_limit.endpoint_id))


def forget():
    """Ask anew what service we are."""
    _service_of.cache_clear()

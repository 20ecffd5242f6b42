# SPDX-License-Identifier: Apache-2.0
"""Fill Keystone: projects, users, roles and the catalog of services.

stack.sh runs it when Keystone answers and its first user, admin, is there. What it has to know
comes as JSON by standard input: ``identity_url``, ``region``, ``passwords`` by user, ``endpoints``
by type of service. It can be run again: what is there already and right stays, what is not is made
so, and an endpoint that is not wanted any more goes. What it changes it prints.
"""

import dataclasses
import json
import sys

import openstack
from keystoneauth1 import exceptions, session
from keystoneauth1.identity import v3

DOMAIN = 'default'
PROJECTS = ('admin', 'demo', 'alt_demo', 'service')
# Its one right is Glance's, see glance-policy.yaml.
COMPUTE_HOST = 'nova_lite_compute_host'
ROLES = ('admin', 'manager', 'member', 'reader', 'service', COMPUTE_HOST)
# Who has which role where.
GRANTS = (
    ('admin', 'admin', 'admin'),
    ('admin', 'admin', 'demo'),
    ('admin', 'admin', 'alt_demo'),
    ('demo', 'member', 'demo'),
    ('alt_demo', 'member', 'alt_demo'),
    ('nova_lite', 'admin', 'service'),
    ('nova_lite', 'service', 'service'),
    ('nova_lite_compute', COMPUTE_HOST, 'service'),
    ('glance', 'service', 'service'),
)
SERVICE_NAMES = {'identity': 'keystone', 'image': 'glance', 'compute': 'nova'}
INTERFACES = ('public', 'internal', 'admin')


@dataclasses.dataclass
class Wanted:
    """What stack.sh says."""

    identity_url: str
    region: str
    passwords: dict
    endpoints: dict


def main():
    """Read what is wanted, and make it so."""
    wanted = Wanted(**json.load(sys.stdin))
    identity = _connection(wanted).identity
    projects = _projects(identity)
    users = _users(identity, wanted, projects)
    _grants(identity, users, projects, _roles(identity))
    _catalog(identity, wanted)


def _connection(wanted):
    return openstack.connection.Connection(
        auth={'auth_url': wanted.identity_url, 'username': 'admin',
              'password': wanted.passwords['admin'], 'project_name': 'admin',
              'user_domain_id': DOMAIN, 'project_domain_id': DOMAIN},
        region_name=wanted.region,
        # The catalog may still name the address that this machine had before.
        identity_endpoint_override=wanted.identity_url)


def _projects(identity):
    present = {project.name: project.id for project in identity.projects(domain_id=DOMAIN)}
    for name in PROJECTS:
        if name not in present:
            present[name] = identity.create_project(name=name, domain_id=DOMAIN).id
            print('project', name)
    return present


def _users(identity, wanted, projects):
    """Answer the users' ids by name, all of them with the wanted passwords."""
    present = {user.name: user.id for user in identity.users(domain_id=DOMAIN)}
    for name, password in wanted.passwords.items():
        if name not in present:
            present[name] = identity.create_user(
                name=name, password=password, domain_id=DOMAIN,
                default_project_id=projects.get(name)).id
            print('user', name)
        # Setting it anew would end the sessions of who has it.
        elif not _has_password(wanted, name):
            identity.update_user(present[name], password=password)
            print('password of', name)
    return present


def _has_password(wanted, user):
    try:
        v3.Password(wanted.identity_url, username=user, password=wanted.passwords[user],
                    user_domain_id=DOMAIN, unscoped=True).get_token(session.Session())
    except exceptions.Unauthorized:
        return False
    return True


def _roles(identity):
    present = {role.name: role.id for role in identity.roles()}
    for name in ROLES:
        if name not in present:
            present[name] = identity.create_role(name=name).id
            print('role', name)
    return present


def _grants(identity, users, projects, roles):
    present = {
        (grant.user['id'], grant.role['id'], grant.scope['project']['id'])
        for grant in identity.role_assignments()
        if grant.user and 'project' in grant.scope}
    for user, role, project in GRANTS:
        if (users[user], roles[role], projects[project]) not in present:
            identity.assign_project_role_to_user(projects[project], users[user], roles[role])
            print(f'role {role} of {user} in {project}')


def _catalog(identity, wanted):
    services = {service.type: service.id for service in identity.services()}
    endpoints = {(endpoint.service_id, endpoint.interface): endpoint
                 for endpoint in identity.endpoints(region_id=wanted.region)}
    for kind, url in wanted.endpoints.items():
        if kind not in services:
            services[kind] = identity.create_service(type=kind, name=SERVICE_NAMES[kind]).id
        for interface in INTERFACES:
            _endpoint(identity, endpoints.get((services[kind], interface)), {
                'service_id': services[kind], 'interface': interface, 'url': url,
                'region_id': wanted.region})
    for kind in SERVICE_NAMES.keys() - wanted.endpoints.keys():
        for interface in INTERFACES:
            unwanted = endpoints.get((services.get(kind), interface))
            if unwanted is not None:
                identity.delete_endpoint(unwanted)
                print('no more', kind, interface)


def _endpoint(identity, present, wanted):
    if present is None:
        identity.create_endpoint(**wanted)
        print('endpoint', wanted['interface'], wanted['url'])
    elif present.url != wanted['url']:
        identity.update_endpoint(present, url=wanted['url'])
        print('endpoint', wanted['interface'], wanted['url'], 'instead of', present.url)


if __name__ == '__main__':
    main()

# SPDX-License-Identifier: Apache-2.0
"""What policies decide that are no route's own: fields, filters and options.

``PROBES`` has for each a question to the API: does this client get it? ``Things``
are what the questions are about. Who is to get it stands in policy_expectations.yaml.
"""

import dataclasses

from nova_lite.db import engine
from nova_lite.db.models import instance as models
from nova_lite.db.models import service as service_models
from nova_lite.objects import base as objects_base
from nova_lite.policies import (
    instance_actions,
    limits,
    migrations,
    server_groups,
    server_lock,
    server_topology,
    servers,
)
from tests.fixtures import migrations as migration_records
from tests.fixtures import personas, records

EVENT = {'event': 'fetch image', 'host': 'cmp1', 'start_time': '2026-01-31T12:00:00.000000',
         'finish_time': '2026-01-31T12:00:01.500000', 'result': 'Error',
         'details': 'disk full', 'traceback': 'Traceback ...'}
TOPOLOGY = {'pagesize_kb': None, 'cells': [{
    'memory_mb': 512, 'siblings': [], 'vcpu_set': [0], 'cpu_pinning': {}, 'host_node': 0}]}
FORBIDDEN = 403


@dataclasses.dataclass(frozen=True)
class Things:
    """Of two projects.

    :ivar server: path of a server of the clients' own project
    :ivar foreign_server: uuid of a server of another project
    :ivar foreign_group: id of a server group of another project
    :ivar action: path of an action of the server, which has an event
    :ivar image: id
    :ivar network: uuid
    """

    server: str
    foreign_server: str
    foreign_group: str
    action: str
    image: str
    network: str


def make_things(case):
    """Record what the probes ask for; answer it."""
    owner, foreigner = records.caller(), records.caller('mallory', personas.OTHER)
    case.make_flavor()
    case.make_flavor(flavorid='no-disk', name='no-disk', root_gb=0)
    (server,), operation = records.servers(owner)
    (foreign,), _operation = records.servers(foreigner)
    actions = objects_base.store('actions')
    actions.add_events(owner, actions.of_operation(owner, operation)['id'], [EVENT])
    migration_records.insert(1)
    migration_records.insert(2, project_id=personas.OTHER)
    group = case.stranger.post('/os-server-groups', {'server_group': {
        'name': 'theirs', 'policies': ['affinity']}}).json['server_group']['id']
    _put_on_a_silent_host(server['uuid'])
    path = f'/servers/{server["uuid"]}'
    return Things(
        server=path, foreign_server=foreign['uuid'], foreign_group=group,
        action=f'{path}/os-instance-actions/{owner.request_id}',
        image=case.offer_image(), network=case.make_network())


def _put_on_a_silent_host(uuid):
    records.compute_host(records.caller(is_admin=True), 'silent')
    with engine.writer(None) as connection:
        connection.execute(models.Instance.__table__.update().where(
            models.Instance.uuid == uuid).values(
                host='silent', node='silent', numa_topology=TOPOLOGY))
        connection.execute(service_models.Service.__table__.update().values(last_seen_at=None))


def _shown(client, things, version='2.104'):
    return client.get(things.server, version=version).json['server']


def _lists_foreign(path):
    def probe(client, things):
        answer = client.send('GET', f'{path}?all_tenants=1')
        return answer.status == 200 and things.foreign_server in answer.text
    return probe


def _filters_by_host(client, things):
    return client.get('/servers?host=elsewhere').json['servers'] == []


def _shows_host_status(client, things):
    return 'host_status' in _shown(client, things)


def _shows_extra_specs(client, things):
    return 'extra_specs' in _shown(client, things)['flavor']


def _shows_where(client, things):
    return 'OS-EXT-SRV-ATTR:host' in _shown(client, things)


def _creates(**wanted):
    """Answer a probe that is answered by whether a create is forbidden; others may refuse it."""
    def probe(client, things):
        body = {'name': 'web', 'flavorRef': 'small', 'imageRef': things.image,
                'networks': 'none', **wanted}
        if body['networks'] == 'ours':
            body['networks'] = [{'uuid': things.network}]
        return client.send('POST', '/servers', {'server': body},
                           version='2.74').status != FORBIDDEN
    return probe


def _shows_events_of_old(client, things):
    return 'events' in client.get(things.action, version='2.50').json['instanceAction']


def _shows_details_of_events(client, things):
    (event,) = client.get(things.action, version='2.84').json['instanceAction']['events']
    return 'details' in event


def _shows_limits_of_others(client, things):
    return client.send('GET', f'/limits?tenant_id={personas.OTHER}').status == 200


def _lists_foreign_groups(client, things):
    return things.foreign_group in client.get('/os-server-groups?all_projects=1').text


def _unlocks_what_an_operator_locked(client, things):
    client.as_user('other_admin', '-').post(f'{things.server}/action', {'lock': None})
    return client.send('POST', f'{things.server}/action', {'unlock': None}).status == 202


def _migrations(client):
    answer = client.send('GET', '/os-migrations', version='2.80')
    return answer.json['migrations'] if answer.status == 200 else []


def _lists_foreign_migrations(client, things):
    return personas.OTHER in {row['project_id'] for row in _migrations(client)}


def _shows_hosts_of_migrations(client, things):
    return any(row['source_compute'] for row in _migrations(client))


def _shows_nodes_of_the_host(client, things):
    answer = client.send('GET', f'{things.server}/topology', version='2.78')
    return answer.status == 200 and 'host_node' in answer.json['nodes'][0]


PROBES = {
    servers.INDEX_ALL_TENANTS: _lists_foreign('/servers'),
    servers.DETAIL_ALL_TENANTS: _lists_foreign('/servers/detail'),
    servers.ALLOW_ALL_FILTERS: _filters_by_host,
    servers.SHOW_HOST_STATUS: _shows_host_status,
    servers.SHOW_UNKNOWN_HOST_STATUS: _shows_host_status,
    servers.SHOW_EXTRA_SPECS: _shows_extra_specs,
    servers.SHOW_EXTENDED_ATTRIBUTES: _shows_where,
    servers.CREATE_FORCED_HOST: _creates(availability_zone='nova:cmp1'),
    servers.CREATE_REQUESTED_DESTINATION: _creates(host='cmp1'),
    servers.CREATE_ATTACH_NETWORK: _creates(networks='ours'),
    servers.CREATE_TRUSTED_CERTS: _creates(trusted_image_certificates=['one']),
    servers.CREATE_ZERO_DISK_FLAVOR: _creates(flavorRef='no-disk'),
    instance_actions.EVENTS: _shows_events_of_old,
    instance_actions.EVENT_DETAILS: _shows_details_of_events,
    limits.OTHER_PROJECT: _shows_limits_of_others,
    server_groups.INDEX_ALL_PROJECTS: _lists_foreign_groups,
    server_lock.UNLOCK_OVERRIDE: _unlocks_what_an_operator_locked,
    migrations.ALL_PROJECTS: _lists_foreign_migrations,
    migrations.HOST: _shows_hosts_of_migrations,
    server_topology.HOST_INDEX: _shows_nodes_of_the_host,
}
"""Name of a policy -> function (client, things) that answers whether the client gets it."""

BESIDES = {
    servers.SHOW_UNKNOWN_HOST_STATUS: {servers.SHOW_HOST_STATUS: '!'},
    servers.SHOW_HOST_STATUS: {servers.SHOW_UNKNOWN_HOST_STATUS: '!'},
}
"""What else an operator has to write so that a policy alone decides."""

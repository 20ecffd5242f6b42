# SPDX-License-Identifier: Apache-2.0
"""Hypervisors as their hosts report them: SQL."""

import sqlalchemy as sa
from oslo_utils import uuidutils

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.models import service as models
from nova_lite.db.stores import inventories, traits

nodes = models.ComputeNode.__table__
services = models.Service.__table__

NO_COLUMNS = frozenset({'inventories', 'traits', 'provider_traits'})
"""What is reported of a node and has tables of its own."""


@engine.retry_on_deadlock
def report(context, host, reports):
    """Record what the nodes of a host have; nodes it no longer names are left as they are.

    :returns: hypervisor_hostname -> uuid of the nodes that it names
    :raises ComputeHostNotFound: if the host's service has not registered
    """
    with engine.writer(context) as connection:
        service_id = connection.execute(sa.select(services.c.id).where(
            services.c.host == host, services.c.binary == 'nova-lite-compute')).scalar()
        if service_id is None:
            raise exception.ComputeHostNotFound(host=host)
        known = {row.hypervisor_hostname: (row.id, row.uuid) for row in connection.execute(
            sa.select(nodes.c.hypervisor_hostname, nodes.c.id, nodes.c.uuid).where(
                nodes.c.host == host))}
        uuids, told = {}, {}
        for node in reports:
            columns = {name: value for name, value in node.items() if name not in NO_COLUMNS}
            node_id, uuid = _record(connection, host, service_id, known, columns)
            inventories.report(context, node_id, node['inventories'])
            uuids[node['hypervisor_hostname']] = uuid
            if 'traits' in node:
                told[node_id] = {'by_driver': frozenset(node['traits']),
                                 'by_file': frozenset(node.get('provider_traits', ()))}
        if told:
            traits.report(context, told)
    return uuids


def _record(connection, host, service_id, known, values):
    """Update or insert one node; answer its id and uuid."""
    node_id, uuid = known.get(values['hypervisor_hostname'], (None, None))
    if node_id is None:
        uuid = uuidutils.generate_uuid()
        made = connection.execute(nodes.insert().values(
            uuid=uuid, host=host, service_id=service_id, created_at=db_now(),
            updated_at=db_now(), **values))
        return made.inserted_primary_key[0], uuid
    connection.execute(nodes.update().where(nodes.c.id == node_id).values(
        service_id=service_id, updated_at=db_now(), **values))
    return node_id, uuid


def is_known(context, host, node):
    """Answer whether there is such a node.

    :param host: of the node; None for any
    :param node: its ``hypervisor_hostname``; None for any of the host's
    """
    query = sa.select(nodes.c.id).limit(1)
    for column, wanted in ((nodes.c.host, host), (nodes.c.hypervisor_hostname, node)):
        if wanted is not None:
            query = query.where(column == wanted)
    with engine.reader(context) as connection:
        return connection.execute(query).first() is not None


def note_failed_build(context, host, node):
    """Count one more failed build of a node; the scheduler then likes it less."""
    with engine.writer(context) as connection:
        connection.execute(nodes.update().where(
            nodes.c.host == host, nodes.c.hypervisor_hostname == node).values(
                failed_builds=nodes.c.failed_builds + 1))


def has_failed_builds(host):
    """The condition that nodes of a host have failed builds on record, for a larger statement."""
    return sa.exists().where(nodes.c.host == host, nodes.c.failed_builds > 0).label(
        'has_failed_builds')


def note_good_build(context, host):
    """Forgive the nodes of a host their failed builds."""
    with engine.writer(context) as connection:
        connection.execute(nodes.update().where(
            nodes.c.host == host, nodes.c.failed_builds > 0).values(failed_builds=0))

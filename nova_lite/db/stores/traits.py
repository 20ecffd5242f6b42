# SPDX-License-Identifier: Apache-2.0
"""Traits of nodes: SQL.

A host says what its hypervisor offers (``by_driver``) and what stands in its
provider files (``by_file``), through compute_nodes.py; an operator adds by
command (``by_operator``). Nobody takes away what another one says: a row goes
when nobody says it any more. Whoever writes has locked the node's row before.
The scheduler reads them by scheduling_facts.py.
"""

import sqlalchemy as sa

from nova_lite import demands, exception
from nova_lite.db import engine
from nova_lite.db.models import service as models

nodes = models.ComputeNode.__table__
traits = models.NodeTrait.__table__

BY_HOST = ('by_driver', 'by_file')
SOURCES = (*BY_HOST, 'by_operator')
MOST = 1000
"""Traits that a host may tell of one node."""


def report(context, reported):
    """Record what a host says of its nodes; the statements do not grow with their number.

    :param reported: node id -> {'by_driver': names, 'by_file': names}
    :raises TraitInvalid: if there can be no such traits
    """
    _check(reported)
    said = {(node_id, trait): {source: trait in names[source] for source in BY_HOST}
            for node_id, names in reported.items() for trait in _told(names)}
    of_these = sa.select(traits).where(traits.c.node_id.in_(sorted(reported)))
    with engine.writer(context) as connection:
        if not any(_differences(said, _known(connection, of_these))):
            return
        # Once more, and no older than the lock: what an operator has added since is seen.
        new, changed = _differences(said, _known(connection, of_these.with_for_update()))
        _insert(connection, new)
        if changed:
            _change(connection, changed)


def _differences(said, known):
    """Answer the rows that are new, and those about which the host has changed its mind."""
    silence = dict.fromkeys(BY_HOST, False)
    new = {key: said[key] for key in said.keys() - known.keys()}
    changed = {key: said.get(key, silence) for key, row in known.items()
               if any(bool(row[source]) != said.get(key, silence)[source]
                      for source in BY_HOST)}
    return new, changed


def _told(names):
    return {trait for source in BY_HOST for trait in names[source]}


def _check(reported):
    for names in reported.values():
        told = _told(names)
        if len(told) > MOST:
            raise exception.TraitInvalid(
                name=f'{len(told)} traits', reason=f'a node can not have more than {MOST}')
        for trait in told:
            # An older release knows fewer standard names than a host: the form is enough.
            if not demands.NAME.fullmatch(trait) or len(trait) > demands.LONGEST_TRAIT:
                raise exception.TraitInvalid(
                    name=trait[:demands.LONGEST_TRAIT],
                    reason='it has to be capital letters, digits and underscores')


def _known(connection, query):
    rows = connection.execute(query).mappings()
    return {(row['node_id'], row['trait']): row for row in rows}


def _insert(connection, rows):
    """Add rows.

    :param rows: (node id, trait) -> source -> whether it says so
    """
    if rows:
        connection.execute(traits.insert(), [
            {'node_id': node_id, 'trait': trait, **dict.fromkeys(SOURCES, False), **flags}
            for (node_id, trait), flags in sorted(rows.items(), key=lambda item: item[0])])


def _change(connection, rows):
    """Write who says so, and drop what nobody says any more."""
    sources = sorted({source for flags in rows.values() for source in flags})
    connection.execute(
        traits.update().where(traits.c.node_id == sa.bindparam('of_node'),
                              traits.c.trait == sa.bindparam('named'))
        .values({source: sa.bindparam(f'new_{source}') for source in sources}),
        [{'of_node': node_id, 'named': trait,
          **{f'new_{source}': flag for source, flag in flags.items()}}
         for (node_id, trait), flags in sorted(rows.items(), key=lambda item: item[0])])
    connection.execute(traits.delete().where(
        traits.c.node_id.in_(sorted({node_id for node_id, _trait in rows})),
        *(traits.c[source].is_(False) for source in SOURCES)))


@engine.retry_on_deadlock
def assign(context, host, names, *, node=None):
    """Say as an operator that nodes have traits; answer how many rows say so newly.

    :param node: only this one of the host's nodes
    :raises ComputeHostNotFound: if the host has no such node
    """
    with engine.writer(context) as connection:
        wanted = {(node_id, trait) for node_id in _lock(connection, host, node)
                  for trait in names}
        known = _named(connection, wanted)
        new = {key for key in wanted if key not in known}
        changed = {key for key in wanted & set(known) if not known[key]['by_operator']}
        _insert(connection, {key: {'by_operator': True} for key in new})
        if changed:
            _change(connection, {key: {'by_operator': True} for key in changed})
    return len(new) + len(changed)


@engine.retry_on_deadlock
def withdraw(context, host, names, *, node=None):
    """Say as an operator no longer that nodes have traits.

    :returns: (rows that said so, rows that stay because the host says so itself)
    :raises ComputeHostNotFound: if the host has no such node
    """
    with engine.writer(context) as connection:
        wanted = {(node_id, trait) for node_id in _lock(connection, host, node)
                  for trait in names}
        known = _named(connection, wanted)
        changed = {key for key in known if known[key]['by_operator']}
        if changed:
            _change(connection, {key: {'by_operator': False} for key in changed})
    return len(changed), sum(1 for row in known.values() if any(row[one] for one in BY_HOST))


def _named(connection, wanted):
    """Answer the rows of some traits of some nodes."""
    node_ids, names = ({key[position] for key in wanted} for position in (0, 1))
    return _known(connection, sa.select(traits).where(
        traits.c.node_id.in_(sorted(node_ids)), traits.c.trait.in_(sorted(names))))


def _lock(connection, host, node):
    """Keep the host's reports out; answer the ids of its nodes."""
    query = sa.select(nodes.c.id).where(nodes.c.host == host).order_by(nodes.c.id)
    if node is not None:
        query = query.where(nodes.c.hypervisor_hostname == node)
    found = connection.execute(query.with_for_update()).scalars().all()
    if not found:
        raise exception.ComputeHostNotFound(host=host if node is None else f'{host} ({node})')
    return found


def listing(context, *, host=None, trait=None):
    """Answer rows of traits, by host, node and name: with ``host`` and ``node``."""
    query = (sa.select(nodes.c.host, nodes.c.hypervisor_hostname.label('node'), traits)
             .join(nodes, nodes.c.id == traits.c.node_id)
             .order_by(nodes.c.host, nodes.c.id, traits.c.trait))
    for column, wanted in ((nodes.c.host, host), (traits.c.trait, trait)):
        if wanted is not None:
            query = query.where(column == wanted)
    with engine.reader(context) as connection:
        return [dict(row) for row in connection.execute(query).mappings()]

# SPDX-License-Identifier: Apache-2.0
"""Networks, NICs and addresses: SQL.

An address is taken by an UPDATE that only succeeds while it is free, so two
builds never get the same one on any database. It is the last thing that a
transaction takes (after instance, operation and inventory).
"""

import ipaddress
import itertools
import secrets

import sqlalchemy as sa
from oslo_utils import uuidutils

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.models import network as models

AUTO = 'auto'
NONE = 'none'
IF_ANY = 'if_any'
"""As AUTO, but a project without networks gets a server without NICs: 2.36 and before."""
CANDIDATES = 4
INSERT_ROWS = 1000

networks = models.Network.__table__
fixed_ips = models.FixedIp.__table__
virtual_interfaces = models.VirtualInterface.__table__

_is_free = sa.and_(fixed_ips.c.instance_uuid.is_(None), fixed_ips.c.reserved.is_(False))


def get_by_uuid(context, uuid):
    """Answer a network's row.

    :raises NetworkNotFound: if there is none that the caller may see
    """
    with engine.reader(context) as connection:
        row = connection.execute(sa.select(networks).where(
            networks.c.uuid == uuid, _visible_to(context))).mappings().first()
    if row is None:
        raise exception.NetworkNotFound(network_id=uuid)
    return dict(row)


def list_networks(context):
    """Answer the rows of the networks that the caller may see, oldest first."""
    with engine.reader(context) as connection:
        return [dict(row) for row in connection.execute(
            sa.select(networks).where(_visible_to(context)).order_by(networks.c.id)).mappings()]


def usage(context):
    """Answer network id -> {'usable': addresses for servers, 'used': of these}."""
    query = sa.select(
        fixed_ips.c.network_id,
        sa.func.count().label('usable'),
        sa.func.count(fixed_ips.c.instance_uuid).label('used'),
    ).where(fixed_ips.c.reserved.is_(False)).group_by(fixed_ips.c.network_id)
    with engine.reader(context) as connection:
        return {row.network_id: {'usable': row.usable, 'used': row.used}
                for row in connection.execute(query)}


def create(context, definition):
    """Record a network with all of its addresses; answer its row.

    :param definition: network.definition.Definition
    :raises NetworkDefinitionInvalid: if another network is in the way
    """
    try:
        with engine.writer(context) as connection:
            _refuse_overlap(connection, definition)
            network_id = connection.execute(networks.insert().values(
                created_at=db_now(), **definition.row)).inserted_primary_key[0]
            rows = ({'network_id': network_id, **row} for row in definition.address_rows())
            while chunk := list(itertools.islice(rows, INSERT_ROWS)):
                connection.execute(fixed_ips.insert(), chunk)
            return dict(connection.execute(sa.select(networks).where(
                networks.c.id == network_id)).mappings().one())
    except engine.db_exc.DBDuplicateEntry as error:
        raise exception.NetworkDefinitionInvalid(
            reason='another network has the same label, bridge or UUID') from error


def _refuse_overlap(connection, definition):
    # All bridges of a host are in one routing table.
    for label, cidr in connection.execute(sa.select(networks.c.label, networks.c.cidr)):
        if definition.overlaps(cidr):
            raise exception.NetworkDefinitionInvalid(
                reason=f'{definition.row["cidr"]} overlaps with {cidr} of network {label}')


def delete(context, network):
    """Forget a network and its addresses.

    :param network: its row
    :raises NetworkInUse: if a server has a NIC on it
    """
    try:
        with engine.writer(context) as connection:
            _refuse_if_used(connection, network)
            connection.execute(networks.delete().where(networks.c.id == network['id']))
    except engine.db_exc.DBReferenceError as error:
        # A build has taken an address in this moment.
        raise exception.NetworkInUse(
            network=network['label'], servers=1, example='one being built') from error


def _refuse_if_used(connection, network):
    servers = connection.execute(
        sa.select(virtual_interfaces.c.instance_uuid).distinct().where(
            virtual_interfaces.c.network_id == network['id'])).scalars().all()
    if servers:
        raise exception.NetworkInUse(
            network=network['label'], servers=len(servers), example=servers[0])


def validate(context, requested, project_id, count):
    """Refuse what could not be allocated, while the user still waits for the answer.

    :param requested: as in ``allocate``
    :param count: servers that are asked for
    :raises RequestedNetworkNotFound, NetworkAmbiguous, UnableToAutoAllocateNetwork:
        if the networks can't be told
    :raises FixedIpAlreadyInUse, FixedIpNotAvailable, MultipleServersWithFixedIp:
        if a wanted address can't be had
    """
    if requested == NONE:
        return
    with engine.reader(context) as connection:
        found = _choose(_usable_networks(connection, requested, project_id), requested, project_id)
        wanted = [(network, nic['fixed_ip']) for network, nic in found if nic.get('fixed_ip')]
        if not wanted:
            return
        if count > 1:
            raise exception.MultipleServersWithFixedIp()
        if len({(network['id'], address) for network, address in wanted}) < len(wanted):
            raise exception.NetworkRequestInvalid(reason='an address is asked for twice')
        for network, address in wanted:
            _refuse_if_taken(connection, network, address)


def allocate(context, instance_uuid, host, requested, project_id):
    """Give a server its NICs and addresses; answer them as dicts for NetworkInfo.

    A server that has NICs keeps them; they go with it to the host.

    :param host: where the server is going to be
    :param requested: AUTO, NONE, IF_ANY, or a list of
        ``{'uuid': network, 'fixed_ip': address or None, 'tag': text or None}``
    :raises NoMoreFixedIps: if a network is full
    :raises RetryRequest: to ``engine.retry_on_deadlock``, if a random MAC was taken
    """
    if requested == NONE:
        return []
    with engine.writer(context) as connection:
        usable = _usable_networks(connection, requested, project_id, instance_uuid)
        if any(network['nics'] for network in usable):
            return _nics_on(context, connection, instance_uuid, host)
        nics = [
            _new_nic(connection, instance_uuid, network, wanted, index)
            for index, (network, wanted) in enumerate(_choose(usable, requested, project_id))]
        _insert(connection, instance_uuid, host, nics)
    return nics


def release(context, instance_uuid):
    """Take a server's NICs and addresses away; nothing happens if it has none."""
    with engine.writer(context) as connection:
        connection.execute(fixed_ips.update().where(
            fixed_ips.c.instance_uuid == instance_uuid).values(
                instance_uuid=None, virtual_interface_uuid=None, updated_at=db_now()))
        connection.execute(virtual_interfaces.delete().where(
            virtual_interfaces.c.instance_uuid == instance_uuid))


def set_host(context, instance_uuid, host):
    """Record that a server's NICs are on another host."""
    with engine.writer(context) as connection:
        connection.execute(virtual_interfaces.update().where(
            virtual_interfaces.c.instance_uuid == instance_uuid).values(host=host))


def _visible_to(context):
    """What the caller may see: everything for admins, else its own and what is for all."""
    return sa.true() if context.is_admin else _usable_by(context.project_id)


def _usable_by(project_id):
    return sa.or_(networks.c.project_id.is_(None), networks.c.project_id == project_id)


def _usable_networks(connection, requested, project_id, instance_uuid=None):
    """Answer the rows to choose from, each with the number of NICs the server has already."""
    nics = sa.select(sa.func.count()).select_from(virtual_interfaces).where(
        virtual_interfaces.c.instance_uuid == instance_uuid).scalar_subquery()
    query = sa.select(networks, nics.label('nics')).where(_usable_by(project_id))
    if requested not in (AUTO, IF_ANY):
        query = query.where(networks.c.uuid.in_({nic['uuid'] for nic in requested}))
    return connection.execute(query.order_by(networks.c.id)).mappings().all()


def _choose(usable, requested, project_id):
    """Answer (network's row, wanted NIC) for each NIC; pure."""
    if requested == IF_ANY and not usable:
        return []
    if requested in (AUTO, IF_ANY):
        return [(_only_one(usable, project_id), {})]
    by_uuid = {network['uuid']: network for network in usable}
    for nic in requested:
        if nic['uuid'] not in by_uuid:
            raise exception.RequestedNetworkNotFound(network_id=nic['uuid'])
    return [(by_uuid[nic['uuid']], nic) for nic in requested]


def _only_one(usable, project_id):
    """A project with networks of its own is not asked to choose between them and others'."""
    own = [network for network in usable if network['project_id'] is not None]
    choices = own or usable
    if not choices:
        raise exception.UnableToAutoAllocateNetwork(project_id=project_id)
    if len(choices) > 1:
        raise exception.NetworkAmbiguous(
            labels=', '.join(network['label'] for network in choices))
    return choices[0]


def _new_nic(connection, instance_uuid, network, wanted, index):
    nic_uuid = uuidutils.generate_uuid()
    owner = {'instance_uuid': instance_uuid, 'virtual_interface_uuid': nic_uuid}
    address = wanted.get('fixed_ip')
    if address is None:
        address = _take_any(connection, network, owner)
    elif not _take(connection, owner, network_id=network['id'], address=address):
        _refuse_if_taken(connection, network, address)
        raise exception.FixedIpNotAvailable(
            address=address, network=network['label'], reason='it is being taken by another server')
    return {
        'id': nic_uuid,
        'address': None,
        'network': {name: network[name] for name in NETWORK_OF_NIC},
        'fixed_ips': [{'address': address, 'version': 4}],
        'device_index': index,
        'tag': wanted.get('tag'),
    }


NETWORK_OF_NIC = tuple(
    column.name for column in networks.c if column.name != 'created_at')


def _take(connection, owner, **where):
    """Take one address if it is free; answer whether it was."""
    return connection.execute(fixed_ips.update().where(
        *(fixed_ips.c[name] == value for name, value in where.items()), _is_free,
    ).values(updated_at=db_now(), **owner)).rowcount == 1


def _take_any(connection, network, owner):
    # The first look locks nothing. What it saw may have been taken meanwhile;
    # the second look is a locking one, which sees the present and not the
    # transaction's snapshot.
    for locking in (False, True):
        for row_id, address in _free_addresses(connection, network, locking=locking):
            if _take(connection, owner, id=row_id):
                return address
    count = sa.select(sa.func.count(), sa.func.count(fixed_ips.c.instance_uuid)).where(
        fixed_ips.c.network_id == network['id'], fixed_ips.c.reserved.is_(False))
    usable, used = connection.execute(count).one()
    raise exception.NoMoreFixedIps(network=network['label'], used=used, usable=usable)


def _free_addresses(connection, network, *, locking):
    """Yield a few free addresses from a random place on, then from the beginning."""
    start = secrets.randbelow(ipaddress.ip_network(network['cidr']).num_addresses - 2)
    for place in (fixed_ips.c.lot >= start, fixed_ips.c.lot < start):
        query = sa.select(fixed_ips.c.id, fixed_ips.c.address).where(
            fixed_ips.c.network_id == network['id'], _is_free, place,
        ).order_by(fixed_ips.c.lot).limit(CANDIDATES)
        if locking:
            query = query.with_for_update(skip_locked=True)
        yield from connection.execute(query).all()


def _refuse_if_taken(connection, network, address):
    row = connection.execute(sa.select(fixed_ips).where(
        fixed_ips.c.network_id == network['id'], fixed_ips.c.address == address)).first()
    if row is None:
        raise exception.FixedIpNotAvailable(
            address=address, network=network['label'], reason=f'it is not in {network["cidr"]}')
    if row.reserved:
        raise exception.FixedIpNotAvailable(
            address=address, network=network['label'], reason='it is reserved')
    if row.instance_uuid is not None:
        raise exception.FixedIpAlreadyInUse(address=address, instance_uuid=row.instance_uuid)


def _insert(connection, instance_uuid, host, nics):
    for nic in nics:
        nic['address'] = _random_mac()
    rows = [{'uuid': nic['id'], 'address': nic['address'], 'network_id': nic['network']['id'],
             'instance_uuid': instance_uuid, 'host': host,
             'device_index': nic['device_index'], 'tag': nic['tag'], 'created_at': db_now()}
            for nic in nics]
    if not rows:
        return
    try:
        connection.execute(virtual_interfaces.insert().values(rows))
    except engine.db_exc.DBDuplicateEntry as error:
        # One in millions. The transaction may be lost now, so the outermost
        # function repeats the whole of it, with other MACs.
        raise engine.db_exc.RetryRequest(
            exception.MacAddressInUse(addresses=', '.join(row['address'] for row in rows))
        ) from error


def _random_mac():
    return ':'.join(['fa', '16', '3e', *(f'{byte:02x}' for byte in secrets.token_bytes(3))])


def _nics_on(context, connection, instance_uuid, host):
    """Answer the NICs that a server has, recorded as being on a host."""
    set_host(context, instance_uuid, host)
    rows = connection.execute(
        sa.select(virtual_interfaces, fixed_ips.c.address.label('fixed_ip'),
                  *(networks.c[name].label(f'on_{name}') for name in NETWORK_OF_NIC))
        .join(networks, networks.c.id == virtual_interfaces.c.network_id)
        .join(fixed_ips, fixed_ips.c.virtual_interface_uuid == virtual_interfaces.c.uuid)
        .where(virtual_interfaces.c.instance_uuid == instance_uuid)
        .order_by(virtual_interfaces.c.device_index, fixed_ips.c.id)).mappings().all()
    nics = {}
    for row in rows:
        nic = nics.setdefault(row['uuid'], {
            'id': row['uuid'], 'address': row['address'],
            'network': {name: row[f'on_{name}'] for name in NETWORK_OF_NIC},
            'fixed_ips': [], 'device_index': row['device_index'], 'tag': row['tag']})
        nic['fixed_ips'].append({'address': row['fixed_ip'], 'version': 4})
    return list(nics.values())

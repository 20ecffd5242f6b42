# SPDX-License-Identifier: Apache-2.0
"""Networks, their addresses, and the NICs that hold them."""

import sqlalchemy as sa

from nova_lite.db.models import base


class Network(base.Base):
    """A flat network: one range of addresses on one bridge of the same name on each host.

    ``project_id`` None: every project may use it. ``dhcp_server`` is the
    address that each host has on its bridge; it is the guests' way out too
    where ``gateway`` is the same.
    """

    __tablename__ = 'networks'
    __table_args__ = (sa.Index(None, 'project_id'),)

    id = sa.Column(sa.Integer, primary_key=True)
    uuid = sa.Column(base.Uuid, nullable=False, unique=True)
    label = sa.Column(sa.String(255), nullable=False, unique=True)
    cidr = sa.Column(sa.String(43), nullable=False)
    gateway = sa.Column(sa.String(39), nullable=False)
    dhcp_server = sa.Column(sa.String(39), nullable=False)
    dns1 = sa.Column(sa.String(39))
    dns2 = sa.Column(sa.String(39))
    bridge = sa.Column(sa.String(15), nullable=False, unique=True)
    bridge_interface = sa.Column(sa.String(15))
    mtu = sa.Column(sa.Integer, nullable=False)
    project_id = sa.Column(sa.String(255))
    created_at = sa.Column(base.Moment, nullable=False)


class VirtualInterface(base.Base):
    """A NIC of a server. Goes when the server's addresses are released."""

    __tablename__ = 'virtual_interfaces'

    id = sa.Column(base.BigId, primary_key=True)
    uuid = sa.Column(base.Uuid, nullable=False, unique=True)
    address = sa.Column(sa.String(17), nullable=False, unique=True)
    network_id = sa.Column(sa.ForeignKey('networks.id'), nullable=False, index=True)
    instance_uuid = sa.Column(base.Uuid, nullable=False, index=True)
    host = sa.Column(sa.String(255), index=True)
    device_index = sa.Column(sa.Integer, nullable=False)
    tag = sa.Column(sa.String(60))
    created_at = sa.Column(base.Moment, nullable=False)


class FixedIp(base.Base):
    """One address of a network, from the network's creation on.

    Free where ``instance_uuid`` is None and ``reserved`` is false. ``lot`` is a
    random number: builds that run at the same time begin to look at different
    places, so they do not all want the lowest free address.
    """

    __tablename__ = 'fixed_ips'
    __table_args__ = (
        sa.UniqueConstraint('network_id', 'address'),
        sa.Index(None, 'network_id', 'instance_uuid', 'reserved', 'lot'),
        sa.Index(None, 'address'),
        sa.Index(None, 'instance_uuid'),
    )

    id = sa.Column(base.BigId, primary_key=True)
    network_id = sa.Column(
        sa.ForeignKey('networks.id', ondelete='CASCADE'), nullable=False)
    address = sa.Column(sa.String(39), nullable=False)
    lot = sa.Column(sa.Integer, nullable=False)
    reserved = sa.Column(sa.Boolean, nullable=False, default=False)
    instance_uuid = sa.Column(base.Uuid)
    virtual_interface_uuid = sa.Column(base.Uuid, index=True)
    updated_at = sa.Column(base.Moment)

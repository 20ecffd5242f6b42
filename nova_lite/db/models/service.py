# SPDX-License-Identifier: Apache-2.0
"""Daemons, their incarnations, and the nodes that compute daemons manage."""

import sqlalchemy as sa
from sqlalchemy import orm

from nova_lite.db.models import base


class Service(base.Base):
    """One daemon on one host; stays over restarts."""

    __tablename__ = 'services'
    __table_args__ = base.table_args(sa.UniqueConstraint('host', 'binary'))

    id = orm.mapped_column(sa.Integer, primary_key=True)
    uuid = orm.mapped_column(base.Uuid, nullable=False, unique=True)
    host = orm.mapped_column(sa.String(255), nullable=False)
    binary = orm.mapped_column(sa.String(64), nullable=False)
    topic = orm.mapped_column(sa.String(64), nullable=False)
    version = orm.mapped_column(sa.Integer, nullable=False, default=1)
    availability_zone = orm.mapped_column(sa.String(255))
    disabled = orm.mapped_column(sa.Boolean, nullable=False, default=False)
    disabled_reason = orm.mapped_column(sa.String(255))
    forced_down = orm.mapped_column(sa.Boolean, nullable=False, default=False)
    report_count = orm.mapped_column(sa.Integer, nullable=False, default=0)
    last_seen_at = orm.mapped_column(base.Moment, index=True)
    created_at = orm.mapped_column(base.Moment, nullable=False)
    updated_at = orm.mapped_column(base.Moment)


class Incarnation(base.Base):
    """One start of one worker process; leases are owned by these.

    A new start of the same worker replaces the row, so everything that the
    older one held is void at once.
    """

    __tablename__ = 'incarnations'
    __table_args__ = base.table_args(sa.UniqueConstraint('service_id', 'worker'))

    id = orm.mapped_column(base.Uuid, primary_key=True)
    service_id = orm.mapped_column(
        sa.ForeignKey('services.id', ondelete='CASCADE'), nullable=False)
    worker = orm.mapped_column(sa.Integer, nullable=False, default=0)
    started_at = orm.mapped_column(base.Moment, nullable=False)
    last_seen_at = orm.mapped_column(base.Moment, nullable=False, index=True)


class ComputeNode(base.Base):
    """A hypervisor; a compute daemon has one, the fake driver's may have many."""

    __tablename__ = 'compute_nodes'
    __table_args__ = base.table_args(sa.UniqueConstraint('host', 'hypervisor_hostname'))

    id = orm.mapped_column(sa.Integer, primary_key=True)
    uuid = orm.mapped_column(base.Uuid, nullable=False, unique=True)
    service_id = orm.mapped_column(
        sa.ForeignKey('services.id', ondelete='CASCADE'), nullable=False, index=True)
    host = orm.mapped_column(sa.String(255), nullable=False)
    hypervisor_hostname = orm.mapped_column(sa.String(255), nullable=False)
    hypervisor_type = orm.mapped_column(sa.String(64), nullable=False)
    hypervisor_version = orm.mapped_column(sa.Integer, nullable=False, default=0)
    cpu_arch = orm.mapped_column(sa.String(32))
    cpu_info = orm.mapped_column(sa.JSON)
    supported_instances = orm.mapped_column(sa.JSON)
    host_ip = orm.mapped_column(sa.String(39))
    vcpus = orm.mapped_column(sa.Integer, nullable=False)
    memory_mb = orm.mapped_column(sa.Integer, nullable=False)
    local_gb = orm.mapped_column(sa.Integer, nullable=False)
    disk_available_least = orm.mapped_column(sa.Integer)
    failed_builds = orm.mapped_column(sa.Integer, nullable=False, default=0)
    created_at = orm.mapped_column(base.Moment, nullable=False)
    updated_at = orm.mapped_column(base.Moment)


class NodeTrait(base.Base):
    """A quality of a node that flavors and images can ask for or refuse.

    Several may say that the node has it; the row is there as long as one does.
    """

    __tablename__ = 'node_traits'

    node_id = orm.mapped_column(
        sa.ForeignKey('compute_nodes.id', ondelete='CASCADE'), primary_key=True)
    trait = orm.mapped_column(sa.String(255), primary_key=True, index=True)
    by_driver = orm.mapped_column(sa.Boolean, nullable=False, server_default=sa.false())
    by_file = orm.mapped_column(sa.Boolean, nullable=False, server_default=sa.false())
    by_operator = orm.mapped_column(sa.Boolean, nullable=False, server_default=sa.false())

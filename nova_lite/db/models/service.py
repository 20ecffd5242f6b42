# SPDX-License-Identifier: Apache-2.0
"""Daemons, their incarnations, and the nodes that compute daemons manage."""

import sqlalchemy as sa

from nova_lite.db.models import base


class Service(base.Base):
    """One daemon on one host; stays over restarts."""

    __tablename__ = 'services'
    __table_args__ = (sa.UniqueConstraint('host', 'binary'),)

    id = sa.Column(sa.Integer, primary_key=True)
    uuid = sa.Column(base.Uuid, nullable=False, unique=True)
    host = sa.Column(sa.String(255), nullable=False)
    binary = sa.Column(sa.String(64), nullable=False)
    topic = sa.Column(sa.String(64), nullable=False)
    version = sa.Column(sa.Integer, nullable=False, default=1)
    availability_zone = sa.Column(sa.String(255))
    disabled = sa.Column(sa.Boolean, nullable=False, default=False)
    disabled_reason = sa.Column(sa.String(255))
    forced_down = sa.Column(sa.Boolean, nullable=False, default=False)
    report_count = sa.Column(sa.Integer, nullable=False, default=0)
    last_seen_at = sa.Column(base.Moment, index=True)
    created_at = sa.Column(base.Moment, nullable=False)
    updated_at = sa.Column(base.Moment)


class Incarnation(base.Base):
    """One start of one worker process; leases are owned by these.

    A new start of the same worker replaces the row, so everything that the
    older one held is void at once.
    """

    __tablename__ = 'incarnations'
    __table_args__ = (sa.UniqueConstraint('service_id', 'worker'),)

    id = sa.Column(base.Uuid, primary_key=True)
    service_id = sa.Column(
        sa.ForeignKey('services.id', ondelete='CASCADE'), nullable=False)
    worker = sa.Column(sa.Integer, nullable=False, default=0)
    started_at = sa.Column(base.Moment, nullable=False)
    last_seen_at = sa.Column(base.Moment, nullable=False, index=True)


class ComputeNode(base.Base):
    """A hypervisor; a compute daemon has one, the fake driver's may have many."""

    __tablename__ = 'compute_nodes'
    __table_args__ = (sa.UniqueConstraint('host', 'hypervisor_hostname'),)

    id = sa.Column(sa.Integer, primary_key=True)
    uuid = sa.Column(base.Uuid, nullable=False, unique=True)
    service_id = sa.Column(
        sa.ForeignKey('services.id', ondelete='CASCADE'), nullable=False, index=True)
    host = sa.Column(sa.String(255), nullable=False)
    hypervisor_hostname = sa.Column(sa.String(255), nullable=False)
    hypervisor_type = sa.Column(sa.String(64), nullable=False)
    hypervisor_version = sa.Column(sa.Integer, nullable=False, default=0)
    cpu_arch = sa.Column(sa.String(32))
    cpu_info = sa.Column(sa.JSON)
    supported_instances = sa.Column(sa.JSON)
    host_ip = sa.Column(sa.String(39))
    vcpus = sa.Column(sa.Integer, nullable=False)
    memory_mb = sa.Column(sa.Integer, nullable=False)
    local_gb = sa.Column(sa.Integer, nullable=False)
    disk_available_least = sa.Column(sa.Integer)
    uptime = sa.Column(sa.String(255))
    failed_builds = sa.Column(sa.Integer, nullable=False, default=0)
    created_at = sa.Column(base.Moment, nullable=False)
    updated_at = sa.Column(base.Moment)


class NodeTrait(base.Base):
    """A quality of a node that flavors and images can ask for or refuse.

    Several may say that the node has it; the row is there as long as one does.
    """

    __tablename__ = 'node_traits'

    node_id = sa.Column(
        sa.ForeignKey('compute_nodes.id', ondelete='CASCADE'), primary_key=True)
    trait = sa.Column(sa.String(255), primary_key=True, index=True)
    by_driver = sa.Column(sa.Boolean, nullable=False, server_default=sa.false())
    by_file = sa.Column(sa.Boolean, nullable=False, server_default=sa.false())
    by_operator = sa.Column(sa.Boolean, nullable=False, server_default=sa.false())

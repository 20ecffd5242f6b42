# SPDX-License-Identifier: Apache-2.0
"""Servers, their metadata and tags, faults, and the record of who asked for what."""

import sqlalchemy as sa

from nova_lite.db.models import base


class Instance(base.Base):
    """A server.

    ``fence`` is raised by every operation that takes the server over; each
    later save names the value it knows, so a worker of an older operation
    can't write.
    """

    __tablename__ = 'instances'
    __table_args__ = (
        sa.Index(None, 'project_id', 'deleted', 'created_at', 'id'),
        sa.Index(None, 'host', 'node', 'deleted'),
        sa.Index(None, 'deleted', 'created_at', 'id'),
        sa.Index(None, 'reservation_id'),
        sa.Index(None, 'updated_at'),
        # All that a quota counts, so that counting reads no row.
        sa.Index('ix_instances_quota', 'project_id', 'deleted', 'user_id', 'vcpus', 'memory_mb'),
    )

    id = sa.Column(base.BigId, primary_key=True)
    uuid = sa.Column(base.Uuid, nullable=False, unique=True)
    project_id = sa.Column(sa.String(255), nullable=False)
    user_id = sa.Column(sa.String(255), nullable=False)
    reservation_id = sa.Column(sa.String(255))
    launch_index = sa.Column(sa.Integer, nullable=False, default=0)
    display_name = sa.Column(sa.String(255), nullable=False)
    display_description = sa.Column(sa.String(255))
    hostname = sa.Column(sa.String(255))
    host = sa.Column(sa.String(255))
    node = sa.Column(sa.String(255))
    launched_on = sa.Column(sa.String(255))
    availability_zone = sa.Column(sa.String(255))
    requested_zone = sa.Column(sa.String(255))
    vm_state = sa.Column(sa.String(32), nullable=False)
    task_state = sa.Column(sa.String(64))
    power_state = sa.Column(sa.Integer, nullable=False, default=0)
    progress = sa.Column(sa.Integer, nullable=False, default=0)
    fence = sa.Column(sa.Integer, nullable=False, default=1)
    flavor_id = sa.Column(sa.String(255), nullable=False, index=True)
    flavor = sa.Column(sa.JSON, nullable=False)
    vcpus = sa.Column(sa.Integer, nullable=False)
    memory_mb = sa.Column(sa.Integer, nullable=False)
    root_gb = sa.Column(sa.Integer, nullable=False)
    ephemeral_gb = sa.Column(sa.Integer, nullable=False)
    image_ref = sa.Column(sa.String(255), index=True)
    image_meta = sa.Column(sa.JSON)
    kernel_id = sa.Column(sa.String(255))
    ramdisk_id = sa.Column(sa.String(255))
    key_name = sa.Column(sa.String(255))
    key_data = sa.Column(base.LongText)
    user_data = sa.Column(base.LongText)
    config_drive = sa.Column(sa.Boolean, nullable=False, default=False)
    auto_disk_config = sa.Column(sa.Boolean, nullable=False, default=False)
    access_ip_v4 = sa.Column(base.Address)
    access_ip_v6 = sa.Column(base.Address)
    root_device_name = sa.Column(sa.String(255))
    network_info = sa.Column(sa.JSON, nullable=False)
    scheduler_hints = sa.Column(sa.JSON)
    trusted_certs = sa.Column(sa.JSON)
    numa_topology = sa.Column(sa.JSON)
    locked = sa.Column(sa.Boolean, nullable=False, default=False)
    locked_by = sa.Column(sa.String(16))
    locked_reason = sa.Column(sa.String(255))
    launched_at = sa.Column(base.Moment)
    terminated_at = sa.Column(base.Moment)
    created_at = sa.Column(base.Moment, nullable=False)
    updated_at = sa.Column(base.Moment)
    deleted_at = sa.Column(base.Moment)
    deleted = sa.Column(sa.Boolean, nullable=False, default=False)


class InstanceMetadata(base.Base):
    """One pair of a server's metadata."""

    __tablename__ = 'instance_metadata'

    instance_uuid = sa.Column(
        sa.ForeignKey('instances.uuid', ondelete='CASCADE'), primary_key=True)
    key = sa.Column(sa.String(255), primary_key=True)
    value = sa.Column(sa.String(255), nullable=False)


class InstanceTag(base.Base):
    """One tag of a server."""

    __tablename__ = 'instance_tags'

    instance_uuid = sa.Column(
        sa.ForeignKey('instances.uuid', ondelete='CASCADE'), primary_key=True)
    tag = sa.Column(sa.String(60), primary_key=True, index=True)


class InstanceFault(base.Base):
    """What went wrong with a server, for its owner; details for admins."""

    __tablename__ = 'instance_faults'

    id = sa.Column(base.BigId, primary_key=True)
    instance_uuid = sa.Column(
        sa.ForeignKey('instances.uuid', ondelete='CASCADE'), nullable=False, index=True)
    code = sa.Column(sa.Integer, nullable=False)
    message = sa.Column(sa.String(255), nullable=False)
    details = sa.Column(base.LongText)
    host = sa.Column(sa.String(255))
    created_at = sa.Column(base.Moment, nullable=False)


class InstanceAction(base.Base):
    """Who asked for what, and how it ended. Outlives the server until archived."""

    __tablename__ = 'instance_actions'
    __table_args__ = (sa.Index(None, 'instance_uuid', 'updated_at'),)

    id = sa.Column(base.BigId, primary_key=True)
    instance_uuid = sa.Column(base.Uuid, nullable=False)
    operation_id = sa.Column(base.BigId, index=True)
    action = sa.Column(sa.String(255), nullable=False)
    request_id = sa.Column(sa.String(255), nullable=False, index=True)
    user_id = sa.Column(sa.String(255))
    project_id = sa.Column(sa.String(255))
    message = sa.Column(sa.String(255))
    start_time = sa.Column(base.Moment, nullable=False)
    finish_time = sa.Column(base.Moment)
    created_at = sa.Column(base.Moment, nullable=False)
    updated_at = sa.Column(base.Moment, nullable=False)


class InstanceActionEvent(base.Base):
    """One step of an action: who did it, where, when, with what result."""

    __tablename__ = 'instance_action_events'

    id = sa.Column(base.BigId, primary_key=True)
    action_id = sa.Column(
        sa.ForeignKey('instance_actions.id', ondelete='CASCADE'), nullable=False, index=True)
    event = sa.Column(sa.String(255), nullable=False)
    host = sa.Column(sa.String(255))
    start_time = sa.Column(base.Moment, nullable=False)
    finish_time = sa.Column(base.Moment)
    result = sa.Column(sa.String(255))
    details = sa.Column(sa.String(255))
    traceback = sa.Column(base.LongText)

# SPDX-License-Identifier: Apache-2.0
"""Servers, their metadata and tags, faults, and the record of who asked for what."""

import sqlalchemy as sa
from sqlalchemy import orm

from nova_lite.db.models import base


class Instance(base.Base):
    """A server.

    ``fence`` is raised by every operation that takes the server over; each
    later save names the value it knows, so a worker of an older operation
    can't write.
    """

    __tablename__ = 'instances'
    __table_args__ = base.table_args(
        sa.Index(None, 'project_id', 'deleted', 'created_at', 'id'),
        sa.Index(None, 'host', 'node', 'deleted'),
        sa.Index(None, 'deleted', 'created_at', 'id'),
        sa.Index(None, 'reservation_id'),
        sa.Index(None, 'updated_at'),
        # All that a quota counts, so that counting reads no row.
        sa.Index('ix_instances_quota', 'project_id', 'deleted', 'user_id', 'vcpus', 'memory_mb'),
    )

    id = orm.mapped_column(base.BigId, primary_key=True)
    uuid = orm.mapped_column(base.Uuid, nullable=False, unique=True)
    project_id = orm.mapped_column(sa.String(255), nullable=False)
    user_id = orm.mapped_column(sa.String(255), nullable=False)
    reservation_id = orm.mapped_column(sa.String(255))
    launch_index = orm.mapped_column(sa.Integer, nullable=False, default=0)
    display_name = orm.mapped_column(sa.String(255), nullable=False)
    display_description = orm.mapped_column(sa.String(255))
    hostname = orm.mapped_column(sa.String(255))
    host = orm.mapped_column(sa.String(255))
    node = orm.mapped_column(sa.String(255))
    launched_on = orm.mapped_column(sa.String(255))
    availability_zone = orm.mapped_column(sa.String(255))
    requested_zone = orm.mapped_column(sa.String(255))
    vm_state = orm.mapped_column(sa.String(32), nullable=False)
    task_state = orm.mapped_column(sa.String(64))
    power_state = orm.mapped_column(sa.Integer, nullable=False, default=0)
    progress = orm.mapped_column(sa.Integer, nullable=False, default=0)
    fence = orm.mapped_column(sa.Integer, nullable=False, default=1)
    flavor_id = orm.mapped_column(sa.String(255), nullable=False, index=True)
    flavor = orm.mapped_column(sa.JSON, nullable=False)
    vcpus = orm.mapped_column(sa.Integer, nullable=False)
    memory_mb = orm.mapped_column(sa.Integer, nullable=False)
    root_gb = orm.mapped_column(sa.Integer, nullable=False)
    ephemeral_gb = orm.mapped_column(sa.Integer, nullable=False)
    image_ref = orm.mapped_column(sa.String(255), index=True)
    image_meta = orm.mapped_column(sa.JSON)
    kernel_id = orm.mapped_column(sa.String(255))
    ramdisk_id = orm.mapped_column(sa.String(255))
    key_name = orm.mapped_column(sa.String(255))
    key_data = orm.mapped_column(base.LongText)
    user_data = orm.mapped_column(base.LongText)
    config_drive = orm.mapped_column(sa.Boolean, nullable=False, default=False)
    auto_disk_config = orm.mapped_column(sa.Boolean, nullable=False, default=False)
    access_ip_v4 = orm.mapped_column(sa.String(39))
    access_ip_v6 = orm.mapped_column(sa.String(39))
    root_device_name = orm.mapped_column(sa.String(255))
    network_info = orm.mapped_column(sa.JSON, nullable=False)
    scheduler_hints = orm.mapped_column(sa.JSON)
    trusted_certs = orm.mapped_column(sa.JSON)
    locked = orm.mapped_column(sa.Boolean, nullable=False, default=False)
    locked_by = orm.mapped_column(sa.String(16))
    locked_reason = orm.mapped_column(sa.String(255))
    launched_at = orm.mapped_column(base.Moment)
    terminated_at = orm.mapped_column(base.Moment)
    created_at = orm.mapped_column(base.Moment, nullable=False)
    updated_at = orm.mapped_column(base.Moment)
    deleted_at = orm.mapped_column(base.Moment)
    deleted = orm.mapped_column(sa.Boolean, nullable=False, default=False)


class InstanceMetadata(base.Base):
    """One pair of a server's metadata."""

    __tablename__ = 'instance_metadata'

    instance_uuid = orm.mapped_column(
        sa.ForeignKey('instances.uuid', ondelete='CASCADE'), primary_key=True)
    key = orm.mapped_column(sa.String(255), primary_key=True)
    value = orm.mapped_column(sa.String(255), nullable=False)


class InstanceTag(base.Base):
    """One tag of a server."""

    __tablename__ = 'instance_tags'

    instance_uuid = orm.mapped_column(
        sa.ForeignKey('instances.uuid', ondelete='CASCADE'), primary_key=True)
    tag = orm.mapped_column(sa.String(60), primary_key=True, index=True)


class InstanceFault(base.Base):
    """What went wrong with a server, for its owner; details for admins."""

    __tablename__ = 'instance_faults'

    id = orm.mapped_column(base.BigId, primary_key=True)
    instance_uuid = orm.mapped_column(
        sa.ForeignKey('instances.uuid', ondelete='CASCADE'), nullable=False, index=True)
    code = orm.mapped_column(sa.Integer, nullable=False)
    message = orm.mapped_column(sa.String(255), nullable=False)
    details = orm.mapped_column(base.LongText)
    host = orm.mapped_column(sa.String(255))
    created_at = orm.mapped_column(base.Moment, nullable=False)


class InstanceAction(base.Base):
    """Who asked for what, and how it ended. Outlives the server until archived."""

    __tablename__ = 'instance_actions'
    __table_args__ = base.table_args(sa.Index(None, 'instance_uuid', 'updated_at'))

    id = orm.mapped_column(base.BigId, primary_key=True)
    instance_uuid = orm.mapped_column(base.Uuid, nullable=False)
    operation_id = orm.mapped_column(base.BigId, index=True)
    action = orm.mapped_column(sa.String(255), nullable=False)
    request_id = orm.mapped_column(sa.String(255), nullable=False, index=True)
    user_id = orm.mapped_column(sa.String(255))
    project_id = orm.mapped_column(sa.String(255))
    message = orm.mapped_column(sa.String(255))
    start_time = orm.mapped_column(base.Moment, nullable=False)
    finish_time = orm.mapped_column(base.Moment)
    created_at = orm.mapped_column(base.Moment, nullable=False)
    updated_at = orm.mapped_column(base.Moment, nullable=False)


class InstanceActionEvent(base.Base):
    """One step of an action: who did it, where, when, with what result."""

    __tablename__ = 'instance_action_events'

    id = orm.mapped_column(base.BigId, primary_key=True)
    action_id = orm.mapped_column(
        sa.ForeignKey('instance_actions.id', ondelete='CASCADE'), nullable=False, index=True)
    event = orm.mapped_column(sa.String(255), nullable=False)
    host = orm.mapped_column(sa.String(255))
    start_time = orm.mapped_column(base.Moment, nullable=False)
    finish_time = orm.mapped_column(base.Moment)
    result = orm.mapped_column(sa.String(255))
    details = orm.mapped_column(sa.String(255))
    traceback = orm.mapped_column(base.LongText)

# SPDX-License-Identifier: Apache-2.0
"""What the metadata service asks the database, and the API about guests' passwords: SQL.

A request costs one statement for whose the address is; the guest's facts, two
more, are kept by the caller for a while.
"""

import sqlalchemy as sa
from oslo_log import log

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.models import instance as instance_models
from nova_lite.db.models import network as network_models
from nova_lite.db.models import password as password_models

LOG = log.getLogger(__name__)

instances = instance_models.Instance.__table__
pairs = instance_models.InstanceMetadata.__table__
fixed_ips = network_models.FixedIp.__table__
passwords = password_models.InstancePassword.__table__

_COLUMNS = ('id', 'uuid', 'display_name', 'hostname', 'project_id', 'availability_zone',
            'launch_index', 'reservation_id', 'image_ref', 'kernel_id', 'ramdisk_id',
            'root_device_name', 'key_name', 'key_data', 'user_data', 'flavor', 'network_info')


def by_fixed_address(context, address):
    """Answer the uuid of the server that has the address now; None if none has it.

    Nobody is told anything of an address that two networks have given out.
    """
    wanted = sa.select(fixed_ips.c.instance_uuid).where(
        fixed_ips.c.address == address, fixed_ips.c.instance_uuid.is_not(None))
    with engine.reader(context) as connection:
        holders = connection.execute(wanted).scalars().all()
    if len(holders) > 1:
        LOG.warning('Address %s belongs to servers on several networks (%s): '
                    'their metadata is not served', address, ', '.join(holders))
        return None
    return holders[0] if holders else None


def guest(context, instance_uuid):
    """Answer (columns of the server, its metadata); None if it is gone."""
    with engine.reader(context) as connection:
        row = connection.execute(
            sa.select(*(instances.c[name] for name in _COLUMNS)).where(
                instances.c.uuid == instance_uuid, instances.c.deleted.is_(False))
        ).mappings().first()
        if row is None:
            return None
        metadata = connection.execute(
            sa.select(pairs.c.key, pairs.c.value).where(pairs.c.instance_uuid == instance_uuid))
        return dict(row), {key: value for key, value in metadata}


def password(context, instance_uuid):
    """Answer the password that the guest has posted; empty if it has not."""
    with engine.reader(context) as connection:
        return connection.execute(sa.select(passwords.c.password).where(
            passwords.c.instance_uuid == instance_uuid)).scalar() or ''


def set_password(context, instance_uuid, text):
    """Keep the guest's password.

    :raises PasswordIsSet: if it has posted one before
    """
    try:
        with engine.writer(context) as connection:
            connection.execute(passwords.insert().values(
                instance_uuid=instance_uuid, password=text, created_at=db_now()))
    except engine.db_exc.DBDuplicateEntry:
        raise exception.PasswordIsSet(instance_uuid=instance_uuid) from None


def clear_password(context, instance_uuid):
    """Forget the guest's password; it may post another."""
    with engine.writer(context) as connection:
        connection.execute(passwords.delete().where(
            passwords.c.instance_uuid == instance_uuid))

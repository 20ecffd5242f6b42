# SPDX-License-Identifier: Apache-2.0
"""The filters of lists of servers as SQL conditions."""

import datetime

import sqlalchemy as sa

from nova_lite.db.models import network as network_models
from nova_lite.db.stores import instances as store
from nova_lite.states import vm

instances = store.instances

EXACT = frozenset({
    'uuid', 'host', 'node', 'vm_state', 'task_state', 'power_state', 'image_ref', 'flavor_id',
    'project_id', 'user_id', 'reservation_id', 'key_name', 'availability_zone', 'locked',
    'launch_index', 'kernel_id', 'ramdisk_id', 'root_device_name', 'launched_on', 'config_drive',
    'auto_disk_config', 'locked_by', 'progress', 'access_ip_v4', 'access_ip_v6', 'hostname',
})
"""Filters that compare a column with a value or a list of values."""

MOMENTS = frozenset({'created_at', 'launched_at', 'terminated_at'})
"""Filters that compare a column with a moment, as exactly as it is given."""

PATTERNS = {'name': 'display_name', 'description': 'display_description',
            'display_description': 'display_description'}
"""Filters that match a column with a regular expression."""


OF_ADDRESSES = frozenset({'ip', 'ip6'})
"""Filters that match a server's addresses with one."""


def has_pattern(filters):
    """Whether a filter is a regular expression."""
    return not filters.keys().isdisjoint(PATTERNS.keys() | OF_ADDRESSES)


def conditions_of(filters):
    """Yield a condition for each filter.

    :param filters: see server_listing.list_rows
    :raises KeyError: for a filter that is not known
    """
    for name, wanted in filters.items():
        if name in EXACT:
            yield _equals(instances.c[name], wanted)
        elif name in MOMENTS:
            yield sa.between(instances.c[name], wanted, _last_of(wanted))
        elif name in PATTERNS:
            yield instances.c[PATTERNS[name]].regexp_match(wanted)
        else:
            yield OTHERS[name](wanted)


def _equals(column, wanted):
    if isinstance(wanted, (list, tuple, set, frozenset)):
        return column.in_(wanted)
    return column.is_(None) if wanted is None else column == wanted


def _deleted(wanted):
    return sa.true() if wanted is None else instances.c.deleted.is_(bool(wanted))


def _changed_since(moment):
    return instances.c.updated_at >= moment


def _changed_before(moment):
    return instances.c.updated_at <= _last_of(moment)


def _last_of(moment):
    """Answer the end of the second that a moment names; itself if it is more exact.

    Answers show times in whole seconds, and who gives one back means that server.
    """
    if moment.microsecond:
        return moment
    return moment + datetime.timedelta(microseconds=999_999)


def _gone(_wanted):
    return sa.or_(instances.c.deleted.is_(True), instances.c.vm_state == vm.SOFT_DELETED)


def _has_all(wanted):
    # Counted: PostgreSQL plans for minutes where there are hundreds of EXISTS.
    tags = store.tags.c
    found = sa.select(sa.func.count()).where(
        tags.instance_uuid == instances.c.uuid, tags.tag.in_(set(wanted)))
    return found.scalar_subquery() == len(set(wanted))


def _has_any(wanted):
    tags = store.tags.c
    return sa.exists().where(tags.instance_uuid == instances.c.uuid, tags.tag.in_(set(wanted)))


def _lacks_one(wanted):
    return sa.not_(_has_all(wanted))


def _lacks_all(wanted):
    return sa.not_(_has_any(wanted))


def _has_pairs(wanted):
    pairs = store.metadata.c
    found = sa.select(sa.func.count()).where(
        pairs.instance_uuid == instances.c.uuid,
        sa.or_(sa.false(), *(sa.and_(pairs.key == key, pairs.value == value)
                             for key, value in wanted.items())))
    return found.scalar_subquery() == len(wanted)


def _has_address(pattern, separator):
    addresses = network_models.FixedIp.__table__.c
    return sa.exists().where(
        addresses.instance_uuid == instances.c.uuid, addresses.address.contains(separator),
        addresses.address.regexp_match(pattern))


def _has_ipv4(pattern):
    return _has_address(pattern, '.')


def _has_ipv6(pattern):
    return _has_address(pattern, ':')


OTHERS = {
    'changes_before': _changed_before,
    'changes_since': _changed_since,
    'deleted': _deleted,
    'gone': _gone,
    'ip': _has_ipv4,
    'ip6': _has_ipv6,
    'metadata': _has_pairs,
    'not_tags': _lacks_one,
    'not_tags_any': _lacks_all,
    'tags': _has_all,
    'tags_any': _has_any,
}
"""Filters that are more than a comparison, and who makes their condition."""

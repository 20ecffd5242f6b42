# SPDX-License-Identifier: Apache-2.0
"""Host aggregates in notifications. Pure."""

from nova_lite.notifications import form

COPIED = ('id', 'uuid', 'name', 'hosts', 'metadata')


def payload(row):
    """Answer AggregatePayload."""
    return form.versioned('AggregatePayload', '1.1', **{name: row[name] for name in COPIED})


def events(action, before, after):
    """Answer what is told of one change: the aggregate before it and after it.

    :param before: None if it is made by the change
    """
    before = before or {**after, 'id': None, 'uuid': None, 'hosts': []}
    return [form.Event(f'aggregate.{action}.{stage}', f'aggregate {after["id"]}',
                       form.publisher(form.API), payload(row))
            for stage, row in ((form.START, before), (form.END, after))]


def caching(stage, row, binary):
    """Answer what is told when images begin to be fetched, and when all hosts are done."""
    return form.Event(f'aggregate.cache_images.{stage}', f'aggregate {row["id"]}',
                      form.publisher(binary), payload(row))


def caching_progress(row, progress):
    """Answer what is told of each host that is done.

    :param progress: host, images_cached, images_failed, index and total
    """
    named = {name: row[name] for name in ('id', 'uuid', 'name')}
    return form.Event('aggregate.cache_images.progress', f'aggregate {row["id"]}',
                      form.publisher(form.CONDUCTOR),
                      form.versioned('AggregateCachePayload', '1.0', **named, **progress))


def events_of_update(before, after):
    """Answer what is told of a change of name, of metadata, or of both."""
    changes = (('update_prop', before['name'] != after['name']),
               ('update_metadata', before['metadata'] != after['metadata']))
    return [event for action, is_changed in changes if is_changed
            for event in events(action, before, after)]

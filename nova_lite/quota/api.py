# SPDX-License-Identifier: Apache-2.0
"""Whether there may be more: asked by the requests that make something.

What is used is counted from the records in the transaction that adds to them.
That transaction first writes a row that all who count the same write first, so
each counts what those before it have made, and no two fill the same place.
"""

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.stores import keypairs, quotas, usage_counts
from nova_lite.quota import limits as quota_limits
from nova_lite.quota import resources, room
from nova_lite.quota.resources import UNLIMITED


def limits_of(context, project_id=None, user_id=None):
    """Answer the Limits of a user in a project, the caller by default; one statement at most.

    They are read before the transaction that counts. One that an admin changes
    meanwhile holds from the next request on.
    """
    if project_id is None:
        project_id, user_id = context.project_id, user_id or context.user_id
    return quota_limits.read(context, project_id, user_id)


def fit_servers(context, limits, each, *, least, most, group=None):
    """Answer how many servers of the caller's may be recorded now.

    Part of the transaction that records them, and the first in it; two
    statements, none if nothing that matters is limited.

    :param each: what each of them takes: {'instances', 'cores', 'ram'}
    :param group: uuid of the server group that they join
    :raises TooManyServers: if not even ``least`` fit
    :raises GroupMembersLimitExceeded: if not even ``least`` fit into the group
    """
    names = resources.OF_SERVERS
    if group is not None:
        names = (*names, resources.SERVER_GROUP_MEMBERS)
    if not limits.hold_back(*names):
        return most
    quotas.wait_for(context, context.project_id)
    of_project, of_user, members = usage_counts.of_servers(
        context, context.project_id, context.user_id, group=group)
    number = room.fitting(room.bounds(limits, of_project, of_user, each), least, most)
    if group is None:
        return number
    return room.fitting_members(
        limits.of(resources.SERVER_GROUP_MEMBERS), members, least, number)


def check_metadata(limits, number):
    """Make sure that a server may have so many items of metadata.

    :raises MetadataLimitExceeded: if not
    """
    _check(limits, resources.METADATA_ITEMS, number, exception.MetadataLimitExceeded)


def check_image_metadata(limits, number):
    """Make sure that an image may have so many items of metadata.

    :raises ImageMetadataLimitExceeded: if not
    """
    _check(limits, resources.METADATA_ITEMS, number, exception.ImageMetadataLimitExceeded)


def check_injected_files(limits, files):
    """Make sure that a create request may carry these files.

    :param files: (path, content) pairs, both as bytes
    :raises InjectedFilesLimitExceeded: if they are too many
    :raises InjectedFilePathTooLong: if a path is too long
    :raises InjectedFileTooLarge: if a file is too large
    """
    _check(limits, resources.INJECTED_FILES, len(files), exception.InjectedFilesLimitExceeded)
    for path, content in files:
        _check(limits, resources.INJECTED_FILE_PATH_BYTES, len(path),
               exception.InjectedFilePathTooLong)
        _check(limits, resources.INJECTED_FILE_CONTENT_BYTES, len(content),
               exception.InjectedFileTooLarge)


def _check(limits, resource, number, error):
    allowed = limits.of(resource)
    if allowed != UNLIMITED and number > allowed:
        raise error(allowed=allowed)


@engine.retry_on_deadlock
def add_key_pair(context, user_id, create):
    """Record a key pair if the user may have one more; answer what ``create`` answers.

    A user has the same key pairs in all projects, so they are counted by user.

    :param create: function that records it
    :raises KeypairLimitExceeded: if the user may not
    """
    allowed = limits_of(context, user_id=user_id).of(resources.KEY_PAIRS)
    with engine.writer(context):
        if allowed != UNLIMITED:
            quotas.wait_for(context, user_id)
            if keypairs.count(context, user_id) >= allowed:
                raise exception.KeypairLimitExceeded()
        return create()


@engine.retry_on_deadlock
def add_server_group(context, create):
    """Record a server group if the caller may have one more; answer what ``create`` answers.

    :param create: function that records it
    :raises ServerGroupLimitExceeded: if project or user may not
    """
    limits = limits_of(context)
    with engine.writer(context):
        if limits.hold_back(resources.SERVER_GROUPS):
            quotas.wait_for(context, context.project_id)
            _check_groups(context, limits)
        return create()


def _check_groups(context, limits):
    for owner, user_id in ((limits.project, None), (limits.user, context.user_id)):
        allowed = owner.get(resources.SERVER_GROUPS, UNLIMITED)
        if (allowed != UNLIMITED
                and usage_counts.of_groups(context, context.project_id, user_id) >= allowed):
            raise exception.ServerGroupLimitExceeded()

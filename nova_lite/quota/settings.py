# SPDX-License-Identifier: Apache-2.0
"""Changing and showing limits, for the REST API. Whether the caller may is decided there."""

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.stores import quotas, usage_counts
from nova_lite.quota import limits as quota_limits
from nova_lite.quota import resources
from nova_lite.quota.resources import UNLIMITED


def used(context, project_id, user_id=None):
    """Answer what a project has, or a user in it: {resource: number}.

    Only what a project's records add up to is counted. How many key pairs a
    user has, or servers a group, is no number of a project; it shows as 0.
    """
    return {**dict.fromkeys(resources.ALL, 0),
            **usage_counts.of_everything(context, project_id, user_id)}


@engine.retry_on_deadlock
def change(context, project_id, user_id, wanted, *, force=False):
    """Set limits of a project, or of a user in it; answer the Limits that hold then.

    Where limits of Keystone hold, those are recorded and hold once the driver is the database's.

    :param user_id: None for the project's
    :param wanted: {resource: limit}
    :param force: even if more is used, or promised to the project's users
    :raises QuotaLimitTooLow: it is less than what is used or promised
    :raises QuotaLimitTooHigh: it is more than what the project has left for a user
    """
    with engine.writer(context):
        quotas.wait_for(context, project_id)
        if resources.are_limited() and not force:
            _check(context, project_id, user_id, wanted)
        if user_id is None:
            quotas.set_of_project(context, project_id, wanted)
        else:
            quotas.set_of_user(context, project_id, user_id, wanted)
    return quota_limits.read(context, project_id, user_id)


def _check(context, project_id, user_id, wanted):
    counted = used(context, project_id, user_id)
    promised = quotas.promised(context, project_id, except_for=user_id)
    project = quota_limits.read(context, project_id).project
    for resource, limit in wanted.items():
        lowest, highest = counted[resource], UNLIMITED
        if user_id is None:
            lowest = max(lowest, promised.get(resource, 0))
        elif project[resource] != UNLIMITED:
            highest = max(0, project[resource] - promised.get(resource, 0))
        check_limit(resource, limit, lowest, highest)


def check_limit(resource, limit, lowest, highest):
    """Refuse a limit that is not between two others. Pure.

    :param highest: UNLIMITED if there is none
    """
    if limit != UNLIMITED and limit < lowest:
        raise exception.QuotaLimitTooLow(limit=limit, resource=resource, lowest=lowest)
    if highest != UNLIMITED and (limit == UNLIMITED or limit > highest):
        raise exception.QuotaLimitTooHigh(limit=limit, resource=resource, highest=highest)

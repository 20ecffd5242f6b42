# SPDX-License-Identifier: Apache-2.0
"""How many more servers fit under the limits. Pure; api.py has counted what is there."""

import dataclasses

from nova_lite import exception
from nova_lite.quota import resources
from nova_lite.quota.resources import UNLIMITED


@dataclasses.dataclass(frozen=True)
class Bound:
    """One limit, what is used of it, and what each further server takes."""

    resource: str
    limit: int
    used: int
    each: int

    def room(self):
        """Answer how many more servers fit."""
        return max(0, self.limit - self.used) // self.each


def bounds(limits, of_project, of_user, each):
    """Answer the bounds that a project and a user of it are under.

    :param of_project: what the project has: {resource: number}
    :param of_user: what the user has of it
    :param each: what a server takes: {resource: number}
    """
    return [Bound(resource, owner[resource], used[resource], taken)
            for owner, used in ((limits.project, of_project), (limits.user, of_user))
            for resource, taken in each.items()
            if taken and owner.get(resource, UNLIMITED) != UNLIMITED]


def fitting(found, least, most):
    """Answer how many servers may be made: as many as fit, not fewer than ``least``.

    :raises TooManyServers: if fewer fit; it names every resource that is short
    """
    number = min([most, *(bound.room() for bound in found)])
    if number < least:
        raise _too_many([bound for bound in found if bound.room() < least], least)
    return number


def _too_many(short, least):
    """Name each resource once: by the user's own limit if that is short, too."""
    by_name = {bound.resource: bound for bound in short}
    ordered = [by_name[name] for name in sorted(by_name)]
    return exception.TooManyServers(
        resources=_listed(bound.resource for bound in ordered),
        wanted=_listed(bound.each * least for bound in ordered),
        used=_listed(bound.used for bound in ordered),
        limits=_listed(bound.limit for bound in ordered))


def _listed(values):
    return ', '.join(map(str, values))


def fitting_members(limit, used, least, most):
    """Answer how many servers may join a server group.

    :raises GroupMembersLimitExceeded: if fewer than ``least``
    """
    if limit == UNLIMITED:
        return most
    room = Bound(resources.SERVER_GROUP_MEMBERS, limit, used, 1).room()
    if room < least:
        raise exception.GroupMembersLimitExceeded()
    return min(most, room)

# SPDX-License-Identifier: Apache-2.0
"""Which limit holds: a user's before the project's before the default class's before the option.

Or those of Keystone, if [quota] driver says so (unified.py).
"""

import dataclasses
import importlib

from nova_lite.db.stores import quotas
from nova_lite.quota import resources
from nova_lite.quota.resources import UNLIMITED


@dataclasses.dataclass(frozen=True)
class Limits:
    """The limits of a project and of one user in it.

    :ivar project: {resource: limit} of all resources
    :ivar user: {resource: limit} of those for which the user has one of its own
    """

    project: dict
    user: dict = dataclasses.field(default_factory=dict)

    def of(self, resource):
        """Answer the limit that holds for the user, UNLIMITED if none does."""
        return self.user.get(resource, self.project[resource])

    def all(self):
        """Answer every limit that holds for the user: {resource: limit}."""
        return {**self.project, **self.user}

    def hold_back(self, *names):
        """Answer whether any of these is limited, for the project or the user."""
        return any(limits.get(name, UNLIMITED) != UNLIMITED
                   for limits in (self.project, self.user) for name in names)


def read(context, project_id, user_id=None):
    """Answer the limits of a project, and of a user in it; one statement."""
    if resources.are_unified():
        return Limits(unified().read(project_id))
    if not resources.are_limited():
        return Limits(resources.defaults())
    found = quotas.find(context, project_id, user_id)
    return Limits(
        {**resources.defaults(), **known(found[quotas.CLASS]), **known(found[quotas.PROJECT])},
        known(found[quotas.USER]))


def read_class(context, class_name=quotas.DEFAULT_CLASS):
    """Answer the limits of a class: {resource: limit}; all classes are alike in Keystone."""
    if resources.are_unified():
        return unified().read_defaults()
    if not resources.are_limited():
        return resources.defaults()
    found = quotas.find(context, class_name=class_name)
    return {**resources.defaults(), **known(found[quotas.CLASS])}


def unified():
    """Answer the module that asks Keystone."""
    return importlib.import_module('nova_lite.quota.unified')


def known(limits):
    """Leave out what another release may have recorded."""
    return {name: limit for name, limit in limits.items() if name in resources.ALL}

# SPDX-License-Identifier: Apache-2.0
"""Limits of quota classes: show, change.

The class ``default`` has the limits of all projects that have none of their
own; other classes are kept and have no effect, as in Nova.
"""

from oslo_log import log

from nova_lite import exception
from nova_lite.api.openstack.compute import quota_sets, targets
from nova_lite.api.openstack.compute.views import quotas as views
from nova_lite.db.stores import quotas as store
from nova_lite.quota import limits as quota_limits

LOG = log.getLogger(__name__)


class QuotaClasses:
    """``/os-quota-class-sets/{class_name}``."""

    def show(self, request, class_name):
        """Show the limits of a quota class."""
        limits = quota_limits.read_class(request.context, _checked(class_name))
        return {'quota_class_set': views.of_class(request, limits, class_name)}

    def update(self, request, class_name):
        """Set limits of a quota class."""
        wanted = quota_sets.limits_in(request.body['quota_class_set'])
        store.set_of_class(request.context, _checked(class_name), wanted)
        LOG.info('Limits of quota class %s were set: %s', class_name, wanted)
        return {'quota_class_set': views.of_class(
            request, quota_limits.read_class(request.context, class_name))}


def _checked(class_name):
    if len(class_name) > targets.LONGEST_ID:
        raise exception.InvalidQuotaClass(class_name=class_name)
    return class_name

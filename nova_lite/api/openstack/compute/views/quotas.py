# SPDX-License-Identifier: Apache-2.0
"""How limits are shown: all of every version is built, then what the request's has not goes."""

from nova_lite.api.openstack.microversions import Feature
from nova_lite.quota import resources


def of_project(request, limits, project_id=None):
    """Answer the limits of a project or a user, with the id unless it is None."""
    return _shown(request, limits, project_id)


def of_project_in_detail(request, limits, used, project_id):
    """Answer the limits of a project or a user with what is used of them."""
    return _shown(request, {
        name: {'limit': limit, 'in_use': used[name], 'reserved': 0}
        for name, limit in limits.items()}, project_id)


def _shown(request, values, project_id):
    shown = {} if project_id is None else {'id': project_id}
    shown.update(values)
    if request.offers(Feature.NO_PROXIES):
        _take(shown, resources.OF_NETWORKS)
    if request.offers(Feature.NO_PERSONALITY):
        _take(shown, resources.OF_INJECTED_FILES)
    return shown


def of_class(request, limits, class_name=None):
    """Answer the limits of a quota class, with its name unless it is None."""
    shown = {} if class_name is None else {'id': class_name}
    shown.update(limits)
    _take(shown, resources.OF_NETWORKS if request.offers(Feature.QUOTA_CLASS_GROUPS)
          else resources.OF_SERVER_GROUPS)
    if request.offers(Feature.NO_PERSONALITY):
        _take(shown, resources.OF_INJECTED_FILES)
    return shown


def _take(shown, names):
    for name in names:
        del shown[name]

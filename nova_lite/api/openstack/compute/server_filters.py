# SPDX-License-Identifier: Apache-2.0
"""The query of a list of servers as filters and order of the store. Pure but for policies."""

from oslo_utils import strutils, timeutils

from nova_lite import exception
from nova_lite.api.openstack.compute.views import server_status
from nova_lite.api.openstack.microversions import Feature
from nova_lite.policies import enforcement
from nova_lite.policies import servers as policies
from nova_lite.states import vm

NOT_FILTERS = frozenset({
    'limit', 'marker', 'sort_key', 'sort_dir', 'all_tenants', 'status', 'project_id', 'tenant_id',
    'deleted'})
OTHER_NAMES = {'flavor': 'flavor_id', 'image': 'image_ref', 'display_name': 'name',
               'changes-since': 'changes_since', 'changes-before': 'changes_before',
               'tags-any': 'tags_any', 'not-tags': 'not_tags', 'not-tags-any': 'not_tags_any'}
"""Parameters that the store knows by another name."""
SORT_COLUMNS = {'instance_type_id': 'flavor_id'}

FOR_ALL = frozenset({
    'reservation_id', 'name', 'display_name', 'status', 'image', 'flavor', 'ip', 'changes-since'})
FOR_ALL_SINCE = (
    (Feature.IP6_FILTER_FOR_ALL, {'ip6'}),
    (Feature.SERVER_TAGS, {'tags', 'tags-any', 'not-tags', 'not-tags-any'}),
    (Feature.CHANGES_BEFORE, {'changes-before'}),
    (Feature.LOCKED_REASON, {'locked'}),
    (Feature.FILTERS_FOR_ALL, {
        'availability_zone', 'config_drive', 'key_name', 'created_at', 'launched_at',
        'terminated_at', 'power_state', 'task_state', 'vm_state', 'progress', 'user_id'}),
)
SORT_KEYS_OF_ADMINS = frozenset({'host', 'node'})


def _number(text):
    return int(text)


def _flag(text):
    # ``?deleted`` alone means that it is wanted.
    return text == '' or strutils.bool_from_string(text, strict=True)


def _moment(text):
    return timeutils.normalize_time(timeutils.parse_isotime(text))


def _tags(text):
    return text.split(',')


READERS = {
    **dict.fromkeys(('launch_index', 'power_state', 'progress'), _number),
    **dict.fromkeys(('config_drive', 'auto_disk_config', 'locked'), _flag),
    **dict.fromkeys(
        ('changes-since', 'changes-before', 'created_at', 'launched_at', 'terminated_at'), _moment),
    **dict.fromkeys(('tags', 'tags-any', 'not-tags', 'not-tags-any'), _tags),
}
"""How the text of a parameter is read, where it is not taken as it is."""


def filters_of(request, all_tenants_policy):
    """Answer the store's filters; None if nothing can match.

    :param all_tenants_policy: rule that is asked when all projects are wanted
    :raises PolicyNotAuthorized: if all projects or deleted servers are not the
        caller's to see
    """
    usable = _usable(request)
    filters = {OTHER_NAMES.get(name, name): READERS.get(name, str)(values[-1])
               for name, values in request.query.items()
               if name in usable and name not in NOT_FILTERS}
    filters.update(_projects(request, all_tenants_policy))
    states = _states(request)
    if states is not None:
        if not states:
            return None
        filters['vm_state'] = states
    filters['deleted'] = _deleted(request, filters, usable)
    return filters


def _usable(request):
    """Answer the parameters that the caller may filter by; others are ignored, as in Nova."""
    if enforcement.allows(request.context, policies.ALLOW_ALL_FILTERS):
        return frozenset(request.query)
    return FOR_ALL.union(*(names for feature, names in FOR_ALL_SINCE if request.offers(feature)))


def _projects(request, all_tenants_policy):
    """Answer the filter of the project: the caller's own, one that is named, or none."""
    wanted = request.asked('all_tenants')
    if wanted is None or not _flag(wanted):
        return {'project_id': request.context.project_id}
    enforcement.authorize(request.context, all_tenants_policy)
    named = request.asked('project_id') or request.asked('tenant_id')
    return {'project_id': named} if named else {}


def _states(request):
    """Answer the states of the statuses asked for; None if none was asked for.

    :raises InvalidInput: if there is no such status, from 2.38 on
    """
    wanted = request.query.get('status')
    if wanted is None:
        return None
    states = [state for status in wanted for state in server_status.vm_states_of(status)]
    if not states and request.offers(Feature.STATUS_FILTER_STRICT):
        raise exception.InvalidInput(reason=f"there is no status '{wanted[-1]}'")
    if vm.DELETED in states and not request.context.is_admin:
        raise exception.Forbidden('Only administrators may list deleted instances')
    return states


def _deleted(request, filters, usable):
    """Answer whether deleted servers are wanted; None for both kinds."""
    asked = request.asked('deleted')
    if asked is not None and 'deleted' in usable:
        return _flag(asked)
    if vm.DELETED in filters.get('vm_state', ()):
        return True
    # Who follows changes has to learn of deletions too.
    return None if 'changes_since' in filters else False


def sort_of(request):
    """Answer the order as (column, direction) pairs; the newest first unless told otherwise.

    :raises PolicyNotAuthorized: if the order would tell where servers are
    """
    keys = request.query.get('sort_key', [])
    if SORT_KEYS_OF_ADMINS.intersection(keys):
        enforcement.authorize(request.context, policies.ALLOW_ALL_FILTERS)
    directions = request.query.get('sort_dir', [])
    first = directions[0] if directions else 'desc'
    padded = [*directions, *[first] * len(keys)]
    return [(SORT_COLUMNS.get(key, key), direction)
            for key, direction in zip(keys or ['created_at'], padded or [first], strict=False)]

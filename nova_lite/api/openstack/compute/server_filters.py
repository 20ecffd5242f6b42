# SPDX-License-Identifier: Apache-2.0
"""The query of a list of servers as filters and order of the store. Pure but for policies."""

from oslo_utils import strutils, timeutils

from nova_lite import exception
from nova_lite.api.openstack.compute import instance_actions
from nova_lite.api.openstack.compute.views import server_status
from nova_lite.api.openstack.microversions import Feature
from nova_lite.policies import enforcement
from nova_lite.policies import servers as policies
from nova_lite.states import vm

NOT_FILTERS = frozenset({
    'limit', 'marker', 'sort_key', 'sort_dir', 'all_tenants', 'status', 'project_id', 'tenant_id',
    'deleted', 'soft_deleted'})
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
    # ``?all_tenants`` alone means that it is wanted.
    return text == '' or strutils.bool_from_string(text, strict=True)


def _disk_config(text):
    return text == 'AUTO' or (text != 'MANUAL' and _flag(text))


def _moment(text):
    return timeutils.normalize_time(timeutils.parse_isotime(text))


def _tags(text):
    return text.split(',')


READERS = {
    **dict.fromkeys(('launch_index', 'power_state', 'progress'), _number),
    **dict.fromkeys(('config_drive', 'locked'), _flag),
    **dict.fromkeys(('vm_state', 'task_state'), str.lower),
    'auto_disk_config': _disk_config,
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
    :raises Invalid: if the time of the changes ends before it begins
    """
    usable = _usable(request)
    filters = {OTHER_NAMES.get(name, name): READERS.get(name, str)(values[-1])
               for name, values in request.query.items()
               if name in usable and name not in NOT_FILTERS}
    instance_actions.check_period(filters.get('changes_since'), filters.get('changes_before'))
    filters.update(_projects(request, all_tenants_policy))
    states = _states(request)
    if states is not None:
        if not states:
            return None
        filters['vm_state'] = states
    filters.update(_deleted(request, filters, usable, states or ()))
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

    :raises Invalid: if there is no such status, from 2.38 on
    """
    wanted = request.query.get('status')
    if wanted is None:
        return None
    states = [state for status in wanted for state in server_status.vm_states_of(status)]
    if request.offers(Feature.STATUS_FILTER_STRICT) and not any(
            map(server_status.is_known, wanted)):
        raise exception.Invalid(f'Invalid status value: {wanted[-1]}')
    if vm.DELETED in states and not request.context.is_admin:
        raise exception.Forbidden('Only administrators may list deleted instances')
    return states


def _deleted(request, filters, usable, states):
    """Answer the filters by which deleted servers are shown, alone or with others, or not."""
    if 'deleted' in request.query and 'deleted' in usable:
        asked = strutils.bool_from_string(request.asked('deleted'))
        if asked and strutils.bool_from_string(request.asked('soft_deleted')):
            return {'deleted': None, 'gone': True}
        return {'deleted': asked}
    if vm.DELETED in states:
        return {'deleted': True}
    # Who follows changes has to learn of deletions too.
    return {'deleted': None if 'changes_since' in filters else False}


def sort_of(request):
    """Answer the order as (column, direction) pairs; the newest first unless told otherwise.

    What is named twice counts where it comes first.

    :raises PolicyNotAuthorized: if the order would tell where servers are
    :raises InvalidInput: if there are more directions than keys
    """
    keys, directions = request.query.get('sort_key', []), request.query.get('sort_dir', [])
    if SORT_KEYS_OF_ADMINS.intersection(keys):
        enforcement.authorize(request.context, policies.ALLOW_ALL_FILTERS)
    if len(directions) > max(len(keys), 1):
        raise exception.InvalidInput(reason='there are more sort directions than sort keys')
    first = directions[0] if directions else 'desc'
    padded = [*directions, *[first] * len(keys)]
    order = {}
    for key, direction in zip(keys or ['created_at'], padded or [first], strict=False):
        order.setdefault(SORT_COLUMNS.get(key, key), direction)
    return list(order.items())

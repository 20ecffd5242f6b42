# SPDX-License-Identifier: Apache-2.0
"""What the scheduler decided and why, what it would decide now, and what if.

The record is read here; questions are answered by a scheduler, whose
configuration says which filters and weighers there are.
"""

import re

from oslo_utils import strutils

from nova_lite import exception
from nova_lite.api.openstack.compute import paging
from nova_lite.api.openstack.compute.views import links
from nova_lite.api.openstack.compute.views import scheduling as views
from nova_lite.db.stores import decisions
from nova_lite.scheduler import rpcapi, wish

LIMIT = 20
"""Hosts that are told of one by one, unless more are asked for."""

SUBJECTS = ('server_id', 'decision_id', 'operation_id', 'request_id')
CLASSES = {'vcpus': 'VCPU', 'ram': 'MEMORY_MB', 'disk': 'DISK_GB'}


class Scheduling:
    """``/os-scheduling`` and what is below it."""

    def __init__(self):
        self._scheduler = rpcapi.SchedulerAPI()

    def index(self, request):
        """List decisions of the scheduler, the newest first."""
        limit, marker = paging.limit_of(request), paging.marker_of(request)
        rows = decisions.listing(
            request.context, _wanted(request), limit=limit + 1,
            marker=None if marker is None else _number_after(marker))
        answer = {'decisions': [views.whole(row) for row in rows[:limit]]}
        if 0 < limit < len(rows):
            answer['decisions_links'] = links.Links(request).next_page(
                rows[limit - 1]['id'], 'os-scheduling', 'decisions')
        return answer

    def show(self, request, decision_id):
        """Show a decision of the scheduler."""
        row = decisions.get(request.context, number_of(decision_id))
        return {'decision': views.whole(row)}

    def explain(self, request):
        """Explain what the scheduler would decide now on what it decided before."""
        asked = request.body['explain']
        subject = {name: asked[name] for name in SUBJECTS if name in asked}
        if len(subject) != 1:
            raise exception.InvalidInput(reason=f'name one of {", ".join(SUBJECTS)}')
        found = self._scheduler.explain(request.context, subject, **_hosts_of(asked))
        number = found['decision']
        row = number and decisions.get(request.context, number)
        return {'explanation': {**found, 'decision': row and views.whole(row)}}

    def what_if(self, request):
        """Ask where servers would go, and what stands against it, in a cloud that is supposed."""
        asked = request.body['what_if']
        spec = _wish_of(request.context, asked).spec(request.context)
        found = self._scheduler.what_if(
            request.context, spec, _supposed(asked.get('supposed', {})),
            count=asked.get('count', 1), **_hosts_of(asked))
        return {'explanation': found}


NUMBER = re.compile('[0-9]{1,18}')


def number_of(decision_id):
    """Answer the number in an address.

    :raises DecisionNotFound: if no decision can have it
    """
    if not NUMBER.fullmatch(decision_id):
        raise exception.DecisionNotFound(what=f'decision {decision_id}')
    return int(decision_id)


def _number_after(marker):
    if not NUMBER.fullmatch(marker):
        raise exception.MarkerNotFound(marker=marker)
    return int(marker)


def _wanted(request):
    number, refused = request.asked('operation_id'), request.asked('refused')
    return decisions.Wanted(
        server_id=request.asked('server_id'), request_id=request.asked('request_id'),
        project_id=request.asked('project_id'), operation_id=number and int(number),
        refused=None if refused is None else strutils.bool_from_string(refused))


def _hosts_of(asked):
    return {'limit': asked.get('limit', LIMIT), 'only': asked.get('hosts', [])}


def _wish_of(context, asked):
    return wish.Wish(
        project_id=asked.get('project_id') or context.project_id,
        flavor_id=asked.get('flavorRef'), vcpus=asked.get('vcpus'), memory_mb=asked.get('ram'),
        disk_gb=asked.get('disk'), extra_specs=asked.get('extra_specs'),
        image_id=asked.get('imageRef'), zone=asked.get('availability_zone'),
        host=asked.get('host'), node=asked.get('hypervisor_hostname'),
        ignore_hosts=tuple(asked.get('ignore_hosts', ())),
        hints=asked.get('scheduler_hints', {}))


def _supposed(asked):
    """Answer what is supposed as the scheduler takes it."""
    return {**asked, 'add_hosts': [{
        'name': new['name'], 'like': new.get('like'), 'zone': new.get('availability_zone'),
        'room': {CLASSES[name]: new[name] for name in CLASSES if name in new},
    } for new in asked.get('add_hosts', ())]}

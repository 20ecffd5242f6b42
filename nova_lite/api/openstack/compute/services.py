# SPDX-License-Identifier: Apache-2.0
"""Services: list, enable, disable, force down, delete.

Until 2.53 a service is named by host and binary, since then by its UUID.
"""

from oslo_log import log
from oslo_utils import strutils, uuidutils

from nova_lite import exception
from nova_lite.api.openstack import validation
from nova_lite.api.openstack.compute.views import services as views
from nova_lite.api.openstack.microversions import Feature
from nova_lite.db.stores import services as store

LOG = log.getLogger(__name__)

COMPUTE = 'nova-lite-compute'

ENABLED = {'disabled': False, 'disabled_reason': None}
DISABLED = {'disabled': True, 'disabled_reason': None}


class Services:
    """``/os-services`` and what is below it."""

    def index(self, request):
        """List services."""
        rows = store.list_services(
            request.context, host=request.asked('host'),
            binary=views.binary_of(request.asked('binary')))
        return {'services': [views.whole(request, row) for row in rows]}

    def enable(self, request):
        """Let new servers come to a host."""
        return views.changed(self._change_named(request, ENABLED), 'status')

    def disable(self, request):
        """Keep new servers away from a host."""
        return views.changed(self._change_named(request, DISABLED), 'status')

    def disable_log_reason(self, request):
        """Keep new servers away from a host and say why."""
        changes = {'disabled': True, 'disabled_reason': request.body['disabled_reason']}
        return views.changed(
            self._change_named(request, changes), 'status', 'disabled_reason')

    def force_down(self, request):
        """Declare a service down, or take that back."""
        changes = {'forced_down': _flag(request.body['forced_down'])}
        return views.changed(self._change_named(request, changes), 'forced_down')

    def update(self, request, service_id):
        """Enable, disable or force down a compute service."""
        changes = changes_of(request.body)
        service = store.get(request.context, id_of(request, service_id))
        if service['binary'] != COMPUTE:
            raise exception.Invalid(
                f'Updating a {views.shown_binary(service["binary"])} service is not '
                f'supported. Only {views.shown_binary(COMPUTE)} services can be updated.')
        row = self._change(request, service, changes)
        return {'service': views.whole(request, row)}

    def delete(self, request, service_id):
        """Delete a service whose host has no servers."""
        service = store.get(request.context, id_of(request, service_id))
        store.delete(request.context, service)
        LOG.info('Service %(binary)s of host %(host)s was deleted', service)

    def _change_named(self, request, changes):
        service = named(request, request.body['host'], request.body['binary'])
        return self._change(request, service, changes)

    @staticmethod
    def _change(request, service, changes):
        row = store.update(request.context, service['id'], changes)
        LOG.info('Service %s of host %s was changed: %s', row['binary'], row['host'], changes)
        return row


def named(request, host, binary):
    """Answer the row of a service by its host and by the name that clients know it by.

    :raises HostBinaryNotFound: if the host has none of that name
    """
    try:
        return store.get_by_host(request.context, host, views.binary_of(binary))
    except exception.HostBinaryNotFound as error:
        raise exception.HostBinaryNotFound(
            host=host, binary=views.shown_binary(binary)) from error


def id_of(request, service_id):
    """Answer the id in an address as the store knows it.

    :raises Invalid: if it is no UUID since there are UUIDs
    :raises InvalidInput: if it is no number before
    """
    if request.offers(Feature.SERVICE_UUID):
        if not uuidutils.is_uuid_like(service_id):
            raise exception.Invalid(f'Invalid uuid {service_id}')
        return service_id
    number = service_id if service_id.isascii() and service_id.isdecimal() else None
    if number is None or len(number) > len(str(validation.HIGHEST_INTEGER)):
        raise exception.InvalidInput(reason='id must be an integer')
    return int(number)


def changes_of(body):
    """Answer the columns that a body changes.

    :raises Invalid: if it changes nothing, or gives a reason for being enabled
    """
    changes = {}
    if 'status' in body:
        changes.update(DISABLED if body['status'] == 'disabled' else ENABLED)
    if 'disabled_reason' in body:
        if not changes.get('disabled'):
            raise exception.Invalid(
                "Specifying 'disabled_reason' when status is not 'disabled' is invalid.")
        changes['disabled_reason'] = body['disabled_reason']
    if 'forced_down' in body:
        changes['forced_down'] = _flag(body['forced_down'])
    if not changes:
        raise exception.Invalid(
            "No updates were requested. Fields 'status' or 'forced_down' should be "
            'specified.')
    return changes


def _flag(value):
    return strutils.bool_from_string(value, strict=True)

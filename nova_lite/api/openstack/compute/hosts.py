# SPDX-License-Identifier: Apache-2.0
"""Hosts, as clients older than 2.43 know them: what runs where and what it has.

Enabling and disabling one is done to its compute service. No virt driver here
switches machines on or off or evacuates them, so that is answered with 501.
"""

from oslo_log import log

from nova_lite import exception
from nova_lite.api.openstack.compute import services as service_api
from nova_lite.api.openstack.compute.views import hosts as views
from nova_lite.api.openstack.compute.views import services as service_views
from nova_lite.db.stores import hypervisors, services

LOG = log.getLogger(__name__)

CHANGES = {'enable': service_api.ENABLED, 'disable': service_api.DISABLED}


class Hosts:
    """``/os-hosts`` and what is below it."""

    def index(self, request):
        """List hosts and what runs on them."""
        shown = [views.short(row) for row in services.list_services(
            request.context, disabled=False)]
        zone = request.asked('zone')
        return {'hosts': [host for host in shown if not zone or host['zone'] == zone]}

    def show(self, request, host_name):
        """Show what a host has and how much of it is used."""
        nodes = hypervisors.of_host(request.context, host_name)
        demands = hypervisors.demand_on_host(request.context, host_name)
        return {'host': views.resources(host_name, nodes, demands)}

    def update(self, request, host_name):
        """Enable or disable a host."""
        service = _compute_of(request, host_name)
        if 'maintenance_mode' in request.body:
            raise exception.HostActionNotImplemented(action='host maintenance mode')
        row = services.update(
            request.context, service['id'], CHANGES[request.body['status'].lower()])
        LOG.info('Host %s is %s', host_name, service_views.status_of(row))
        return {'host': host_name, 'status': service_views.status_of(row)}

    def startup(self, request, host_name):
        """Start a host."""
        self._refuse_to_switch(request, host_name)

    def shutdown(self, request, host_name):
        """Shut a host down."""
        self._refuse_to_switch(request, host_name)

    def reboot(self, request, host_name):
        """Reboot a host."""
        self._refuse_to_switch(request, host_name)

    @staticmethod
    def _refuse_to_switch(request, host_name):
        _compute_of(request, host_name)
        raise exception.HostActionNotImplemented(action='host power management')


def _compute_of(request, host_name):
    """Answer the row of a host's compute service.

    :raises ComputeHostNotFound: if the host has none
    """
    try:
        return services.get_by_host(request.context, host_name, service_api.COMPUTE)
    except exception.HostBinaryNotFound as error:
        raise exception.ComputeHostNotFound(host=host_name) from error

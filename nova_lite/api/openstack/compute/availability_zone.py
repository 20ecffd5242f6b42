# SPDX-License-Identifier: Apache-2.0
"""Availability zones: list, with and without their hosts.

They are made by aggregates (aggregates.py); what is shown here is where the
services are.
"""

from nova_lite.api.openstack.compute.views import availability_zone as views
from nova_lite.db.stores import services


class AvailabilityZones:
    """``/os-availability-zone``."""

    def index(self, request):
        """List availability zones."""
        return {'availabilityZoneInfo': views.short(services.list_services(request.context))}

    def detail(self, request):
        """List availability zones with their hosts and services."""
        return {'availabilityZoneInfo': views.detailed(services.list_services(request.context))}

# SPDX-License-Identifier: Apache-2.0
"""The host is in the availability zone that was asked for."""

import dataclasses

from nova_lite.scheduler.filters import base

OTHER_ZONE = base.Cause('availability_zone', 'is outside availability zone',
                        'are outside availability zone')


class AvailabilityZoneFilter(base.Filter):
    """Without a zone in the request, any host will do."""

    decisive = True

    def concerns(self, request):
        return request.zone is not None

    def narrow(self, request, cut):
        """The zone is a column of the host's service."""
        return dataclasses.replace(cut, zone=request.zone)

    def why_not(self, request, host):
        """Compare zones; a host without one is in the default zone."""
        if request.zone is None or host.availability_zone == request.zone:
            return None
        return base.Rejection(OTHER_ZONE, detail=request.zone)

# SPDX-License-Identifier: Apache-2.0
"""Hosts that are kept for some images, and images that run only there."""

from oslo_config import cfg

from nova_lite.scheduler.filters import base

CONF = cfg.CONF
ISOLATED = base.Cause('isolated_hosts', 'is kept for isolated images',
                      'are kept for isolated images')
NOT_ISOLATED = base.Cause('not_isolated', 'is not for isolated images',
                          'are not for isolated images')


class IsolatedHostsFilter(base.Filter):
    """Isolated images go to isolated hosts; others stay away from them, if so configured."""

    def concerns(self, request):
        return bool(CONF.filter_scheduler.isolated_images or CONF.filter_scheduler.isolated_hosts)

    def why_not(self, request, host):
        """Look image and host up in the options."""
        options = CONF.filter_scheduler
        host_is = host.host in options.isolated_hosts
        if request.image_id in options.isolated_images:
            return None if host_is else base.Rejection(NOT_ISOLATED)
        if host_is and options.restrict_isolated_hosts_to_isolated_images:
            return base.Rejection(ISOLATED)
        return None

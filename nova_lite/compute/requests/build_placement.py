# SPDX-License-Identifier: Apache-2.0
"""Where the servers of a create request may go: their availability zone, their server group.

Which host it is, the scheduler decides later, with what is recorded here.
"""

from oslo_config import cfg

from nova_lite import exception
from nova_lite.objects import base as objects_base

CONF = cfg.CONF

GROUP_HINT = 'group'


def settle_zone(context, request):
    """Give a request without a zone the configured one, and make sure that there is such a zone.

    A host that is named with the zone goes before the zone, which is then not looked at.

    :raises AvailabilityZoneNotFound: if no enabled compute host is in it
    """
    zone = request.availability_zone = request.availability_zone or CONF.default_schedule_zone
    if zone is None or request.force_host or request.force_node:
        return
    if not objects_base.store('availability_zones').is_available(context, zone):
        raise exception.AvailabilityZoneNotFound(zone=zone)


def check_host(context, request):
    """Make sure that there is the host that the request asks for by its name.

    :raises ComputeHostNotFound: if there is not
    """
    host, node = request.requested_host, request.requested_hypervisor
    if (host or node) and not objects_base.store('compute_nodes').is_known(context, host, node):
        raise exception.ComputeHostNotFound(host=host or node)


def join_group(context, request, rows):
    """Make servers members of the group that they were asked to be in; part of their record.

    :raises ServerGroupNotFound: if the project has no such group
    """
    uuid = request.scheduler_hints.get(GROUP_HINT)
    if uuid is None:
        return
    groups = objects_base.store('server_groups')
    groups.add_members(context, groups.id_of(context, uuid), [row['uuid'] for row in rows])

# SPDX-License-Identifier: Apache-2.0
"""The usage audit: once for each period, a host reports what its servers used.

The log of tasks says for which periods that is done, so a host that was away
catches up with the last one, and a run that was broken off is made again.
"""

import time

from oslo_config import cfg
from oslo_log import log
from oslo_utils import timeutils

from nova_lite import context as nova_context
from nova_lite import exception, objects, usage
from nova_lite.states import task_log

LOG = log.getLogger(__name__)
CONF = cfg.CONF

PAGE = 200
"""Servers asked for at a time; a few KB each, and a message has 1 MB."""


def log_figures(context, figures):
    """Report one server's figures to whoever reads the log."""
    LOG.info('Server %(instance_id)s of project %(tenant_id)s used %(vcpus)d VCPUs, '
             '%(memory_mb)d MB and %(disk_gb)d GB for %(hours).3f hours between '
             '%(audit_period_beginning)s and %(audit_period_ending)s', figures)


def audit(context, host, report=log_figures):
    """Report the last period that has ended, unless that is done.

    :param report: called as report(context, figures) for each server; what it
        raises of the product's errors is counted
    """
    period = usage.last_completed(CONF.instance_usage_audit_period, timeutils.utcnow())
    texts = [period.beginning.isoformat(), period.ending.isoformat()]
    if not objects.TaskLog.begin(context, host.name, task_log.USAGE_AUDIT, texts,
                                 f'Usage audit of host {host.name} has begun.'):
        return
    started = time.monotonic()
    total = errors = 0
    for server in _servers_of(context, host, texts):
        total += 1
        errors += not _was_reported(context, server, period, report)
    message = (f'Instance usage audit ran for host {host.name}, {total} instances in '
               f'{time.monotonic() - started:.2f} seconds.')
    objects.TaskLog.end(context, host.name, task_log.USAGE_AUDIT, texts,
                        {'message': message, 'task_items': total, 'errors': errors})
    LOG.info('%s %d error(s)', message, errors)


def _servers_of(context, host, texts):
    """Yield the host's servers that ran in the period, asked in pages."""
    marker = 0
    while True:
        page = objects.ActiveInstanceList.get_by_host(context, host.name, texts, marker, PAGE)
        yield from page
        if len(page) < PAGE:
            return
        marker = page[-1].id


def _was_reported(context, server, period, report):
    """Report a server; answer whether that went well. One that fails does not keep others."""
    with nova_context.about(context, server.uuid) as context_of_server:
        try:
            report(context_of_server, figures_of(server, period))
        except exception.NovaLiteException as error:
            LOG.warning('The usage could not be reported: %s', error)
            return False
    return True


def figures_of(server, period):
    """Answer what a report says of a server that ran in a period; plain values. Pure.

    :param server: objects.Instance, maybe deleted
    """
    return {
        'instance_id': server.uuid, 'tenant_id': server.project_id, 'user_id': server.user_id,
        'display_name': server.display_name, 'host': server.host, 'node': server.node,
        'state': server.vm_state, 'instance_type': server.flavor.name,
        'instance_flavor_id': server.flavor.flavorid,
        'vcpus': server.flavor.vcpus, 'memory_mb': server.flavor.memory_mb,
        'disk_gb': server.flavor.root_gb + server.flavor.ephemeral_gb,
        'root_gb': server.flavor.root_gb, 'ephemeral_gb': server.flavor.ephemeral_gb,
        'image_ref': server.image_ref, 'availability_zone': server.availability_zone,
        'created_at': _text(server.created_at), 'launched_at': _text(server.launched_at),
        'terminated_at': _text(server.terminated_at), 'deleted_at': _text(server.deleted_at),
        'metadata': dict(server.metadata),
        'hours': period.hours_of(server.launched_at, server.terminated_at),
        'audit_period_beginning': _text(period.beginning),
        'audit_period_ending': _text(period.ending)}


def _text(moment):
    return moment and moment.isoformat()

# SPDX-License-Identifier: Apache-2.0
"""The log of usage audits: which hosts have reported a period.

The reports are made by nova_lite/compute/periodics/usage_audit.py.
"""

import datetime

from oslo_config import cfg
from oslo_utils import timeutils

from nova_lite import exception, usage
from nova_lite.api.openstack.compute.views import instance_usage_audit_log as views
from nova_lite.db.stores import availability_zones, services
from nova_lite.db.stores import task_log as store
from nova_lite.states import task_log

CONF = cfg.CONF

FORMS = ('%Y-%m-%d %H:%M:%S', '%Y-%m-%d %H:%M:%S.%f')
FIRST_YEAR = 1970
"""Nothing was audited before; years further back have no year before them."""


class InstanceUsageAuditLog:
    """``/os-instance_usage_audit_log`` and ``/os-instance_usage_audit_log/{before}``."""

    def index(self, request):
        """Show how the audit of the last period went."""
        return {'instance_usage_audit_logs': _log_before(request, timeutils.utcnow())}

    def show(self, request, before):
        """Show how the audit of the last period before a time went."""
        return {'instance_usage_audit_log': _log_before(request, moment_of(before))}


def _log_before(request, moment):
    period = usage.last_completed(CONF.instance_usage_audit_period, moment)
    hosts = [row['host'] for row in services.list_services(
        request.context, binary=availability_zones.COMPUTE)]
    runs = store.list_runs(request.context, task_log.USAGE_AUDIT, period)
    return views.of_period(period, hosts, runs)


def moment_of(text):
    """Answer the time in an address.

    :raises Invalid: if it is none
    """
    for form in FORMS:
        try:
            moment = datetime.datetime.strptime(text, form)
        except ValueError:
            continue
        if moment.year > FIRST_YEAR:
            return moment
    raise exception.Invalid(f'Invalid timestamp for date {text}')

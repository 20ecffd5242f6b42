# SPDX-License-Identifier: Apache-2.0
"""Schemas of the log of usage audits."""

from nova_lite.api.openstack.compute.schemas import parts
from nova_lite.states import task_log

MOMENT = {'type': 'string', 'pattern': r'^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$'}

_HOST = parts.closed({'instances': parts.COUNT, 'errors': parts.COUNT, 'message': parts.TEXT,
                      'state': {'enum': [task_log.RUNNING, task_log.DONE]}})
_LOG = parts.closed({
    'period_beginning': MOMENT, 'period_ending': MOMENT, 'num_hosts': parts.COUNT,
    'num_hosts_done': parts.COUNT, 'num_hosts_running': parts.COUNT,
    'num_hosts_not_run': parts.COUNT, 'hosts_not_run': parts.array_of(parts.TEXT),
    'total_instances': parts.COUNT, 'total_errors': parts.COUNT, 'overall_status': parts.TEXT,
    'log': {'type': 'object', 'additionalProperties': _HOST}})

LAST_ANSWER = parts.series(parts.closed({'instance_usage_audit_logs': _LOG}))
BEFORE_ANSWER = parts.series(parts.closed({'instance_usage_audit_log': _LOG}))

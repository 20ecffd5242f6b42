# SPDX-License-Identifier: Apache-2.0
"""The addresses of the log of usage audits."""

from nova_lite.api.openstack.compute import instance_usage_audit_log
from nova_lite.api.openstack.compute.schemas import instance_usage_audit_log as schemas
from nova_lite.api.openstack.router import Route
from nova_lite.policies import instance_usage_audit_log as policies

ALL = '/os-instance_usage_audit_log'

ROWS = (
    Route(method='GET', path=ALL, handler='index',
          controller=instance_usage_audit_log.InstanceUsageAuditLog,
          policy=policies.LIST, response=schemas.LAST_ANSWER),
    Route(method='GET', path=f'{ALL}/{{before}}', handler='show',
          controller=instance_usage_audit_log.InstanceUsageAuditLog,
          policy=policies.SHOW, response=schemas.BEFORE_ANSWER),
)

# SPDX-License-Identifier: Apache-2.0
"""Servers in notifications. Pure.

What is left out on purpose: user data, passwords, files, scheduler hints.
"""

import dataclasses

from nova_lite.notifications import flavor, form, keypair
from nova_lite.objects import instance as instance_objects
from nova_lite.states import power

DEVICE_NAME_LENGTH = 14


@dataclasses.dataclass(frozen=True)
class Initiator:
    """On whose behalf a server changes."""

    request_id: str | None
    user_id: str | None
    project_id: str | None

    @classmethod
    def of(cls, source):
        """Read it off a context or the row of an operation."""
        if isinstance(source, dict):
            return cls(source['request_id'], source['user_id'], source['project_id'])
        return cls(source.request_id, source.user_id, source.project_id)


@dataclasses.dataclass(frozen=True)
class Period:
    """A stretch of time that usage is told of."""

    beginning: object
    ending: object

    def payload(self):
        """Answer AuditPeriodPayload."""
        return form.versioned(
            'AuditPeriodPayload', '1.0', audit_period_beginning=form.moment(self.beginning),
            audit_period_ending=form.moment(self.ending))


def _common(server, initiator):
    """Answer what every payload says of a server.

    :param server: its row with ``metadata`` and ``tags``
    """
    return {
        'uuid': server['uuid'], 'user_id': server['user_id'], 'tenant_id': server['project_id'],
        'reservation_id': server['reservation_id'], 'display_name': server['display_name'],
        'display_description': server['display_description'], 'host_name': server['hostname'],
        'host': server['host'], 'node': server['node'],
        'availability_zone': server['availability_zone'],
        'flavor': flavor.payload(server['flavor']), **_of_image(server),
        'metadata': server['metadata'], 'key_name': server['key_name'],
        'locked': server['locked'], 'locked_reason': server['locked_reason'],
        'state': server['vm_state'], 'task_state': server['task_state'],
        'power_state': power.NAMES[server['power_state']], 'progress': server['progress'],
        'auto_disk_config': 'AUTO' if server['auto_disk_config'] else 'MANUAL',
        'block_devices': [], 'ip_addresses': list(_addresses(server)),
        'request_id': initiator.request_id, **_moments(server)}


def _of_image(server):
    properties = (server['image_meta'] or {}).get('properties', {})
    return {'image_uuid': server['image_ref'], 'kernel_id': server['kernel_id'] or '',
            'ramdisk_id': server['ramdisk_id'] or '', 'os_type': properties.get('os_type'),
            'architecture': properties.get('hw_architecture') or properties.get('architecture')}


def _moments(server):
    return {name: form.moment(server[name]) for name in (
        'created_at', 'updated_at', 'launched_at', 'terminated_at', 'deleted_at')}


def _addresses(server):
    for nic in server['network_info']:
        for address in nic['fixed_ips']:
            yield form.versioned(
                'IpPayload', '1.0', address=address['address'], version=address['version'],
                label=nic['network']['label'], mac=nic['address'], port_uuid=nic['id'],
                device_name=f'tap{nic["id"]}'[:DEVICE_NAME_LENGTH], meta={})


def _acted_on(server, initiator, fault):
    return {**_common(server, initiator), 'fault': fault,
            'action_initiator_user': initiator.user_id,
            'action_initiator_project': initiator.project_id}


def action(server, initiator, fault=None):
    """Answer InstanceActionPayload.

    :param fault: ExceptionPayload; None unless the action failed
    """
    return form.versioned('InstanceActionPayload', '1.8', **_acted_on(server, initiator, fault))


def create(server, initiator, *, key, fault=None):
    """Answer InstanceCreatePayload.

    :param key: row of the key pair; None without one
    """
    return form.versioned(
        'InstanceCreatePayload', '1.12', **_acted_on(server, initiator, fault),
        instance_name=instance_objects.INSTANCE_NAME % server['id'],
        keypairs=[keypair.payload(key)] if key else [], tags=server['tags'],
        trusted_image_certificates=server['trusted_certs'])


def update(server, initiator, before, period):
    """Answer InstanceUpdatePayload.

    :param before: vm_state, task_state and display_name as they were
    """
    renamed = before['display_name'] != server['display_name']
    return form.versioned(
        'InstanceUpdatePayload', '1.9', **_common(server, initiator), tags=server['tags'],
        audit_period=period.payload(), bandwidth=[],
        old_display_name=before['display_name'] if renamed else None,
        state_update=form.versioned(
            'InstanceStateUpdatePayload', '1.0', old_state=before['vm_state'],
            state=server['vm_state'], old_task_state=before['task_state'],
            new_task_state=server['task_state']))


def exists(server, initiator, period):
    """Answer InstanceExistsPayload: that a server was there in a period."""
    return form.versioned(
        'InstanceExistsPayload', '1.3', **_common(server, initiator), bandwidth=[],
        audit_period=period.payload())

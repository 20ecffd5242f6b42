# SPDX-License-Identifier: Apache-2.0
"""A server's row as notifications are made of it."""

import datetime

from nova_lite.notifications import instance
from nova_lite.states import power, vm
from tests.fixtures import records

MOMENT = datetime.datetime(2026, 1, 2, 3, 4, 5, 678)
UUID = '33333333-3333-4333-8333-333333333333'
INITIATOR = instance.Initiator('req-1', 'anna', 'ops')


def server(**changes):
    """Answer the row of an active server."""
    row = {
        'id': 255, 'uuid': UUID, 'user_id': 'fred', 'project_id': 'demo',
        'reservation_id': 'r-1', 'display_name': 'web', 'display_description': None,
        'hostname': 'web', 'host': 'cmp1', 'node': 'node1', 'availability_zone': 'nova',
        'requested_zone': None, 'flavor': records.flavor().to_dict(),
        'image_meta': {'id': records.IMAGE_ID, 'name': 'cirros', 'properties': {},
                       'created_at': '2026-01-01T00:00:00'},
        'image_ref': records.IMAGE_ID, 'kernel_id': None, 'ramdisk_id': None, 'metadata': {},
        'tags': [], 'key_name': None, 'locked': False, 'locked_reason': None,
        'vm_state': vm.ACTIVE, 'task_state': None, 'power_state': power.RUNNING, 'progress': 100,
        'auto_disk_config': True, 'network_info': [], 'trusted_certs': None,
        'scheduler_hints': None, 'created_at': MOMENT, 'updated_at': None, 'launched_at': MOMENT,
        'terminated_at': None, 'deleted_at': None}
    return {**row, **changes}

# SPDX-License-Identifier: Apache-2.0
"""Update: what a user may change of a server at any time."""

from nova_lite.db import engine
from nova_lite.objects import base as objects_base


def update(context, instance, changes):
    """Change columns of a server; answer the new row.

    :param changes: display_name, display_description, hostname, access_ip_v4,
        access_ip_v6, auto_disk_config, requested_zone
    """
    store = objects_base.store('instances')
    with engine.writer(context):
        store.update(context, instance['uuid'], changes)
        return store.get_by_uuid(context, instance['uuid'])

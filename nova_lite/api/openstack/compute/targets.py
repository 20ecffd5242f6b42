# SPDX-License-Identifier: Apache-2.0
"""What policies are asked about, loaded before the controller is called.

Everything here answers 404 for what belongs to another project, so no route
below a server can forget to. From here on the request's log lines are the server's.
"""

from oslo_utils import uuidutils

from nova_lite import exception
from nova_lite.db.stores import instances, server_details, server_groups

LONGEST_ID = 255
"""Letters that the database keeps of the id of a project or a user."""


def server(context, server_id, **_rest):
    """Answer the row of the server in the address.

    :raises InstanceNotFound: if there is none that the caller may see
    """
    if not uuidutils.is_uuid_like(server_id):
        raise exception.InstanceNotFound(instance_id=server_id)
    context.resource_uuid = server_id
    return server_details.get_row(context, server_id)


def server_or_deleted(context, server_id, **_rest):
    """Answer the row of the server in the address, which may have been deleted.

    :raises InstanceNotFound: if there never was one that the caller may see
    """
    if not uuidutils.is_uuid_like(server_id):
        raise exception.InstanceNotFound(instance_id=server_id)
    context.resource_uuid = server_id
    return instances.get_by_uuid(context, server_id, read_deleted=True)


def server_group(context, server_group_id, **_rest):
    """Answer the row of the server group in the address.

    :raises ServerGroupNotFound: if there is none that the caller may see
    """
    if not uuidutils.is_uuid_like(server_group_id):
        raise exception.ServerGroupNotFound(group_id=server_group_id)
    return server_groups.get(context, server_group_id)


def project(context, tenant_id, **_rest):
    """Answer what belongs to the project in the address, whoever of it asks.

    :raises InvalidProject: if there can be none of that id
    """
    if len(tenant_id) > LONGEST_ID:
        raise exception.InvalidProject(project_id=tenant_id)
    return {'project_id': tenant_id, 'user_id': context.user_id}

# SPDX-License-Identifier: Apache-2.0
"""Errors about server groups."""

from nova_lite.exception import base


class ServerGroupNotFound(base.NotFound):
    """No server group has that id, or the caller may not see it."""

    msg_fmt = 'Instance group %(group_id)s could not be found.'

# SPDX-License-Identifier: Apache-2.0
"""Errors of the metadata service."""

from nova_lite.exception import base


class PasswordIsSet(base.Conflict):
    """The guest has posted its password before; it is taken once."""

    msg_fmt = 'Instance %(instance_uuid)s has posted its password already.'

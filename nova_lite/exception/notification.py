# SPDX-License-Identifier: Apache-2.0
"""Errors of notifications."""

from nova_lite.exception import base


class NotificationDriverUnknown(base.NovaLiteException):
    """The options name a way of sending notifications that is not offered."""

    msg_fmt = ('[oslo_messaging_notifications] driver = %(name)s is not offered; known are '
               '%(known)s.')

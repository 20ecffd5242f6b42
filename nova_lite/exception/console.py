# SPDX-License-Identifier: Apache-2.0
"""Errors about consoles and their tokens."""

from nova_lite.exception import base


class ConsoleTokenNotFound(base.NotFound):
    """There is no such token, or it is not good any more."""

    msg_fmt = 'Token not found'


class ConsoleTypeUnavailable(base.Invalid):
    """No hypervisor has consoles of the only kind that the microversion tells of."""

    msg_fmt = 'Unavailable console type rdp.'

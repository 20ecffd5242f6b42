# SPDX-License-Identifier: Apache-2.0
"""Check of where images come from: can it be asked by the rights of this service?"""

from oslo_upgradecheck.upgradecheck import Code, Result

from nova_lite import context as nova_context
from nova_lite import exception
from nova_lite.image import api as image_api


def store():
    """Whether images can be listed; the log has the addresses that were asked."""
    try:
        image_api.check_choice()
        image_api.API().list(nova_context.get_admin_context(), limit=1)
    except exception.NovaLiteException as error:
        return Result(Code.FAILURE, f'No server can be built: {error}')
    return Result(Code.SUCCESS)

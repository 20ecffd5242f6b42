# SPDX-License-Identifier: Apache-2.0
"""The scheduler's answer for one server; its room there is claimed already."""

from oslo_versionedobjects import fields

from nova_lite.objects import base


@base.register
class Selection(base.NovaLiteObject):
    """The node that was chosen.

    :ivar alternates: [host, node] of the next best, not claimed; empty when
        the claim was made by an earlier call
    """

    VERSION = '1.0'

    fields = {
        'host': fields.StringField(),
        'node': fields.StringField(),
        'alternates': base.JsonField(default=[]),
    }

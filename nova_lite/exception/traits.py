# SPDX-License-Identifier: Apache-2.0
"""Errors about what nodes have beside memory, CPUs and disk."""

from nova_lite.exception import base


class TraitInvalid(base.Invalid):
    """There can be no such trait."""

    msg_fmt = 'Trait %(name)s: %(reason)s.'


class ProviderConfigInvalid(base.NovaLiteException):
    """A provider file of this host can not be read, or says what can not be; an operator must act.
    """

    msg_fmt = 'The provider file %(path)s is not usable: %(reason)s'

# SPDX-License-Identifier: Apache-2.0
"""Errors about who asks, and by whose rights other services are asked."""

from nova_lite.exception import base


class KeystoneNotConfigured(base.NovaLiteException):
    """Tokens of Keystone are to be believed, and nothing says who asks it about them."""

    msg_fmt = ('[api] auth_strategy is keystone, but [keystone_authtoken] has no auth_type. Set '
               'it with what it needs (auth_url, username ...), or [api] auth_strategy = noauth2.')


class CatalogRefused(base.NovaLiteException):
    """The middleware would fail at requests of application credentials with access rules."""

    msg_fmt = ('[keystone_authtoken] include_service_catalog is false, but access rules of '
               'application credentials can not be held without the catalog. Remove the option.')


class NoServiceUser(base.NovaLiteException):
    """Another service is to be asked by the service itself, and nothing says who that is."""

    msg_fmt = ('Who this service is for other services is not configured: [service_user] '
               'has no auth_type.')


class NoTokenOfUser(base.NovaLiteException):
    """Another service is to be asked by the caller's rights, and no token of Keystone came."""

    msg_fmt = "Another service can only be asked with the caller's token, and there is none."


class TokenNotChecked(base.ServiceUnavailable):
    """Keystone was asked about a token, and what came back is no answer."""

    msg_fmt = 'Keystone can not check tokens now. Please try again later.'


class KeystoneNotFound(base.ServiceUnavailable):
    """The catalog of the caller's token does not say where Keystone is."""

    msg_fmt = 'The catalog of the token does not say where Keystone is.'

# SPDX-License-Identifier: Apache-2.0
"""Errors about key pairs."""

from nova_lite.exception import base


class KeypairNotFound(base.NotFound):
    """The user has no key pair of that name."""

    msg_fmt = 'Keypair %(name)s not found for user %(user_id)s'


class RequestedKeypairNotFound(KeypairNotFound):
    """A new server is to have a key pair that does not exist; the request is at fault."""

    msg_fmt = 'Invalid key_name provided. You have no key pair %(name)s.'
    code = 400


class KeyPairExists(base.Conflict):
    """The user has a key pair of that name already."""

    msg_fmt = "Key pair '%(name)s' already exists."


class InvalidKeypair(base.Invalid):
    """The public key can't be used, or a name that is not allowed was given."""

    msg_fmt = 'Keypair data is invalid: %(reason)s'

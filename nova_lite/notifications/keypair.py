# SPDX-License-Identifier: Apache-2.0
"""Key pairs in notifications: the public key only, nobody here has the other. Pure."""

from nova_lite.notifications import form

COPIED = ('user_id', 'name', 'public_key', 'fingerprint', 'type')


def payload(row):
    """Answer KeypairPayload."""
    return form.versioned('KeypairPayload', '1.0', **{name: row[name] for name in COPIED})


def events(action, row):
    """Answer what is told when a key pair was created, imported or deleted."""
    return [form.Event(f'keypair.{action}.{stage}', f'keypair of {row["user_id"]}',
                       form.publisher(form.API), payload(row))
            for stage in (form.START, form.END)]

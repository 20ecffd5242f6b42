# SPDX-License-Identifier: Apache-2.0
"""Passwords and files of unfinished operations: encrypted SQL rows.

Only controllers have the key. The row is deleted in the transaction that
ends the operation.
"""

import functools
import json
import pathlib

import sqlalchemy as sa
from cryptography import fernet
from oslo_config import cfg

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.models import operation as models

CONF = cfg.CONF
secrets = models.OperationSecret.__table__


@functools.lru_cache(maxsize=4)
def _cipher(path):
    try:
        return fernet.Fernet(pathlib.Path(path).read_bytes().strip())
    except (OSError, ValueError) as error:
        raise exception.SecretsKeyUnusable(path=path, reason=error) from error


def _key():
    return _cipher(CONF.operations.secrets_key_file)


def seal(context, by_operation):
    """Keep secrets until their operations end.

    :param by_operation: operation id -> dict of plain values; empty dicts are not kept
    """
    rows = [{'operation_id': operation_id,
             'sealed': _key().encrypt(json.dumps(values).encode()).decode()}
            for operation_id, values in by_operation.items() if values]
    if rows:
        with engine.writer(context) as connection:
            connection.execute(secrets.insert(), rows)


def unseal(context, operation_id):
    """Answer the secrets of an operation; empty if it has none.

    :raises SecretsKeyUnusable: if they were sealed with another key
    """
    with engine.reader(context) as connection:
        sealed = connection.execute(sa.select(secrets.c.sealed).where(
            secrets.c.operation_id == operation_id)).scalar()
    return json.loads(_opened(sealed)) if sealed else {}


def _opened(sealed):
    try:
        return _key().decrypt(sealed.encode())
    except fernet.InvalidToken as error:
        raise exception.SecretsKeyUnusable(
            path=CONF.operations.secrets_key_file,
            reason='another controller has sealed with another key') from error


def forget(context, operation_id):
    """Delete the secrets of an operation."""
    with engine.writer(context) as connection:
        connection.execute(secrets.delete().where(secrets.c.operation_id == operation_id))

# SPDX-License-Identifier: Apache-2.0
"""Passwords and files of unfinished operations: encrypted SQL rows.

Only controllers have the key. The row is deleted in the transaction that
ends the operation.
"""

import functools
import json
import pathlib

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


def opened(sealed):
    """Answer secrets as they were before they were sealed; empty for None.

    :raises SecretsKeyUnusable: if they were sealed with another key
    """
    if sealed is None:
        return {}
    try:
        return json.loads(_key().decrypt(sealed.encode()))
    except fernet.InvalidToken as error:
        raise exception.SecretsKeyUnusable(
            path=CONF.operations.secrets_key_file,
            reason='another controller has sealed with another key') from error


def forget(context, operation_id):
    """Delete the secrets of an operation."""
    with engine.writer(context) as connection:
        connection.execute(secrets.delete().where(secrets.c.operation_id == operation_id))

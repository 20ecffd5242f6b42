# SPDX-License-Identifier: Apache-2.0
"""Reading guests' console logs, which belong to root.

Only ``<instances_path>/<uuid>/console.log`` and its older parts are read. The
directory belongs to the service user, so a link in the place of a file or of a
directory is not followed.
"""

import os
import stat

from oslo_utils import uuidutils

from nova_lite import conf, privsep

CONF = conf.CONF

LOG_NAME = 'console.log'
OLDER_PARTS = 3
MOST_BYTES = 1 << 20


@privsep.console_context.entrypoint
def read_end(uuid, size):
    """Answer the last bytes of a server's console log; None if there is no log.

    :param uuid: of the server
    :param size: bytes, at most 1 MiB
    :raises ValueError: if an argument is not of its kind
    :raises OSError: if something else is in the place of the log
    """
    if not uuidutils.is_uuid_like(uuid) or str(uuid).lower() != uuid:
        raise ValueError(f'{uuid!r} is no uuid')
    if not isinstance(size, int) or not 0 < size <= MOST_BYTES:
        raise ValueError(f'{size!r} is no size')
    try:
        directory = os.open(os.path.join(CONF.instances_path, uuid),
                            os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return None
    try:
        return _end_of_parts(directory, size)
    finally:
        os.close(directory)


def _end_of_parts(directory, size):
    """Read the newest part, and older ones (``console.log.0`` ...) as far as it is too short."""
    found = None
    names = [LOG_NAME, *(f'{LOG_NAME}.{number}' for number in range(OLDER_PARTS))]
    for name in names:
        try:
            part = _end_of_file(directory, name, size - len(found or b''))
        except FileNotFoundError:
            continue
        found = part + (found or b'')
        if len(found) >= size:
            break
    return found


def _end_of_file(directory, name, size):
    descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=directory)
    with open(descriptor, 'rb') as log:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(f'{name} is not a regular file')
        log.seek(max(0, status.st_size - size))
        return log.read(size)

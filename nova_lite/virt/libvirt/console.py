# SPDX-License-Identifier: Apache-2.0
"""The log of a guest's serial console; virtlogd writes it, as root."""

from nova_lite import exception
from nova_lite.privsep import console as privileged

MOST_BYTES = 100 * 1024


def read(uuid, lines):
    """Answer the end of the log.

    :param lines: None: as many as fit
    :raises ConsoleLogNotAvailable: if there is none
    """
    text = privileged.read_end(uuid, MOST_BYTES)
    if text is None:
        raise exception.ConsoleLogNotAvailable(instance_uuid=uuid)
    return text if lines is None else last_lines(text, lines)


def last_lines(text, count):
    """Answer the last lines, the unfinished one counted as one."""
    if count <= 0:
        return b''
    return b''.join(text.splitlines(keepends=True)[-count:])

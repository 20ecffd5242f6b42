# SPDX-License-Identifier: Apache-2.0
"""Copying an image's bytes: hashed as they pass, sparse where they are zero."""

import dataclasses
import fcntl
import hashlib
import io

# ioctl of Linux: let a file share the blocks of another (btrfs, XFS, bcachefs).
_FICLONE = 0x40049409

SHA512 = 'sha512'
MD5 = 'md5'


@dataclasses.dataclass(frozen=True)
class Copied:
    """What passed; ``md5`` is None where nobody needs it.

    :ivar digest: hexadecimal, by the algorithm
    """

    size: int
    digest: str
    algorithm: str = SHA512
    md5: str | None = None


@dataclasses.dataclass(frozen=True)
class Pace:
    """How a copy goes: bytes at a time, bytes expected (None: unknown), who watches.

    :ivar progress: called with (bytes done, bytes expected)
    :ivar algorithm: of the digest, as hashlib names it
    """

    chunk_size: int
    total: int | None = None
    progress: object = None
    algorithm: str = SHA512


def into_store(source, target, pace):
    """Copy a stream into a new file of the store."""
    md5 = hashlib.md5(usedforsecurity=False)

    def write(chunk):
        md5.update(chunk)
        _write_sparse(target, chunk)

    size, digest = _pump(source, write, pace)
    target.truncate(size)
    return Copied(size, digest, md5=md5.hexdigest())


def to_new_file(source, target, pace):
    """Copy a file of the store to a new file, which shares its blocks where that works."""
    if _share_blocks(source, target):
        size, digest = _pump(source, lambda _chunk: None, pace)
    else:
        size, digest = _pump(source, lambda chunk: _write_sparse(target, chunk), pace)
        target.truncate(size)
    return Copied(size, digest, pace.algorithm)


def to_stream(source, target, pace):
    """Copy a file of the store to anything that can be written."""
    return Copied(*_pump(source, target.write, pace), pace.algorithm)


def _pump(source, write, pace):
    digest = hashlib.new(pace.algorithm, usedforsecurity=False)
    size = 0
    while chunk := source.read(pace.chunk_size):
        digest.update(chunk)
        write(chunk)
        size += len(chunk)
        if pace.progress is not None:
            pace.progress(size, pace.total)
    return size, digest.hexdigest()


def _write_sparse(target, chunk):
    if chunk.count(0) == len(chunk):
        target.seek(len(chunk), io.SEEK_CUR)
    else:
        target.write(chunk)


def _share_blocks(source, target):
    try:
        fcntl.ioctl(target.fileno(), _FICLONE, source.fileno())
    except OSError:
        return False
    return True

"""Files written where a person named a place: what stands in the way is said so that it helps."""

from __future__ import annotations

import errno
from pathlib import Path

from boxoffice.errors import BoxOfficeError, DiskTrouble, NotWritten
from boxoffice.sentences.phrases import phrase

_NO_RIGHT = (errno.EACCES, errno.EPERM, errno.EROFS)
_NO_FOLDER = (errno.ENOENT, errno.ENOTDIR, errno.EEXIST)
_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG, errno.EMFILE, errno.ENFILE)


def save(path: Path, data: bytes) -> None:
    """Write a file. Raises NotWritten where the place is wrong, DiskTrouble for the disk."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise trouble(path, error) from error


def trouble(path: Path, error: OSError) -> BoxOfficeError:
    """What to raise where a file could not be written because of `error`."""
    why = error.strerror or phrase("not_opened")
    if error.errno in _DISK:
        return DiskTrouble(file=str(path), why=why)
    if error.errno == errno.EISDIR:
        why = phrase("folder")
    elif error.errno in _NO_FOLDER and not path.parent.is_dir():
        why = phrase("no_folder", folder=str(path.parent))
    elif error.errno in (*_NO_RIGHT, *_NO_FOLDER):
        why = phrase("no_right")
    return NotWritten(file=str(path), why=why)

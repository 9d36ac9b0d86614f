"""Files that are whole whenever somebody looks."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

#: Why a file may be writable although none can be put in its place: the folder is not, or it is mounted there.
_IN_PLACE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.EXDEV})
_OUTPUTS = (1, 2)


def write(path: Path, text: str) -> None:
    """Write a text file: beside its place first, then into it. Raises `OSError`.

    A link stays, and what it leads to is written. What is no file, such as a pipe, and what this process writes its
    output to, is written as it stands.
    """
    content = text.encode()
    if (path.exists() and not path.is_file()) or _is_output(path):
        path.write_bytes(content)
        return
    target = path.resolve()
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode & 0o777)
        part.replace(target)
    except OSError as error:
        if error.errno not in _IN_PLACE:
            raise OSError(error.errno, error.strerror, str(path)) from None
        path.write_bytes(content)
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def _is_output(path: Path) -> bool:
    """Return whether this process writes its output there."""
    for output in _OUTPUTS:
        with contextlib.suppress(OSError):
            if os.path.samestat(path.stat(), os.fstat(output)):
                return True
    return False

"""Files that are never incomplete while they are written."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

#: Errors if a file can be written but not replaced: its folder is read-only, or the file is a mount.
_IN_PLACE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.EXDEV})
_OUTPUTS = (1, 2)


def write(path: Path, text: str) -> None:
    """Write a text file next to its place, then move it there. Raises `OSError`.

    A link stays, and its target is written. Pipes and other special files, and the file that has the output of this
    process, are written directly.
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
    """Return whether the standard output or the standard error of this process goes there."""
    for output in _OUTPUTS:
        with contextlib.suppress(OSError):
            if os.path.samestat(path.stat(), os.fstat(output)):
                return True
    return False

"""Bodies that are made of files, which are read while they are sent."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final, TypeAlias

import attrs

from .jsonvalue import EncodeError, shortened

Content: TypeAlias = bytes | IO[bytes] | os.PathLike[str]
"""What is sent as it is: bytes, an open file or a path."""
PIECE: Final = 256 * 1024
"""Bytes that are held at a time."""


@attrs.frozen
class Upload:
    """A body of bytes and of files. It is read anew each time it is sent, and only as long as it was first."""

    parts: tuple[bytes | Source, ...]

    @property
    def size(self) -> int | None:
        """The number of its bytes, or ``None`` where a file does not know it."""
        sizes = [len(each) if isinstance(each, bytes) else each.size for each in self.parts]
        return None if None in sizes else sum(size or 0 for size in sizes)

    def __iter__(self) -> Iterator[bytes]:
        """Yield the body in pieces."""
        for each in self.parts:
            yield from (each,) if isinstance(each, bytes) else each


@attrs.define
class Source:
    """A file of the caller's: its path, or an open file, which is read from where it stood."""

    name: str
    file: IO[bytes] | Path
    size: int | None
    start: int | None = None
    """Where an open file stood, which is ``None`` for one that can be read once, such as a pipe."""
    is_read: bool = False

    def __iter__(self) -> Iterator[bytes]:
        """Yield the file in pieces. Raises ``OSError``, and ``EncodeError`` for a pipe that was sent before."""
        if isinstance(self.file, Path):
            with self.file.open("rb") as file:
                yield from self._pieces(file)
            return
        if self.start is not None:
            self.file.seek(self.start)
        elif self.is_read:
            raise EncodeError(self.name, self.file, "this file can be read once, and was sent already: open it anew")
        self.is_read = True
        yield from self._pieces(self.file)

    def _pieces(self, file: IO[bytes]) -> Iterator[bytes]:
        left = self.size
        while left != 0:
            piece = file.read(PIECE if left is None else min(PIECE, left))
            if not piece and left:
                raise OSError(f"{self.name}: the file has {left} bytes less than when the request was made")
            if not piece:
                return
            left = None if left is None else left - len(piece)
            yield piece


def content_of(name: str, value: Any) -> bytes | Source:
    """Return what is sent of a ``Content``. Raises ``EncodeError`` for anything else, and ``OSError``."""
    if isinstance(value, bytes | bytearray):
        return bytes(value)
    if isinstance(value, os.PathLike):
        path = Path(value)
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        size = path.stat().st_size
        return Source(name, path, size if path.is_file() else None)
    if not hasattr(value, "read") or not isinstance(value.read(0), bytes):
        raise EncodeError(name, value, f"{shortened(value)} is no file: give bytes, a path, or a file open for bytes")
    if not (hasattr(value, "seekable") and value.seekable()):
        return Source(name, value, None)
    start = value.tell()
    size = value.seek(0, os.SEEK_END) - start
    value.seek(start)
    return Source(name, value, size, start)

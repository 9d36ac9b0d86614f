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
"""Content that is sent as it is: bytes, an open file or a path."""
PIECE: Final = 256 * 1024
"""Bytes that are held at a time."""


@attrs.frozen
class Upload:
    """A body of bytes and files. It is read again each time it is sent, up to its original length."""

    parts: tuple[bytes | Source, ...]

    @property
    def size(self) -> int | None:
        """Its size in bytes, or ``None`` if a file does not know its size."""
        sizes = [len(each) if isinstance(each, bytes) else each.size for each in self.parts]
        return None if None in sizes else sum(size or 0 for size in sizes)

    def __iter__(self) -> Iterator[bytes]:
        """Yield the body in pieces."""
        for each in self.parts:
            yield from (each,) if isinstance(each, bytes) else each


@attrs.define
class Source:
    """The caller's file: a path, or an open file, which is read from its current position."""

    name: str
    file: IO[bytes] | Path
    size: int | None
    start: int | None = None
    """The position to read from; ``None`` for a file that can be read only once, such as a pipe."""
    is_read: bool = False

    def __iter__(self) -> Iterator[bytes]:
        """Yield the file in pieces. Raises ``OSError``, and ``EncodeError`` for a pipe that was sent before."""
        if self.start is None and self.is_read:
            raise EncodeError(self.name, self.file, "this file can be read once, and was sent already: open it anew")
        self.is_read = True
        if isinstance(self.file, Path):
            with self.file.open("rb") as file:
                yield from self._pieces(file)
        else:
            if self.start is not None:
                self.file.seek(self.start)
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
    """Return the body for a ``Content``. Raises ``EncodeError`` for anything else, and ``OSError``."""
    if isinstance(value, bytes | bytearray):
        return bytes(value)
    if isinstance(value, os.PathLike):
        return _at(name, value)
    if not _is_open(value):
        raise EncodeError(name, value, f"{shortened(value)} is no file: give bytes, a path, or a file open for bytes")
    if not (hasattr(value, "seekable") and value.seekable()):
        return Source(name, value, None)
    start = value.tell()
    size = max(0, value.seek(0, os.SEEK_END) - start)
    value.seek(start)
    return Source(name, value, size, start)


def _at(name: str, value: os.PathLike[Any]) -> Source:
    place = os.fspath(value)
    if not isinstance(place, str):
        raise EncodeError(name, value, f"{shortened(value)} is a path of bytes: give one that is a text")
    path = Path(place)
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), place)
    size: int | None = path.stat().st_size
    if not path.is_file():
        return Source(name, path, None)
    if not size:
        with path.open("rb") as file:  # one that the system makes while it is read says nothing of its size
            size = None if file.read(1) else 0
    return Source(name, path, size, 0)


def _is_open(value: Any) -> bool:
    """Return whether it is a file that is open for bytes."""
    try:
        return isinstance(value.read(0), bytes)
    except (AttributeError, TypeError, ValueError):  # the last is that of a closed one
        return False

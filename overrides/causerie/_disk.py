"""The caller's files: read and written in pieces, never loaded as a whole, and put in place only when complete."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Any, Final

PIECE: Final = 256 * 1024
"""The most bytes in memory at a time."""


def unforeseen(folder: Path) -> Path:
    """Return a path in the folder with an unguessable name."""
    return folder / f".causerie-{secrets.token_hex(8)}"


def make(file: Path, content: bytes) -> None:
    """Create a small file that appears complete, readable only by its owner where the system supports that.

    Raises ``FileExistsError`` if the path exists, even as a broken link, and ``OSError``.
    """
    try:
        _make_at_once(file, content)
    except FileExistsError:
        raise
    except OSError:
        with open(file, "xb", opener=partial(os.open, mode=0o600)) as made:
            made.write(content)


def _make_at_once(file: Path, content: bytes) -> None:
    """Create a file without a name and name it when it is complete. Raises ``OSError`` if that is not supported."""
    if not hasattr(os, "O_TMPFILE"):
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        with open(file.parent, "wb", opener=lambda path, _: os.open(path, os.O_TMPFILE | os.O_WRONLY, 0o600)) as made:
            made.write(content)
            made.flush()
            # The system follows a link only where a folder is given.
            os.link(f"/proc/self/fd/{made.fileno()}", file.name, dst_dir_fd=folder)
    finally:
        os.close(folder)


def begin(part: Path, target: Path) -> None:
    """Create an empty file beside the target, readable by no more people than an existing target is."""
    part.touch(0o600 if target.exists() else 0o666, exist_ok=False)


def replace(file: Path, target: Path) -> None:
    """Move a complete file to its place, with the mode of the file that it replaces.

    After that, it survives a crash of the machine.
    """
    with file.open("rb+") as written:
        os.fsync(written.fileno())
    if target.exists():
        file.chmod(target.stat().st_mode & 0o777)
    file.replace(target)
    if hasattr(os, "O_DIRECTORY"):  # there is no such thing on Windows
        folder = os.open(target.parent, os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class Disk:
    """Distinguishes errors of the caller's disk from those of the connection: both are ``OSError``."""

    failure: Exception | None = None

    @contextmanager
    def _watched(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            self.failure = error
            raise

    @contextmanager
    def open(self, path: Path, mode: str) -> Iterator[IO[Any]]:
        """Yield the open file, and close it afterwards."""
        with self._watched():
            file = path.open(mode)
        try:
            yield file
        finally:
            with self._watched():
                file.close()

    def read(self, file: IO[bytes], size: int) -> bytes:
        """Return the next piece of the ``size`` bytes that are left. Raises ``OSError`` if the file ends too early."""
        with self._watched():
            piece = file.read(min(PIECE, size))
            if not piece:
                raise OSError("the file became shorter while it was uploaded")
            return piece

    def write(self, file: IO[bytes], piece: bytes) -> None:
        """Append a piece."""
        with self._watched():
            file.write(piece)

    def pieces(self, file: IO[bytes], size: int) -> Iterator[bytes]:
        """Yield the first ``size`` bytes of the file, which may grow meanwhile."""
        while size:
            piece = self.read(file, size)
            yield piece
            size -= len(piece)

    async def pieces_async(self, file: IO[bytes], size: int) -> AsyncIterator[bytes]:
        """``pieces``, without blocking."""
        import asyncio  # noqa: PLC0415 - not for blocking clients

        while size:
            piece = await asyncio.to_thread(self.read, file, size)
            yield piece
            size -= len(piece)

    async def write_async(self, file: IO[bytes], piece: bytes) -> None:
        """``write``, without blocking."""
        import asyncio  # noqa: PLC0415

        await asyncio.to_thread(self.write, file, piece)

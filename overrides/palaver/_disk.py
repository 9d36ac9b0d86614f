"""The caller's end of a transfer: a file that is read and written in pieces, and never held as a whole."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

PIECE: Final = 256 * 1024
"""Bytes that are held at a time."""


class Disk:
    """Keeps what fails on the caller's disk apart from what fails on the connection: both are ``OSError``."""

    failure: OSError | None = None

    @contextmanager
    def _watched(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.failure = error
            raise

    @contextmanager
    def open(self, path: Path, mode: str) -> Iterator[IO[Any]]:
        """The file, closed afterwards."""
        with self._watched():
            file = path.open(mode)
        try:
            yield file
        finally:
            with self._watched():
                file.close()

    def read(self, file: IO[bytes]) -> bytes:
        """The next piece; empty at the end."""
        with self._watched():
            return file.read(PIECE)

    def write(self, file: IO[bytes], piece: bytes) -> None:
        """Append a piece."""
        with self._watched():
            file.write(piece)

    def pieces(self, file: IO[bytes]) -> Iterator[bytes]:
        """All that is left of the file."""
        while piece := self.read(file):
            yield piece

    async def pieces_async(self, file: IO[bytes]) -> AsyncIterator[bytes]:
        """``pieces``, without blocking."""
        import asyncio  # noqa: PLC0415 - not for blocking clients

        while piece := await asyncio.to_thread(self.read, file):
            yield piece

    async def write_async(self, file: IO[bytes], piece: bytes) -> None:
        """``write``, without blocking."""
        import asyncio  # noqa: PLC0415

        await asyncio.to_thread(self.write, file, piece)

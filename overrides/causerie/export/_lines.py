"""JSON Lines, compressed or not."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from causerie_api.jsontext import read

from ._errors import ExportError
from ._formats import GZIP, ZSTD, Format, zstd_module

if TYPE_CHECKING:
    from ._columns import Content
    from ._stage import Stage

_ANEW = "export anew with overwrite=True"


def write_lines(stage: Stage, file: Path, format_: Format, old: Path | None, content: Content) -> int:
    """Write a line for each conversation, after the lines of an old file that were not read again.

    Returns the number of lines.
    """
    rows = 0
    with _opened(file, format_, "wb") as lines:
        for line in () if old is None else _unread(stage, old, format_, content):
            lines.write(line)
            rows += 1
        for json in stage:
            lines.write(json + b"\n")
            rows += 1
    return rows


@contextmanager
def _opened(path: Path, format_: Format, mode: str) -> Iterator[Any]:
    with path.open(mode) as file:
        if format_ == GZIP:
            # Neither a name nor a time: the same conversations are the same bytes.
            with gzip.GzipFile("", mode, 6, file, mtime=0) as packed:
                yield packed
        elif format_ == ZSTD:
            zstd = zstd_module()
            # The checksum, which is not there otherwise, is what tells that a file is damaged.
            with zstd.ZstdFile(file, mode, options=_packing(zstd) if mode == "wb" else None) as packed:
                if mode == "wb":
                    packed.write(b"")  # or else a file without lines has no byte at all, which nothing unpacks
                yield packed
        else:
            yield file


def _packing(zstd: Any) -> dict[Any, int]:
    return {zstd.CompressionParameter.compression_level: 3, zstd.CompressionParameter.checksum_flag: 1}


def _unread(stage: Stage, old: Path, format_: Format, content: Content) -> Iterator[bytes]:
    with _opened(old, format_, "rb") as lines:
        for number, line in enumerate(_unpacked(lines, old, format_), 1):
            try:
                key = content.key(read(line))
            except (ValueError, LookupError, TypeError):
                raise ExportError(f"{old}: line {number} is not a conversation; {_ANEW}") from None
            if key not in stage:
                yield line.rstrip(b"\n") + b"\n"


def _unpacked(lines: Iterable[bytes], old: Path, format_: Format) -> Iterator[bytes]:
    kinds: tuple[type[Exception], ...] = (gzip.BadGzipFile, EOFError, zlib.error)
    if format_ == ZSTD:
        kinds = (zstd_module().ZstdError, EOFError)
    try:
        yield from lines
    except kinds:
        packer = "Zstandard" if format_ == ZSTD else "gzip"
        raise ExportError(f"{old} is damaged, or not packed with {packer}; {_ANEW}") from None

"""The formats of an export: their names, their abilities and their files."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from causerie_api.jsonvalue import shortened

from .._errors import ArgumentError

if TYPE_CHECKING:
    from ._sources import Source

Format = Literal["jsonl", "ndjson", "jsonl.gz", "ndjson.gz", "jsonl.zst", "ndjson.zst", "csv", "parquet", "duckdb"]

FORMATS: Final[tuple[str, ...]] = get_args(Format)
"""Every name of a format."""
GZIP: Final[Format] = "jsonl.gz"
"""JSON Lines, compressed with gzip."""
ZSTD: Final[Format] = "jsonl.zst"
"""JSON Lines, compressed with Zstandard."""
LINES: Final[tuple[Format, ...]] = ("jsonl", GZIP, ZSTD)
"""JSON Lines, compressed or not."""

_OTHER_NAMES: Final[dict[str, Format]] = {"ndjson": "jsonl", "ndjson.gz": GZIP, "ndjson.zst": ZSTD}
_BY_DUCKDB: Final = ("parquet", "duckdb")
_MESSAGES_APART: Final = ("csv", "parquet")


def format_of(target: Path, given: str | None) -> Format:
    """Return the given format, or the one that the target's name ends in. Raises ``ArgumentError``.

    If a format has several names, the same one is always returned.
    """
    names = ", ".join(FORMATS)
    if given is None:
        name = target.name.lower()
        # A file that is called ".jsonl" is hidden, and has no ending.
        given = next((known for known in FORMATS if name.endswith(f".{known}") and name != f".{known}"), None)
        if given is None:
            raise ArgumentError("target", f"{target.name!r} does not end in a format; give one as format: {names}")
    if given not in FORMATS:
        raise ArgumentError("format", f"{given!r} is not a format: give one of {names}")
    if given in _BY_DUCKDB:
        duckdb_module()
        _check_encoding(target)
    format_: Format = _OTHER_NAMES.get(given, given)  # type: ignore[arg-type]
    if format_ == ZSTD:
        zstd_module()
    return format_


def check_update(format_: Format) -> None:
    """Raise ``ArgumentError`` if a file of this format cannot be updated."""
    if format_ == "csv":
        sentence = "CSV is written anew each time, for a spreadsheet may have changed what is there"
        others = ", ".join(name for name in FORMATS if name != "csv")
        raise ArgumentError("since", f"{sentence}: leave it out and give overwrite=True, or take {others}")


def _check_encoding(target: Path) -> None:
    try:
        str(target).encode()
    except UnicodeEncodeError:
        problem = f"{str(target)!r} is not UTF-8, and DuckDB cannot open such names: give another name, or jsonl"
        raise ArgumentError("target", problem) from None


def place_of(target: str | PathLike[str]) -> Path:
    """Return the path of the target with all links followed. Raises ``ArgumentError``."""
    try:
        place = Path(os.path.realpath(Path(target)))
    except (TypeError, ValueError):  # bytes or a number; a NUL
        place = None
    if place is None or not place.name:
        shown = repr(os.fspath(target)) if isinstance(target, PathLike) else shortened(target)
        raise ArgumentError("target", f"{shown} is not the name of a file")
    return place


def part_of(target: Path) -> Path:
    """Return the path at which a run stores what it has read until the target is complete."""
    return target.with_name(f"{target.name}.part")


def files_of(target: Path, format_: Format, source: Source) -> list[Path]:
    """Return the files of an export, the target last. Only CSV and Parquet have a separate file for messages."""
    if format_ in _MESSAGES_APART and source.messages is not None:
        return [target.with_suffix(f".messages{target.suffix}"), target]
    return [target]


def duckdb_module() -> Any:
    """Return the module of DuckDB. Raises ``ArgumentError`` if it is not installed."""
    return _extra("DuckDB", "duckdb")


def zstd_module() -> Any:
    """Return the module of Zstandard, which Python includes since 3.14. Raises ``ArgumentError`` if there is none."""
    return _extra("Zstandard", "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")


def _extra(title: str, module: str) -> Any:
    try:
        return import_module(module)
    except ImportError:
        raise ArgumentError(
            "format", f'{title} is not installed: in a checkout of Causerie, pip install ".[export]"'
        ) from None

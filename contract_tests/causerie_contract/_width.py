"""Wraps text to the width of the terminal."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Iterable, Iterator

#: pytest puts its own words before some lines, and no line is to have more than 200 characters.
WIDTH = 118
_CUT = "… (cut; the reports have it whole)"


def narrow(lines: Iterable[str]) -> list[str]:
    """Return the lines, with those broken that are too long. Lines for the shell still are lines for the shell.

    Only a single word of these that is too long is cut.
    """
    return [part for text in lines for line in text.splitlines() or [""] for part in _parts(line)]


def _parts(line: str) -> Iterator[str]:
    if len(line) <= WIDTH:
        yield line
        return
    inner = line.lstrip(" ")
    indent = " " * min(len(line) - len(inner), 20)
    words = _words(inner) if inner.startswith("curl ") else None
    if words is None:
        yield from textwrap.wrap(inner, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ")
        return
    room = WIDTH - len(indent) - 6
    quoted = [shlex.quote(word) for word in words]
    quoted = [word if len(word) <= room else word[: room - len(_CUT)] + _CUT for word in quoted]
    begun = quoted[0]
    for word in quoted[1:]:
        if len(begun) + 1 + len(word) > room:
            yield f"{indent}{begun} \\"
            begun = f"    {word}"
        else:
            begun = f"{begun} {word}"
    yield f"{indent}{begun}"


def _words(line: str) -> list[str] | None:
    """Return the words of a shell command, or None if the line is not one."""
    try:
        return shlex.split(line)
    except ValueError:
        return None

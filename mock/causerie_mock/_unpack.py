"""The text of a body, unpacked where it came packed."""

from __future__ import annotations

import zlib

from . import _json

#: The window of zlib's that knows gzip and deflate by their heads.
_WINDOW = 47


class Unreadable(Exception):
    """Nobody can say what the body holds, and why."""


def text_of(body: bytes, encoding: str, most: int) -> str:
    """Return the text of a body. Raises `Unreadable`, which says why without a word of the body."""
    try:
        text = _unpacked(body, encoding.strip().lower(), most).decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable("it is not UTF-8") from None
    if _json.is_deeper(text, _json.MAX_DEPTH):
        raise Unreadable(f"it is nested deeper than {_json.MAX_DEPTH} levels")
    return text


def _unpacked(body: bytes, encoding: str, most: int) -> bytes:
    if encoding in {"", "identity"} or not body:
        return body
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        raise Unreadable("it is packed in a way that the spy cannot unpack")
    packed = zlib.decompressobj(_WINDOW)
    try:
        whole = packed.decompress(body, most + 1)
    except zlib.error:
        raise Unreadable(f"it is not the {encoding} that it says it is") from None
    if len(whole) > most:
        raise Unreadable(f"unpacked, it is longer than {most} bytes")
    if not packed.eof:
        raise Unreadable("it ends within what is packed")
    return whole

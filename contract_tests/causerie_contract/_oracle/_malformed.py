"""Texts that are not JSON, and JSON that breaks careless readers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

#: None of these is JSON, whatever the good body is.
_BROKEN = (b"", b"{", b'{"a": 1}}', b"\xff\xfe{}", b'{"a": NaN}', b'{"a": "\xc3\x28"}', b"[" * 3000, b"{'a': 1}")

#: Half of a surrogate pair, and lists in lists.
STRANGE: tuple[Any, ...] = ("\ud800", json.loads("[" * 90 + "]" * 90))


def malformed(content: bytes) -> Iterator[bytes]:
    """Yield texts that are not JSON, some of which careless readers take for this JSON text."""
    yield from _BROKEN
    yield from (content[:-1], content + content[-1:], content[:-1] + b"," + content[-1:], content + content)
    yield content + b" // text"
    if b'"' in content:
        yield content.replace(b'"', b"'")

"""Text of a vendor, made fit for a terminal: a title may not move the cursor, nor turn around what follows it."""

from __future__ import annotations

import re

_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """The text without the characters that a terminal obeys, but for tabs and the ends of lines."""
    return _OBEYED.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """The same on one line."""
    return visible(" ".join(text.split()))


def escaped(json: str) -> str:
    """JSON with those characters escaped, which means the same."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", json)

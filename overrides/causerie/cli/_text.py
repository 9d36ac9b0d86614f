"""Text of a vendor, made fit for a terminal: a title may not move the cursor, nor turn around what follows it."""

from __future__ import annotations

import json
import re

_BEYOND_ASCII = re.compile("[^\x00-\x7e]")
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """Return the text without the characters that a terminal obeys, except tabs and the ends of lines."""
    return _OBEYED.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """Return the visible text on one line."""
    return visible(" ".join(text.split()))


def escaped(document: str, *, ascii_only: bool = False) -> str:
    """JSON with those characters escaped, or with all that ASCII has not, which means the same."""
    return (_BEYOND_ASCII if ascii_only else _OBEYED).sub(lambda found: json.dumps(found[0])[1:-1], document)

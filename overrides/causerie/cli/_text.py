"""Making a vendor's text safe for a terminal: a title must not move the cursor or reverse the text after it."""

from __future__ import annotations

import json
import re

_BEYOND_ASCII = re.compile("[^\x00-\x7e]")
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """Return the text without control characters, except tabs and line ends."""
    return _OBEYED.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """Return the visible text on one line."""
    return visible(" ".join(text.split()))


def escaped(document: str, *, ascii_only: bool = False) -> str:
    """Return JSON with control characters, or all non-ASCII characters, escaped. Its value is the same."""
    return (_BEYOND_ASCII if ascii_only else _OBEYED).sub(lambda found: json.dumps(found[0])[1:-1], document)

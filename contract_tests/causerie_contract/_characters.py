"""Characters that neither XML nor HTML can hold."""

from __future__ import annotations

_REPLACED = {
    **{code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\n\t"},
    **dict.fromkeys((*range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\N{REPLACEMENT CHARACTER}"),
}


def printable(text: str) -> str:
    """Return `text` with pictures of control characters in their place, and signs in that of what is no character."""
    return text.translate(_REPLACED)

"""Media types: how a body of each is read and written."""

from __future__ import annotations

from typing import Any, Final

KINDS: Final = ("json", "form", "multipart", "text", "binary")
"""What becomes of a body; where a document allows several, the first of these is taken."""
_JSON: Final = frozenset({"application/json", "text/json", "application/*", "*/*"})
_TEXT: Final = ("xml", "yaml", "x-yaml", "javascript", "x-ndjson", "jsonl", "jsonlines", "x-jsonlines", "graphql")


def kind(media_type: str) -> str:
    """Return one of ``KINDS``."""
    bare = media_type.partition(";")[0].strip().lower()
    main, _, sub = bare.partition("/")
    if bare in _JSON or sub.endswith("+json"):
        return "json"
    if bare == "application/x-www-form-urlencoded":
        return "form"
    if bare == "multipart/form-data":
        return "multipart"
    return "text" if main == "text" or sub in _TEXT or sub.endswith(("+xml", "+yaml")) else "binary"


def answered(media_type: str) -> str:
    """Return what an answer is read as: ``json``, ``text`` or ``binary``."""
    return {"form": "text", "multipart": "binary"}.get(kind(media_type), kind(media_type))


def chosen(content: dict[str, Any]) -> tuple[str, dict[str, Any]] | None:
    """Return the media type that is taken of several, and what is said of it."""
    return min(content.items(), key=lambda pair: KINDS.index(kind(pair[0])), default=None)

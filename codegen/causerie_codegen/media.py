"""Media types: how bodies are read and written."""

from __future__ import annotations

from typing import Any, Final

from .runtime.request import bare

KINDS: Final = ("json", "form", "multipart", "text", "binary")
"""The ways to read a body, the preferred ones first."""
_JSON: Final = frozenset({"application/json", "text/json", "application/*", "*/*"})
_TEXT: Final = ("xml", "yaml", "x-yaml", "javascript", "x-ndjson", "jsonl", "jsonlines", "x-jsonlines", "graphql")


def kind(media_type: str) -> str:
    """Return one of ``KINDS``."""
    found = bare(media_type)
    main, _, sub = found.partition("/")
    if found in _JSON or sub.endswith("+json"):
        return "json"
    if found == "application/x-www-form-urlencoded":
        return "form"
    if found == "multipart/form-data":
        return "multipart"
    return "text" if main == "text" or sub in _TEXT or sub.endswith(("+xml", "+yaml")) else "binary"


def answered(media_type: str) -> str:
    """Return how an answer is read: as ``json``, ``text`` or ``binary``."""
    return {"form": "text", "multipart": "binary"}.get(kind(media_type), kind(media_type))


def offered(content: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return the media types that a caller can choose from, or that an answer can have, the usual one first.

    Of several with one schema it is one.
    """
    found = sorted(content.items(), key=lambda pair: KINDS.index(kind(pair[0])))
    return found if any(each.get("schema", {}) != found[0][1].get("schema", {}) for _, each in found) else found[:1]

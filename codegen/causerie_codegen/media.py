"""Media types: how bodies are read and written."""

from __future__ import annotations

from typing import Any, Final

import attrs

from .runtime.request import bare
from .walk import ALL, kinds

KINDS: Final = ("json", "form", "multipart", "text", "binary")
"""The ways to read a body, the preferred ones first."""
_JSON: Final = frozenset({"application/json", "text/json", "application/*", "*/*"})
_ANY_JSON: Final = ("application/json", "application/*+json", "text/json")
_ANY_TEXT: Final = ("text/*", "application/xml", "application/*+xml", "application/yaml")
"""The media types that ``*/*`` stands for, as far as they are read in another way than the others."""
_WRITINGS: Final = frozenset({"xml", "yaml", "x-yaml", "plain", "html"})
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


def is_any(media_type: str) -> bool:
    """Return whether a media type stands for JSON and for others."""
    return bare(media_type) in {"*/*", "application/*"}


def is_bytes(schema: dict[str, Any]) -> bool:
    """Return whether a schema says that a value is no text."""
    return schema.get("format") == "binary"


@attrs.define
class Offer:
    """What an answer may be: one schema that is read in one way, as ``json``, ``text`` or ``binary``.

    ``names`` are its media types, the usual one first, as an answer names them; the document may have ``*/*`` for them.
    """

    kind: str
    schema: dict[str, Any]
    names: list[str]


def answers(document: dict[str, Any], content: dict[str, Any]) -> list[Offer]:
    """Return what an answer can be, the usual first."""
    found: list[Offer] = []
    for media_type, said in _told(document, content):
        schema = said.get("schema", {})
        for how, names in _read(document, media_type, schema):
            more = [name for name in names if name == media_type or name not in map(bare, content)]
            same = (each for each in found if (each.kind, each.schema) == (how, schema))
            offer = next(same, None)
            if offer is None:
                offer = Offer(how, schema, [])
                found += [offer] if more else []
            offer.names += [name for name in more if bare(name) not in map(bare, offer.names)]
    return sorted(found, key=lambda each: KINDS.index(each.kind))


def _read(document: dict[str, Any], media_type: str, schema: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Return how an answer is read, and the media types for which it is read so."""
    how = {"form": "text", "multipart": "binary"}.get(kind(media_type), kind(media_type))
    known = kinds(document, schema)
    if is_bytes(schema) and (how == "text" or is_any(media_type)):
        return [("binary", [media_type])]
    if not is_any(media_type) or "string" not in known:
        return [(how, [media_type])]
    if known != ALL:
        return [("json", [*_ANY_JSON]), ("text", [media_type])]
    return [("json", [*_ANY_JSON]), ("text", [*_ANY_TEXT]), ("binary", [media_type])]


def bodies(document: dict[str, Any], content: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return the media types that a caller can choose from, the usual one first.

    A form of the schema of another is not among them, nor is what differs from another in its name alone.
    """
    found: list[tuple[str, dict[str, Any]]] = []
    for media_type, said in _told(document, content):
        alike = [name for name, each in found if each.get("schema", {}) == said.get("schema", {})]
        how = kind(media_type)
        if not alike or not (how in {"form", "multipart", *map(kind, alike)} or "*" in media_type):
            found.append((media_type, said))
    return found


def _told(document: dict[str, Any], content: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return media types, the preferred ones first, without those that write a value of JSON another way.

    Nobody reads an object from its XML here: where JSON of the same schema is there, it is what is meant.
    """
    found = sorted(content.items(), key=lambda pair: KINDS.index(kind(pair[0])))
    objects = [
        schema
        for name, said in found
        for schema in [said.get("schema", {})]
        if kind(name) == "json" and "string" not in kinds(document, schema)
    ]
    return [(name, said) for name, said in found if not (_is_writing(name) and said.get("schema", {}) in objects)]


def _is_writing(media_type: str) -> bool:
    sub = bare(media_type).partition("/")[2]
    return kind(media_type) in {"form", "multipart"} or sub in _WRITINGS or sub.endswith(("+xml", "+yaml"))

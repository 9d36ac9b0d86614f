"""The ``encoding`` of a form's fields in a document, and how the fields are written because of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from . import media
from .parameter import SEPARATORS
from .walk import Problem, Steps, fields, has_texts, kinds

_ONE_TEXT: Final = frozenset(SEPARATORS.values())
_STYLES: Final = {"form": "array", "spaceDelimited": "array", "pipeDelimited": "array", "deepObject": "object"}


def of(kind: str, said: dict[str, Any]) -> dict[str, str]:
    """Return how the fields are written: as ``json``, in a media type, in a style or with a separator.

    Fields without an encoding, or with the default one, are left out.
    """
    found = {}
    for name, each in said.get("encoding", {}).items():
        media_type = each.get("contentType", "")
        if media_type and media.kind(media_type) == "json":
            found[name] = "json"
        elif kind == "multipart" and media_type and "," not in media_type and "*" not in media_type:
            found[name] = media_type
        elif kind == "form" and not each.keys().isdisjoint({"style", "explode"}):
            style = each.get("style", "form")
            explode = each.get("explode", style == "form")
            found[name] = style if style == "deepObject" else "exploded" if explode else SEPARATORS[style]
    return found


def problems(document: dict[str, Any], kind: str, said: dict[str, Any]) -> Iterator[Problem]:
    """Yield each encoding that cannot be followed, as its place in the content and the problem."""
    properties = fields(document, said.get("schema", {}))
    for name, each in said.get("encoding", {}).items():
        style, media_type = each.get("style", "form"), each.get("contentType", "")
        place = ("encoding", name)
        if kind not in {"form", "multipart"} or name not in properties:
            yield place, f"the content is no form with a field {name}: leave its encoding out"
            continue
        known = kinds(document, properties[name]) - {"null"}
        if each.get("headers"):
            yield from _headers(place, kind, each["headers"])
        if kind == "form" and media_type and media.kind(media_type) not in {"json", "text"}:
            yield place, f"a form cannot hold {media_type}: describe multipart/form-data, or leave it out"
        if kind == "multipart" and style != "form":
            yield place, "a multipart field has no style: give contentType, or leave it out"
        if each.get("allowReserved") and kind != "form":
            yield place, "a multipart field is not percent-encoded, so allowReserved has no effect: leave it out"
        written = of(kind, {"encoding": {name: each}}).get(name, "json")
        is_one_text = written in _ONE_TEXT or (written in {"exploded", "deepObject"} and "object" in known)
        if is_one_text and not has_texts(document, properties[name], is_deep=style == "deepObject"):
            yield place, f"this style cannot write the arrays and objects in {name}: give contentType: application/json"
        if style not in _STYLES or (style != "form" and known != {_STYLES[style]}):
            yield place, f"style {style} is for an {_STYLES.get(style, 'array')}: leave it out"


def reserved(kind: str, said: dict[str, Any]) -> list[str]:
    """Return the fields of a form that keep reserved characters."""
    return [name for name, each in said.get("encoding", {}).items() if kind == "form" and each.get("allowReserved")]


def _headers(place: Steps, kind: str, headers: dict[str, Any]) -> Iterator[Problem]:
    if kind != "multipart":
        yield place, "the fields of a form cannot have headers: leave them out"
    if "content-disposition" in {name.lower() for name in headers}:
        yield (*place, "headers"), "Content-Disposition is always written, with the field's name: leave it out"

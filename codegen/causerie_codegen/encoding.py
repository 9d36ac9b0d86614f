"""What a document says with ``encoding`` of the fields of a form, and how each of them is written then."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from . import media
from .parameter import SEPARATORS
from .walk import Problem, Steps, fields, has_texts, kinds

_ONE_TEXT: Final = frozenset(SEPARATORS.values())
_STYLES: Final = {"form": "array", "spaceDelimited": "array", "pipeDelimited": "array", "deepObject": "object"}


def of(kind: str, said: dict[str, Any]) -> dict[str, str]:
    """Return how fields are written: as ``json``, in a media type, by a style or with a separator.

    Fields of which nothing is said, or what is usual, are left out.
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
    """Yield what cannot be written as an encoding says, with its place in the content."""
    properties = fields(document, said.get("schema", {}))
    for name, each in said.get("encoding", {}).items():
        style, media_type = each.get("style", "form"), each.get("contentType", "")
        place = ("encoding", name)
        if kind not in {"form", "multipart"} or name not in properties:
            yield place, f"there is no field {name} in a form, of which this could be said: leave it out"
            continue
        known = kinds(document, properties[name]) - {"null"}
        if each.get("headers"):
            yield from _headers(place, kind, each["headers"])
        if kind == "form" and media_type and media.kind(media_type) not in {"json", "text"}:
            yield place, f"a form holds no {media_type}: describe multipart/form-data, or leave it out"
        if kind == "multipart" and style != "form":
            yield place, "a part has no style: say contentType, or leave it out"
        if each.get("allowReserved") and kind != "form":
            yield place, "a part is not percent-encoded, so allowReserved says nothing: leave it out"
        written = of(kind, {"encoding": {name: each}}).get(name, "json")
        is_one_text = written in _ONE_TEXT or (written in {"exploded", "deepObject"} and "object" in known)
        if is_one_text and not has_texts(document, properties[name], is_deep=style == "deepObject"):
            yield place, f"arrays and objects in {name} have no text in this style: say contentType: application/json"
        if style not in _STYLES or (style != "form" and known != {_STYLES[style]}):
            yield place, f"style {style} is for an {_STYLES.get(style, 'array')}: leave it out"


def reserved(kind: str, said: dict[str, Any]) -> list[str]:
    """Return the fields of a form that keep reserved characters."""
    return [name for name, each in said.get("encoding", {}).items() if kind == "form" and each.get("allowReserved")]


def _headers(place: Steps, kind: str, headers: dict[str, Any]) -> Iterator[Problem]:
    if kind != "multipart":
        yield place, "the fields of a form have no headers: leave them out"
    if "content-disposition" in {name.lower() for name in headers}:
        yield (*place, "headers"), "Content-Disposition names the field, and is written anyway: leave it out"

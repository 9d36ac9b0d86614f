"""Values of parameters as text, in the styles of OpenAPI that are not the usual ones of a path or a query."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote, quote_plus

from .jsontext import write_strictly
from .jsonvalue import EncodeError, shortened
from .request import as_text, query
from .unset import UNSET

_IN_COOKIES: Final = "!#$&'()*+-./:<=>?@[]^_`{|}~"
_IN_NAMES: Final = _IN_COOKIES.replace("=", "")
_RESERVED: Final = ":/?@!$'()*,;=-._~"
_TRIPLE: Final = re.compile(r"(%[0-9A-Fa-f]{2})")
_BETWEEN: Final = {"simple": ",", "label": ".", "matrix": ";"}


def json(name: str, value: Any) -> Any:
    """Return a value as JSON, or ``UNSET``. Raises ``EncodeError``."""
    if value is UNSET:
        return UNSET
    try:
        return write_strictly(value).decode()
    except EncodeError as error:
        raise error.inside(name) from None


def listed(value: Any) -> Any:
    """Return the value, or a list of it if it is not a list."""
    return value if value is UNSET or value is None or isinstance(value, list | tuple) else [value]


def exploded(name: str, value: Any) -> dict[str, Any]:
    """Return the fields of an object as parameters of their own. Raises ``EncodeError``."""
    return dict(_fields(name, value))


def deep(name: str, value: Any) -> dict[str, Any]:
    """Return the fields of an object as ``name[field]``, those of objects in it as well. Raises ``EncodeError``."""
    found: dict[str, Any] = {}
    for key, each in _entries(name, value):
        place = f"{name}[{key}]"
        found |= deep(place, each) if hasattr(each, "keys") else {place: as_text(place, each)}
    return found


def pairs(name: str, value: Any, explode: bool) -> Any:
    """Return the fields of an object as ``key, value, key, value``, or as ``key=value`` when they explode.

    ``UNSET`` stays. Raises ``EncodeError``.
    """
    found = [*_fields(name, value)]
    if explode:
        return [f"{key}={text}" for key, text in found]
    return [text for pair in found for text in pair]


def in_path(name: str, value: Any, style: str, explode: bool) -> str:
    """Return a segment of a path, percent-encoded. Raises ``EncodeError``, also for one that would be empty."""
    if isinstance(value, list | tuple):
        texts = [quote(as_text(name, each), safe="") for each in value]
        named = style == "matrix" and explode
        parts = [f"{quote(name)}={text}" for text in texts] if named else texts
    elif hasattr(value, "keys"):
        fields = [(quote(key, safe=""), quote(text, safe="")) for key, text in _fields(name, value)]
        named = explode
        parts = [f"{key}={text}" for key, text in fields] if explode else [text for pair in fields for text in pair]
    else:
        named = False
        parts = [quote(as_text(name, value), safe="")]
    if "".join(parts) in {"", ".", ".."}:
        raise EncodeError(name, value, f"{shortened(value)} cannot stand in a path: it would name another resource")
    text = (_BETWEEN[style] if explode else ",").join(parts)
    if style == "simple":
        return text
    return f".{text}" if style == "label" else f";{text}" if named else f";{quote(name)}={text}"


def headers(**values: Any) -> tuple[tuple[str, str], ...]:
    """Return headers as text; those that are ``UNSET`` or ``None`` are left out. Raises ``EncodeError``."""
    found = []
    for name, value in values.items():
        if value is not UNSET and value is not None:
            text = as_text(name, value)
            if not (text.isascii() and text.isprintable()):
                raise EncodeError(name, value, f"{shortened(value)} cannot stand in a header: give ASCII, on one line")
            found.append((name, text))
    return tuple(found)


def cookies(*objects: Mapping[str, Any], **values: Any) -> Any:
    """Return the text of a ``Cookie`` header, percent-encoded, or ``UNSET``; an array is several cookies.

    ``objects`` hold others, such as the fields of an object. Raises ``EncodeError``.
    """
    pairs = query(*objects, **values)
    return "; ".join(f"{quote(name, safe=_IN_NAMES)}={quote(text, safe=_IN_COOKIES)}" for name, text in pairs) or UNSET


def encoded(pairs: Iterable[tuple[str, str]], *, is_reserved: bool) -> str:
    """Return a query, percent-encoded as in a form.

    With ``is_reserved``, values keep the reserved characters that mean nothing there, and what is percent-encoded
    already.
    """
    return "&".join(f"{quote_plus(name)}={_kept(text) if is_reserved else quote_plus(text)}" for name, text in pairs)


def _kept(text: str) -> str:
    return "".join(
        each if index % 2 else quote_plus(each, safe=_RESERVED) for index, each in enumerate(_TRIPLE.split(text))
    )


def in_query(name: str, value: Any) -> str:
    """Return a value for the query of a path, percent-encoded. Raises ``EncodeError``."""
    return quote(as_text(name, value), safe="")


def _fields(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yield the fields of an object as text, those left out that are ``UNSET`` or ``None``."""
    for key, each in _entries(name, value):
        yield key, as_text(f"{name}[{key}]", each)


def _entries(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if value is UNSET or value is None:
        return
    if not hasattr(value, "keys"):
        raise EncodeError(name, value, f"an object is expected, not {shortened(value)}")
    for key in value.keys():  # noqa: SIM118 - a model has keys, too
        if value[key] is not UNSET and value[key] is not None:
            yield key, value[key]

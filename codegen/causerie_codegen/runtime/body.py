"""Request bodies that are not JSON."""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from secrets import token_hex
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from .jsontext import write_strictly
from .jsonvalue import EncodeError, Viewed, refuse_surrogates, shortened
from .request import as_text, joined
from .styles import deep, encoded, exploded
from .styles import pairs as object_pairs
from .unset import UNSET, Unset
from .upload import Content, Source, Upload, content_of

if TYPE_CHECKING:
    from .model import Model

File: TypeAlias = Content | tuple[str, Content] | tuple[str, Content, str]
"""A file to send: its bytes, an open file or a path, alone or with a name and a media type."""
Headers: TypeAlias = Collection[tuple[str, str]]
_BOUNDARY: Final = token_hex(16)
MULTIPART: Final = f"multipart/form-data; boundary={_BOUNDARY}"
"""The media type of the result of ``multipart``."""


def form(
    body: Model | Mapping[str, Any] | Unset,
    encodings: Mapping[str, str] = MappingProxyType({}),
    reserved: Collection[str] = (),
) -> bytes | None:
    """Return the fields of an object as ``a=1&b=2``. Arrays are repeated, and what is in objects is JSON.

    ``encodings`` says of fields that they are ``json`` as a whole, in one text with a separator, ``exploded`` or a
    ``deepObject``; those that are ``reserved`` keep reserved characters. Raises ``EncodeError``.
    """
    if body is UNSET:
        return None
    found = []
    for name, value in _fields(body):
        pairs = _written(name, value, encodings.get(name, "exploded" if isinstance(value, list) else ""))
        found += [encoded(pairs, is_reserved=name in reserved)]
    return "&".join(each for each in found if each).encode()


def _written(name: str, value: Any, encoding: str) -> Iterable[tuple[str, str]]:
    """Return the pairs of a form that a field becomes."""
    is_object = isinstance(value, Mapping | Viewed)
    if encoding == "deepObject":
        return deep(name, value).items()
    if encoding == "exploded":
        return exploded(name, value).items() if is_object else [*_several(name, value)]
    if encoding in {"", "json"}:
        return [(name, write_strictly(value).decode() if encoding or _is_json(value) else as_text(name, value))]
    text = joined(name, object_pairs(name, value, False) if is_object else value, encoding)
    return [] if text is UNSET else [(name, text)]


def _several(name: str, value: Any) -> Iterator[tuple[str, str]]:
    for each in value if isinstance(value, list) else (value,):
        if each is not None:
            yield name, write_strictly(each).decode() if _is_json(each) else as_text(name, each)


def multipart(
    body: Model | Mapping[str, Any] | Unset,
    encodings: Mapping[str, str] = MappingProxyType({}),
    headers: Mapping[str, Headers] = MappingProxyType({}),
) -> bytes | Upload | None:
    """Return the fields of an object, files among them, each as a part of ``MULTIPART``.

    Arrays are repeated, and objects inside are sent as JSON. ``encodings`` says of fields that they are ``json`` as a
    whole, or their media types; ``headers`` are those of the parts. Files are read while they are sent. Raises
    ``EncodeError`` and ``OSError``.
    """
    if body is UNSET:
        return None
    parts: list[bytes | Source] = []
    fields = dict(_fields(body))
    for name, pairs in headers.items():
        if pairs and (name not in fields or fields[name] == []):
            raise EncodeError(
                name, dict(pairs), f"{name} is not in the body, so its part has no headers: leave them out"
            )
    for name, value in fields.items():
        encoding = encodings.get(name)
        more = "".join(f"\r\n{key}: {text}" for key, text in headers.get(name, ()))
        for each in value if isinstance(value, list) and encoding != "json" else (value,):
            if each is not None:
                head, content = _part(name, each, encoding)
                text = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{_quoted(name)}"{head}{more}\r\n\r\n'
                refuse_surrogates(text, name)
                parts += [text.encode(), content, b"\r\n"]
    return _whole([*parts, f"--{_BOUNDARY}--\r\n".encode()])


def _whole(parts: list[bytes | Source]) -> bytes | Upload:
    """Return bytes, or a reader of files that joins adjacent pieces."""
    found: list[bytes | Source] = []
    pending: list[bytes] = []
    for each in parts:
        if isinstance(each, bytes):
            pending.append(each)
        else:
            found += [b"".join(pending), each]
            pending = []
    rest = b"".join(pending)
    return Upload((*found, rest)) if found else rest


def _part(name: str, value: Any, encoding: str | None) -> tuple[str, bytes | Source]:
    """Return the headers that follow the name of a part, and its content."""
    if isinstance(value, tuple | bytes | bytearray | os.PathLike) or hasattr(value, "read"):
        return _file(name, value, "application/json" if encoding == "json" else encoding)
    if encoding == "json" or _is_json(value):
        return "\r\nContent-Type: application/json", write_strictly(value)
    return f"\r\nContent-Type: {_quoted(encoding)}" if encoding else "", as_text(name, value).encode()


def chosen(media_type: str, makers: Mapping[str, Callable[[], bytes | Upload | None]]) -> bytes | Upload | None:
    """Return the body of a media type. Raises ``EncodeError``, also for one that the document does not list."""
    if media_type not in makers:
        problem = f"one of {', '.join(makers)} was expected, not {shortened(media_type)}"
        raise EncodeError("media_type", media_type, problem)
    return makers[media_type]()


def text(body: str | Unset) -> bytes | None:
    """Return a text in UTF-8. Raises ``EncodeError``."""
    if body is UNSET:
        return None
    if not isinstance(body, str):
        raise EncodeError("body", body, f"a text was expected, not {shortened(body)}")
    refuse_surrogates(body, "body")
    return body.encode()


def binary(body: Content | Unset) -> bytes | Upload | None:
    """Return bytes, or a reader of a file that is read while it is sent. Raises ``EncodeError`` and ``OSError``."""
    if body is UNSET:
        return None
    content = content_of("body", body)
    return content if isinstance(content, bytes) else Upload((content,))


def _fields(body: Any) -> Iterator[tuple[str, Any]]:
    """Yield the fields of an object."""
    raw = body._raw if isinstance(body, Viewed) else body
    if not isinstance(raw, Mapping):
        raise EncodeError("body", body, f"an object was expected, not {shortened(body)}")
    yield from ((name, value) for name, value in raw.items() if value is not None and value is not UNSET)


def _is_json(value: Any) -> bool:
    return isinstance(value, Mapping | list | Viewed)


def _file(name: str, value: Any, usual: str | None) -> tuple[str, bytes | Source]:
    if isinstance(value, tuple):
        texts = (*value[:1], *value[2:])
        if len(value) not in (2, 3) or not all(isinstance(each, str) for each in texts):
            problem = f"{shortened(value)} is no file: give its name and its content, and its media type if you like"
            raise EncodeError(name, value, problem)
    given, content, *more = value if isinstance(value, tuple) else (None, value)
    sent = content_of(name, content)
    if isinstance(content, os.PathLike):
        given = given or Path(content).name
    elif hasattr(content, "read"):
        given = given or Path(str(getattr(content, "name", name))).name
    given = given or name
    media_type = more[0] if more else usual or mimetypes.guess_type(given)[0] or "application/octet-stream"
    head = f'; filename="{_quoted(given)}"\r\nContent-Type: {_quoted(media_type)}'
    return head, sent


def _quoted(text: str) -> str:
    """Return a text with characters escaped that would end its line or its quotes, as browsers do."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")

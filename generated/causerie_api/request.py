"""The requests that generated endpoints create, and the answers to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, Generic, NamedTuple, Protocol, TypeVar
from urllib.parse import quote

import attrs

from .jsontext import write_strictly
from .jsonvalue import EncodeError, moment_text, refuse_surrogates, scalar, shortened
from .model import DecodeError
from .unset import UNSET

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
E_co = TypeVar("E_co", covariant=True)

Decoder = Callable[[bytes], Any]


class Pieces(Protocol):
    """A body that is read while it is sent, as often as it is sent."""

    @property
    def size(self) -> int | None:
        """Its size in bytes, if known."""

    def __iter__(self) -> Iterator[bytes]:
        """Yield the body in pieces."""
        ...


class Request(NamedTuple, Generic[T_co, E_co]):
    """An HTTP request for an operation of the document.

    ``T_co`` is the type of a success, ``E_co`` that of a documented error.
    """

    operation: str
    """The document's operationId."""
    method: str
    template: str
    """The document's path, ``/agents/{agentId}``: what a log may show."""
    path: str
    """The path as it is sent, percent-encoded."""
    decoders: Mapping[int, Decoder | Mapping[str, Decoder]]
    """One for each status that the document lists, or one for each media type of it."""
    query: tuple[tuple[str, str], ...] = ()
    content: bytes | Pieces | None = None
    """A body: JSON, unless ``headers`` say otherwise."""
    headers: tuple[tuple[str, str], ...] = ()
    servers: Mapping[str, str] = MappingProxyType({})
    """This operation's own servers, by the document's server that each replaces."""
    raw_query: str = ""
    """Further text for the query, percent-encoded."""

    def server(self, base_url: str) -> str:
        """Return its server: ``base_url``, unless that is a server of the document and the operation has its own.

        So a server that the document does not know, such as a mock, gets all requests.
        """
        return self.servers.get(base_url, base_url)

    def decoder(self, status_code: int, media_type: str | None) -> Decoder:
        """Return the decoder for an answer with a status that the document lists.

        If an answer may have one of several media types and does not say which, the first one is used. Raises
        ``DecodeError`` for a media type that the document does not list.
        """
        found = self.decoders[status_code]
        if not isinstance(found, Mapping):
            return found
        known = {bare(name): each for name, each in found.items()}
        came = bare(media_type or next(iter(found)))
        main, _, sub = came.partition("/")
        for name in (came, f"{main}/*+{sub.rpartition('+')[2]}", f"{main}/*", "*/*"):
            if name in known:
                return known[name]
        raise DecodeError(self.operation, "", f"{' or '.join(found)} was expected, not {shortened(came)}")


@attrs.define(frozen=True)
class Response(Generic[T]):
    """An answer with a status that the document lists, and what it decodes to."""

    status_code: int
    content: bytes = attrs.field(repr=False)
    headers: Mapping[str, str] = attrs.field(repr=False)
    parsed: T


class UnexpectedStatus(Exception):
    """An answer with a status that the document does not list for the operation."""

    def __init__(self, operation: str, status_code: int, content: bytes) -> None:
        super().__init__(operation, status_code, content)
        self.operation = operation
        self.status_code = status_code
        self.content = content

    def __str__(self) -> str:
        return f"{self.operation}: status {self.status_code} is not documented"


def bare(media_type: str) -> str:
    """Return a media type without its parameters."""
    return media_type.partition(";")[0].strip().lower()


def segment(value: object) -> str:
    """Quote one segment of a path as a whole, so that a slash in it does not end it.

    Raises ``EncodeError`` for an empty one, ``.`` and ``..``: the path would name another resource.
    """
    text = as_text("", value)
    if text in ("", ".", ".."):
        raise EncodeError("", value, f"{value!r} cannot stand in a path: it would name another resource")
    return quote(text, safe="")


def query(*objects: Mapping[str, Any], **parameters: Any) -> tuple[tuple[str, str], ...]:
    """Return query parameters as text, without those that are ``UNSET`` or ``None``.

    ``objects`` hold others, such as the fields of an object. Raises ``EncodeError``, also for a name that comes twice.
    """
    known: dict[str, Any] = {}
    for each in (*objects, parameters):
        for name in each.keys() & known.keys():
            raise EncodeError(name, each[name], f"{name} is there twice: leave it out of the object")
        known |= each
    return tuple(_pairs(known))


def content(body: Any) -> bytes | None:
    """Return the body of a request as JSON; without one, ``None``. Raises ``EncodeError``."""
    return None if body is UNSET else write_strictly(body)


def joined(name: str, values: Any, separator: str = ",") -> Any:
    """Return the values of an array as one string with commas, or ``UNSET`` if there are none.

    Raises ``EncodeError`` for a value that contains a comma.
    """
    if isinstance(values, str):
        raise EncodeError(name, values, f"a list is expected, such as [{shortened(values)}]")
    texts = [] if values is UNSET or values is None else [as_text(name, value) for value in values]
    for text in texts:
        if separator in text:
            raise EncodeError(name, text, f"{text!r} has {_CALLED[separator]}, which separates values here")
    return separator.join(texts) if texts else UNSET


_CALLED: Final = {",": "a comma", " ": "a space", "|": "a bar"}


def _pairs(parameters: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in parameters.items():
        if value is UNSET or value is None:
            continue
        for item in value if isinstance(value, list | tuple) else (value,):
            yield name, as_text(name, item)


def as_text(name: str, value: Any) -> str:
    """Return a value as the text of a parameter. Raises ``EncodeError``, with the name."""
    if isinstance(value, bool):
        return "true" if value else "false"
    try:
        if isinstance(value, datetime):
            moment_text(value)  # refuses a time without a zone
            return datetime.isoformat(value)
        plain = scalar(value)
    except EncodeError as error:
        raise error.inside(name) from None
    if plain is None:
        raise EncodeError(name, value, "None cannot stand here: leave it out")
    if isinstance(plain, str):
        refuse_surrogates(plain, name)
    return str(plain)

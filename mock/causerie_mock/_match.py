"""Conditions for requests."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any, TypedDict
from urllib.parse import parse_qsl, unquote

import attrs

from . import _json
from ._exchange import Request


class Matching(TypedDict, total=False):
    """The arguments of `Match`."""

    operation: str
    method: str
    path: str
    query: Mapping[str, str]
    json: Any


@attrs.frozen(kw_only=True)
class Match:
    """Conditions that a request must meet; without any, every request fits.

    `operation` is an operationId of the document. `path` is a pattern for the whole path, decoded, in which `*` stands
    for anything. `query` must be among the query's values, and `json` must equal the body or, for objects, a part of
    it.
    """

    operation: str | None = None
    method: str | None = None
    path: str | None = None
    query: Mapping[str, str] | None = None
    json: Any = None

    def fits(self, request: Request, operation: str | None) -> bool:
        """Return whether `request`, a call of `operation`, meets the conditions."""
        return (
            self.operation in (None, operation)
            and (self.method is None or self.method.upper() == request.method)
            and (self.path is None or fnmatchcase(path_text(request), self.path))
            and (self.query is None or self.query.items() <= query_values(request).items())
            and (self.json is None or _holds(_body(request), self.json))
        )

    def __str__(self) -> str:
        given = attrs.asdict(self, recurse=False, filter=lambda _, value: value is not None)
        return ", ".join(f"{name}={value!r}" for name, value in given.items()) or "anything"


def path_text(request: Request) -> str:
    """Return the path, decoded."""
    return unquote(request.path.decode("latin-1"), errors="replace")


def query_values(request: Request) -> dict[str, str]:
    """Return the query by name, with the last value of a repeated name."""
    return dict(parse_qsl(request.query.decode("latin-1"), keep_blank_values=True))


def _body(request: Request) -> Any:
    try:
        return _json.decode(request.body)
    except ValueError:
        return None


def _holds(whole: Any, part: Any) -> bool:
    if isinstance(whole, dict) and isinstance(part, Mapping):
        return all(name in whole and _holds(whole[name], value) for name, value in part.items())
    return bool(whole == part)

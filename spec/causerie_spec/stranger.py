"""Another party's document, in which any value may be of any type."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import attrs

from .documents import METHODS
from .pointer import Pointer, parse
from .shape import DEPTH

#: The most schemas of which a schema may be composed, each counted as often as it is used.
_PARTS = 10_000

#: The keywords that compose a schema from others.
COMPOSED = ("allOf", "anyOf", "oneOf")


class Unreadable(Exception):
    """A place cannot be read. `why` is the reason."""

    def __init__(self, place: Pointer, why: str) -> None:
        super().__init__(why)
        self.place = place


@attrs.frozen
class Operation:
    """An operation in another party's document."""

    #: The method, in lower case.
    method: str
    path: str
    place: Pointer
    #: The places of the common parts of its path: the path's own item, and the one to which it refers.
    items: tuple[Pointer, ...]

    def __str__(self) -> str:
        """Return the method and the path, as in the document."""
        return f"{self.method.upper()} {self.path}"


class Stranger:
    """Another party's document. Its parts are checked only when they are used."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document

    def find(self, place: Pointer) -> Any:
        """Return the value at `place` without following references; None if there is none."""
        node: Any = self._document
        for token in place:
            if isinstance(node, dict):
                node = node.get(str(token))
            elif isinstance(node, list) and re.fullmatch(r"\d{1,9}", str(token), re.ASCII):
                node = node[int(token)] if int(token) < len(node) else None
            else:
                return None
        return node

    def target(self, place: Pointer) -> Pointer:
        """Return the target of the reference in the object at `place`. Raises `Unreadable` if there is none."""
        reference = self.find((*place, "$ref"))
        if not isinstance(reference, str) or not reference.startswith("#/"):
            raise Unreadable(place, f"refers to {reference!r}, which is no place in this document")
        target = self.locate(reference)
        if target is None:
            raise Unreadable(place, f"refers to {reference!r}, which it does not have")
        return target

    def locate(self, reference: str) -> Pointer | None:
        """Return the place that a reference such as `#/components/schemas/User` names; None if it does not exist."""
        places = (parse(text) for text in (reference, unquote(reference)))
        return next((place for place in places if self.find(place) is not None), None)

    def follow(self, place: Pointer) -> Pointer:
        """Return the end of the references that begin at `place`. Raises `Unreadable` if that is not an object."""
        start, seen = place, set[Pointer]()
        while isinstance(node := self.find(place), dict) and "$ref" in node:
            if place in seen:
                raise Unreadable(start, f"refers to itself, by {self.find((*start, '$ref'))!r}")
            seen.add(place)
            place = self.target(place)
        if not isinstance(node, dict):
            raise Unreadable(place, f"is {_named(node)} where an object should be")
        return place

    def endless(self, place: Pointer) -> Unreadable | None:
        """Return the reason why the schema at `place` has no end: it contains itself, or too many parts; else None."""
        waiting: list[tuple[Pointer, ...]] = [(place,)]
        parts = 0
        while waiting:
            trail = waiting.pop()
            outer, each = trail[:-1], trail[-1]
            parts += 1
            if each in outer:
                return Unreadable(each, "is composed of itself")
            if len(outer) > DEPTH or parts > _PARTS:
                return Unreadable(place, "is composed of too many others")
            waiting += [(*trail, part) for part in self._parts(each)]
        return None

    def operations(self) -> Iterator[Operation | Unreadable]:
        """Yield all operations, and the paths whose operations are unknown."""
        for path in self._document["paths"]:
            if path.startswith("x-"):
                continue
            place = ("paths", path)
            try:
                items = dict.fromkeys((self.follow(place), place))
            except Unreadable as problem:
                yield Unreadable(place, str(problem))
                continue
            found = {str(key).lower(): (*each, key) for each in items for key in self.find(each)}
            for method in METHODS:
                if method in found:
                    yield Operation(method, path, found[method], tuple(items))

    def _parts(self, place: Pointer) -> Iterator[Pointer]:
        node = self.find(place)
        if not isinstance(node, dict):
            return
        if "$ref" in node:
            with contextlib.suppress(Unreadable):  # it is reported when the place is read
                yield self.target(place)
        for key in COMPOSED:
            if isinstance(node.get(key), list):
                yield from ((*place, key, index) for index in range(len(node[key])))


def _named(node: Any) -> str:
    return "nothing" if node is None else f"{type(node).__name__} {node!r:.40}"

"""What a document promises and nobody ever saw: a check that is green for want of anything to look at.

A document that allows too much is contradicted by no answer: an enum with one value too many, a `required` that is
missing, a status that never comes. So each liberty has to be taken at least once while somebody looks.
"""

from __future__ import annotations

import fnmatch
import functools
import importlib.resources
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from causerie_spec.documents import operations, parameters
from causerie_spec.evidence import Evidence, evidence, promised_by
from causerie_spec.fault import Schemas
from causerie_spec.pointer import Pointer, look, resolve, spell

from ._text import decode

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_TYPES = {
    type(None): "null",
    bool: "boolean",
    int: "number",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
}
#: With one of these a schema says what values look like.
_SAYING = frozenset({"type", "enum", "const", "properties", "allOf", "anyOf", "oneOf"})


@attrs.frozen
class Unwitnessed:
    """One liberty of a document that was never seen to be taken."""

    vendor: str
    #: That it belongs to, or whose answer or request led to it first.
    operation: str
    #: JSON pointer into the document.
    pointer: str
    #: Such as `in an answer: null`, `in a request: left out`, or `status 429`.
    what: str
    evidence: Evidence | None
    #: Why it cannot be seen, from witnesses.toml; None when it should have been.
    reason: str | None
    #: The document's file, and the line of the place there.
    file: str = ""
    line: int | None = None

    def __str__(self) -> str:
        """For people."""
        place = f"{self.file}:{self.line} " if self.line else ""
        return f"never seen: {self.what}\n    at {place}#{self.pointer}\n    promised by {promised_by(self.evidence)}"


@attrs.frozen
class Acknowledged:
    """An entry of witnesses.toml: something that cannot be seen, and the reason."""

    #: Patterns of JSON pointers.
    at: tuple[str, ...]
    #: Patterns of `Unwitnessed.what`.
    what: tuple[str, ...]
    reason: str

    def covers(self, pointer: str, what: str) -> bool:
        """Say whether the entry is about that."""
        return any(fnmatch.fnmatchcase(pointer, pattern) for pattern in self.at) and any(
            fnmatch.fnmatchcase(what, pattern) for pattern in self.what
        )


@functools.cache
def acknowledged(vendor: str) -> tuple[Acknowledged, ...]:
    """Return the entries of witnesses.toml that are about every vendor, and those in the folder of this one."""
    ours = importlib.resources.files("causerie_contract")
    files = (ours / "witnesses.toml", ours / vendor / "witnesses.toml")
    return tuple(
        Acknowledged(
            tuple(entry.get("below", "") + pattern for pattern in entry["at"]),
            tuple(entry["what"]),
            entry["reason"],
        )
        for file in files
        if file.is_file()
        for entry in tomllib.loads(file.read_text("utf-8"))["entry"]
    )


def needless(vendor: str, unwitnessed: Iterable[Unwitnessed]) -> list[str]:
    """Return what witnesses.toml says cannot be seen of `vendor`, although it was: it is not `unwitnessed`."""
    missing = [(each.pointer, each.what) for each in unwitnessed]
    return [
        f"{pattern}: {what}"
        for entry in acknowledged(vendor)
        for pattern in entry.at
        for what in entry.what
        if not any(
            fnmatch.fnmatchcase(pointer, pattern) and fnmatch.fnmatchcase(said, what) for pointer, said in missing
        )
    ]


class Witnesses:
    """Observes every request and its answer, and remembers what was never seen."""

    def __init__(self, vendor: str, document: dict[str, Any]) -> None:
        self._vendor = vendor
        self._document = document
        self._operations = operations(document)
        self._schemas = Schemas(document)
        #: Whether it says int32 where it means that: then an integer without it may be larger.
        self._narrow = '"int32"' in json.dumps(document)
        self._spots: dict[tuple[str, Pointer], _Spot] = {}
        #: Where references end: values are looked at often.
        self._ends: dict[Pointer, Pointer] = {}
        self._known: set[tuple[object, ...]] = set()
        for name in self._operations:
            for status in look(document, (*self._place(name), "responses")):
                self._spot(name, "", (*self._place(name), "responses", status)).owe(f"status {status}")

    def observe(
        self,
        operation: str,
        status: int,
        *,
        media_type: str,
        headers: Iterable[str],
        body: bytes,
        query: Mapping[str, list[str]],
        sent: bytes,
    ) -> None:
        """Look at one answer and its request: the parsed `query`, and the body `sent` as JSON (empty for none)."""
        success = status // 100 == 2
        asked = (sent, tuple(map(str, query.items()))) if success else ()
        key = (operation, status, body, *asked)
        if key in self._known:
            return
        self._known.add(key)
        place = self._place(operation)
        if str(status) in look(self._document, (*place, "responses")):
            self._answer(operation, (*place, "responses", str(status)), media_type, headers, body)
        if success:
            self._query(operation, place, query)
            self._sent(operation, place, sent)

    @property
    def missing(self) -> list[Unwitnessed]:
        """Return what was never seen, in the order of operations and places."""
        order = list(self._operations)
        found = [
            self._unwitnessed(spot, what) for spot in self._spots.values() for what in sorted(spot.owed - spot.seen)
        ]
        return sorted(found, key=lambda each: (order.index(each.operation), each.pointer, each.what))

    def _unwitnessed(self, spot: _Spot, what: str) -> Unwitnessed:
        pointer, what = spell(spot.place), spot.side + what
        reason = next((each.reason for each in acknowledged(self._vendor) if each.covers(pointer, what)), None)
        return Unwitnessed(self._vendor, spot.operation, pointer, what, evidence(self._document, spot.place), reason)

    def _answer(self, operation: str, place: Pointer, media_type: str, headers: Iterable[str], body: bytes) -> None:
        self._spot(operation, "", place).seen.add(f"status {place[-1]}")
        place = resolve(self._document, place)
        node = look(self._document, place)
        given = {name.lower() for name in headers}
        for name in node.get("headers", ()):
            spot = self._spot(operation, "", (*place, "headers", name))
            spot.owe("the header")
            if name.lower() in given:
                spot.seen.add("the header")
        for name in node.get("content", ()):
            self._spot(operation, "", (*place, "content", name)).owe("the media type")
        if media_type in node.get("content", ()):
            self._spot(operation, "", (*place, "content", media_type)).seen.add("the media type")
            value = _value(body)
            if value is not _NOTHING:
                self._walk(operation, "in an answer: ", (*place, "content", media_type, "schema"), value)

    def _query(self, operation: str, place: Pointer, query: Mapping[str, list[str]]) -> None:
        for where, node in parameters(self._document, place):
            if node["in"] != "query":
                continue
            if not node.get("required"):
                self._spot(operation, "in a request: ", where).choose(node["name"] in query)
            schema = self._spot(operation, "in a request: ", resolve(self._document, (*where, "schema")))
            schema.owe(*map(_named, schema.node.get("enum", ())))
            schema.seen.update(map(_named, query.get(node["name"], ())))

    def _sent(self, operation: str, place: Pointer, sent: bytes) -> None:
        if "requestBody" not in look(self._document, place):
            return
        body = resolve(self._document, (*place, "requestBody"))
        node = look(self._document, body)
        value = _value(sent)
        if not node.get("required"):
            self._spot(operation, "in a request: ", body).choose(value is not _NOTHING)
        if value is not _NOTHING and "application/json" in node["content"]:
            self._walk(operation, "in a request: ", (*body, "content", "application/json", "schema"), value)

    def _walk(self, operation: str, side: str, place: Pointer, value: Any) -> None:
        """Note what has to be seen where `value` stands, and what is seen there now."""
        end = self._ends.get(place)
        if end is None:
            end = self._ends[place] = resolve(self._document, place)
        spot = self._spot(operation, side, end)
        spot.take(value, narrow=self._narrow)
        if isinstance(value, dict):
            for name in spot.open:
                self._spot(operation, side, (*spot.place, "properties", name)).choose(name in value)
            spot.open = [name for name in spot.open if not self._spots[side, (*spot.place, "properties", name)].chosen]
            for name in value.keys() & spot.properties:
                self._walk(operation, side, (*spot.place, "properties", name), value[name])
        elif isinstance(value, list) and "items" in spot.node:
            items = self._spot(operation, side, (*spot.place, "items"))
            items.owe("an item")
            for item in value:
                items.seen.add("an item")
                # Answers repeat records; one that was walked through before shows nothing new.
                key = (side, items.place, json.dumps(item))
                if key not in self._known:
                    self._known.add(key)
                    self._walk(operation, side, items.place, item)
        for index, _ in enumerate(spot.node.get("allOf", ())):
            self._walk(operation, side, (*spot.place, "allOf", index), value)
        for keyword in ("anyOf", "oneOf"):
            for index, _ in enumerate(spot.node.get(keyword, ())):
                alternative = self._spot(operation, side, (*spot.place, keyword, index))
                alternative.owe("the alternative")
                if self._schemas.allows(alternative.place, value):
                    alternative.seen.add("the alternative")
                    self._walk(operation, side, alternative.place, value)

    def _spot(self, operation: str, side: str, place: Pointer) -> _Spot:
        spot = self._spots.get((side, place))
        if spot is None:
            spot = self._spots[side, place] = _Spot(operation, side, place, look(self._document, place))
        return spot

    def _place(self, operation: str) -> Pointer:
        method, path = self._operations[operation]
        return ("paths", path, method)


class _Spot:
    """A place in the document, and what was seen of it."""

    def __init__(self, operation: str, side: str, place: Pointer, node: Any) -> None:
        self.operation = operation
        self.side = side
        self.place = place
        self.node = node
        self.owed = set[str]()
        self.seen = set[str]()
        self.properties = frozenset(node.get("properties", ()))
        #: Fields of which not all was seen yet.
        self.open = [name for name in node.get("properties", ()) if name not in node.get("required", ())]
        kinds = node.get("type", ())
        self._kinds = [kinds] if isinstance(kinds, str) else kinds
        self._plain = not node.keys() & {"format", "enum", "const", "pattern"}

    @property
    def chosen(self) -> bool:
        """Whether it was given, and was left out."""
        return {"given", "left out"} <= self.seen

    def owe(self, *whats: str) -> None:
        """Note that these have to be seen."""
        self.owed.update(whats)

    def choose(self, given: bool) -> None:
        """Note that what may be left out is given, or is left out."""
        self.owe("given", "left out")
        self.seen.add("given" if given else "left out")

    def take(self, value: Any, *, narrow: bool) -> None:
        """Note that a value stands here."""
        if "enum" in self.node:
            self.owe(*map(_named, self.node["enum"]))
            self.seen.add(_named(value))
        kind = _TYPES[type(value)]
        if len(self._kinds) > 1:
            self.owe(*self._kinds)
            self.seen |= {each for each in self._kinds if kind in {each, "number" if each == "integer" else each}}
        if not _SAYING & self.node.keys():
            self.owe(f"anything but {kind}")
            self.seen |= {f"anything but {each}" for each in _TYPES.values() if each != kind}
        for what, so in self._narrower(value, narrow=narrow):
            if so:
                self.owe(what)
            else:
                self.seen.add(what)

    def _narrower(self, value: Any, *, narrow: bool) -> Iterator[tuple[str, bool]]:
        """Yield what is allowed beyond a narrower promise that could have been made, and whether `value` keeps that."""
        if isinstance(value, str) and "string" in self._kinds and self._plain:
            yield "text that is no date-time", _TIME.fullmatch(value) is not None
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            if "number" in self._kinds:
                yield "a number that is no integer", isinstance(value, int) or value.is_integer()
            elif "integer" in self._kinds and narrow and self._plain and not self.node.keys() & {"minimum", "maximum"}:
                yield "an integer of more than 32 bits", -(2**31) <= value < 2**31


_NOTHING: Any = object()


def _value(body: bytes) -> Any:
    try:
        return decode(body)
    except ValueError:
        return _NOTHING


def _named(value: Any) -> str:
    return f"the value {json.dumps(value)}"

"""Compares the operations of two documents, and yields each difference with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from . import operation
from .difference import MISSED, NAME, Difference
from .documents import describe
from .pointer import Pointer, look, resolve
from .same import Same
from .shape import ANY, DEPTH, UNREAD, Places, Shape, shape


def differences(base: dict[str, Any], head: dict[str, Any]) -> list[Difference]:
    """Return all differences between `base` and `head`, in the order of `base`. Prose and examples do not count."""
    return list(Walk(base, head).run())


class Walk:
    """The comparison of two documents."""

    def __init__(self, base: dict[str, Any], head: dict[str, Any]) -> None:
        self._base = base
        self._head = head
        self._same = Same(base, head)
        self._operation = ""
        self._seen: set[tuple[Places | Pointer, Places, bool]] = set()
        self._renamed: set[str] = set()
        self._depth = 0
        #: Places that only the second document describes, with the difference above them.
        self.ends: list[tuple[Difference, Places]] = []
        #: The compared places of the first document, in words.
        self.reached = {"servers"}

    def run(self) -> Iterator[Difference]:
        """Yield all differences."""
        before, after = map(operation.servers, self._both())
        if before != after:
            yield self._made("server", before, after, sent=True, where="servers", pointer=("servers",))
        yield from self._operations()
        for name in _components(self._base):
            if name not in self._renamed and name not in _components(self._head):
                pointer = ("components", "schemas", name)
                yield self._made("component", name, None, sent=True, where=name, pointer=pointer)

    def _both(self) -> tuple[dict[str, Any], dict[str, Any]]:
        return self._base, self._head

    def _operations(self) -> Iterator[Difference]:
        base, head = operation.by_path(self._base), operation.by_path(self._head)
        if not base.keys() & head.keys():
            base, head = (operation.by_path(each, operation.prefix(each)) for each in self._both())
        for key in [*base, *(key for key in head if key not in base)]:
            place = base.get(key) or head[key]
            self._operation = f"{str(place[2]).upper()} {place[1]}"
            self._seen.clear()
            if key in base and key in head:
                if not self._same.holds(base[key], head[key]):
                    yield from self._pair(base[key], head[key])
            else:
                pair = (self._operation, None) if key in base else (None, self._operation)
                yield self._made("operation", *pair, sent=True, where=self._operation, pointer=base.get(key, ()))

    def _pair(self, base: Pointer, head: Pointer) -> Iterator[Difference]:
        one, other = look(self._base, base), look(self._head, head)
        where = self._operation
        self.reached.add(where)
        pairs = {
            "operationId": (one.get("operationId"), other.get("operationId")),
            "tags": (tuple(one.get("tags", ())), tuple(other.get("tags", ()))),
            "argument": (operation.arguments(base[1]), operation.arguments(head[1])),
        }
        for aspect, (before, after) in pairs.items():
            if before != after:
                yield self._made(aspect, before, after, sent=True, where=where, pointer=base)
        items = look(self._base, base[:-1]), look(self._head, head[:-1])
        before, after = (
            operation.servers(each) or operation.servers(item) for each, item in zip((one, other), items, strict=True)
        )
        if before != after:
            yield self._made("server", before, after, sent=True, where=where, pointer=base)
        yield from self._security(base, one, other)
        yield from self._parameters(base, head)
        yield from self._body(base, head, one, other)
        yield from self._answers(base, head)

    def _security(self, pointer: Pointer, one: dict[str, Any], other: dict[str, Any]) -> Iterator[Difference]:
        before, after = operation.requirements(self._base, one), operation.requirements(self._head, other)
        if tuple(before.values()) != tuple(after.values()):
            where = f"scheme {' '.join(before)}" if tuple(before) == tuple(after) else self._operation
            pair = tuple(before.values()), tuple(after.values())
            yield self._made("security", *pair, sent=True, where=where, pointer=pointer)

    def _parameters(self, base: Pointer, head: Pointer) -> Iterator[Difference]:
        ours, theirs = operation.sent(self._base, base), operation.sent(self._head, head)
        for key in [*ours, *(key for key in theirs if key not in ours)]:
            one, other = ours.get(key), theirs.get(key)
            nodes = look(self._base, one or ()), look(self._head, other or ())
            inner = operation.schema(one or (), nodes[0]), operation.schema(other or (), nodes[1])
            if one is None or other is None:
                node = nodes[0] if one else nodes[1]
                aspect = "required parameter" if operation.is_required(node) else "parameter"
                if one:
                    where = describe(self._base, one)
                    yield self._made(aspect, _kind(self._base, inner[0]), None, sent=True, where=where, pointer=one)
                else:
                    where = f"{self._operation} {node['in']} {node['name']}"
                    yield self._theirs(aspect, inner[1], sent=True, where=where, pointer=base)
                continue
            where = describe(self._base, one)
            self.reached.add(where)
            for aspect, read in (("required", operation.is_required), ("style", operation.style), (NAME, _name)):
                before, after = map(read, nodes)
                if before != after:
                    yield self._made(aspect, before, after, sent=True, where=where, pointer=one, opposite=other)
            yield from self._schemas(*inner, (*one, "schema"), sent=True)

    def _body(self, base: Pointer, head: Pointer, one: dict[str, Any], other: dict[str, Any]) -> Iterator[Difference]:
        if "requestBody" not in one or "requestBody" not in other:
            for node, document, place in ((one, self._base, base), (other, self._head, head)):
                if "requestBody" in node:
                    inner = resolve(document, (*place, "requestBody"))
                    body = look(document, inner)
                    media = tuple(operation.media(body.get("content", ())))
                    aspect = "required body" if operation.is_required(body) else "body"
                    pair = (media, None) if node is one else (None, media)
                    found = self._made(aspect, *pair, sent=True, where=f"{self._operation} body", pointer=base)
                    for each in operation.schema(inner, body) if node is other else ():
                        self._end(found, (each,))
                    yield found
            return
        place = resolve(self._base, (*base, "requestBody"))
        opposite = resolve(self._head, (*head, "requestBody"))
        if UNREAD in look(self._head, opposite):
            return
        nodes = look(self._base, place), look(self._head, opposite)
        before, after = map(operation.is_required, nodes)
        if before != after:
            yield self._made("required", before, after, sent=True, where=describe(self._base, place), pointer=place)
        yield from self._contents(place, opposite, sent=True)

    def _answers(self, base: Pointer, head: Pointer) -> Iterator[Difference]:
        ours, theirs = (operation.answers(*each) for each in ((self._base, base), (self._head, head)))
        for status in [*ours, *(status for status in theirs if status not in ours)]:
            one, other = operation.covering(ours, status), operation.covering(theirs, status)
            if other is not None and UNREAD in look(self._head, other):
                continue
            if one is not None and other is not None:
                self.reached.add(f"{self._operation} {status}")
                yield from self._contents(one, other, sent=False)
                yield from self._headers(one, other)
            else:
                pair = (status, None) if one else (None, status)
                where = f"{self._operation} {status}"
                found = self._made("status", *pair, sent=False, where=where, pointer=(*base, "responses"))
                for each in operation.schema(other, look(self._head, other)) if other else ():
                    self._end(found, (each,))
                yield found

    def _contents(self, base: Pointer, head: Pointer, *, sent: bool) -> Iterator[Difference]:
        ours, theirs = (
            operation.media(look(*each).get("content", {})) for each in ((self._base, base), (self._head, head))
        )
        where = describe(self._base, base)
        self.reached.add(where)
        if ours.keys() != theirs.keys():
            pair = tuple(ours), tuple(theirs)
            found = self._made("media type", *pair, sent=sent, where=where, pointer=base, opposite=head)
            for media in theirs.keys() - ours.keys():
                place = (*head, "content", theirs[media])
                self._end(found, operation.schema(place, look(self._head, place)))
            yield found
        for media, key in ours.items():
            if media in theirs:
                one, other = (*base, "content", key), (*head, "content", theirs[media])
                inner = operation.schema(one, look(self._base, one)), operation.schema(other, look(self._head, other))
                yield from self._schemas(*inner, (*one, "schema"), sent=sent)

    def _headers(self, base: Pointer, head: Pointer) -> Iterator[Difference]:
        ours, theirs = (
            {name.lower(): (*place, "headers", name) for name in look(document, place).get("headers", ())}
            for document, place in ((self._base, base), (self._head, head))
        )
        for name in [*ours, *(name for name in theirs if name not in ours)]:
            if name in ours and name in theirs:
                one, other = resolve(self._base, ours[name]), resolve(self._head, theirs[name])
                nodes = look(self._base, one), look(self._head, other)
                self.reached.add(describe(self._base, one))
                if UNREAD in nodes[1]:
                    continue
                before, after = map(operation.is_required, nodes)
                if before != after:
                    yield self._at("required", before, after, sent=False, pointer=one)
                inner = operation.schema(one, nodes[0]), operation.schema(other, nodes[1])
                yield from self._schemas(*inner, (*one, "schema"), sent=False)
            else:
                pair = (name, None) if name in ours else (None, name)
                where = f"{describe(self._base, base)} header {name}"
                found = self._made("header", *pair, sent=False, where=where, pointer=base)
                if name in theirs:
                    place = resolve(self._head, theirs[name])
                    self._end(found, operation.schema(place, look(self._head, place)))
                yield found

    def _schemas(self, base: Places, head: Places, place: Pointer, *, sent: bool) -> Iterator[Difference]:
        """Compare two schemas. `place` is their place in the first document; without a schema, any value is allowed."""
        if (base or place, head, sent) in self._seen:
            return
        self._seen.add((base or place, head, sent))
        if self._depth == DEPTH:
            yield self._at(MISSED, None, f"is more than {DEPTH} schemas deep", sent, place)
            return
        self._depth += 1
        yield from self._shapes(base, head, place, sent=sent)
        self._depth -= 1

    def _shapes(self, base: Places, head: Places, place: Pointer, *, sent: bool) -> Iterator[Difference]:
        one, other = shape(self._base, base), shape(self._head, head)
        if one.chooses and other.properties and not other.variants:
            other = other.alone()
        elif other.chooses and one.properties and not one.variants and _is_among(one, self._head, other):
            one = one.alone()
        use, home = (base[-1], one.home) if base else (place, place)
        self.reached |= {describe(self._base, use), describe(self._base, home)}
        if one.name != other.name and not other.unread:
            yield self._component(one.name, other.name, sent, use)
        kinds = None
        for aspect, before, after in () if other.unread else _facts(one, other):
            found = self._at(aspect, before, after, sent, use if aspect == "nullable" else home, other.home)
            kinds = found if aspect == "type" else kinds
            yield found
        if kinds and (one.free or not (other.variants or one.types & other.types & {"object", "array"})):
            self._end(kinds, head)
        if one.free or other.free:
            return
        if "object" in one.types & other.types:
            yield from self._objects(one, other, sent=sent)
        if "array" in one.types & other.types and (one.items or other.items):
            yield from self._schemas(one.items, other.items, (*home, "items"), sent=sent)
        yield from self._variants(one, other, sent=sent)

    def _objects(self, one: Shape, other: Shape, *, sent: bool) -> Iterator[Difference]:
        if one.closed != other.closed and not other.unread:
            found = self._at("closed", one.closed, other.closed, sent, one.home, other.home)
            self._end(found, other.additional)
            yield found
        elif one.additional or other.additional:
            place = (*one.home, "additionalProperties")
            yield from self._schemas(one.additional, other.additional, place, sent=sent)
        if other.properties and not one.properties:
            yield self._at("fields", None, tuple(sorted(other.properties)), sent, one.home, other.home)
        for name in [*one.properties, *(name for name in other.properties if name not in one.properties)]:
            yield from self._field(name, one, other, sent=sent)
        unnamed = (one.required ^ other.required) - one.properties.keys() - other.properties.keys()
        for name in sorted(() if other.unread else unnamed):
            where = f"{describe(self._base, one.home)}.{name}"
            pair = name in one.required, name in other.required
            yield self._made("required", *pair, sent=sent, where=where, pointer=one.home, opposite=other.home)

    def _field(self, name: str, one: Shape, other: Shape, *, sent: bool) -> Iterator[Difference]:
        ours, theirs = one.properties.get(name, ()), other.properties.get(name, ())
        aspect = "required field" if name in (one if ours else other).required else "field"
        where = f"{describe(self._base, one.home)}.{name}"
        if ours and theirs:
            before, after = name in one.required, name in other.required
            if before != after and not other.unread:
                pointers = {"pointer": ours[-1], "opposite": theirs[-1]}
                yield self._made("required", before, after, sent=sent, where=where, **pointers)
            yield from self._schemas(ours, theirs, ours[-1], sent=sent)
        elif theirs:
            yield self._theirs(aspect, theirs, sent=sent, where=where, pointer=one.home)
        elif not other.unread:
            where = describe(self._base, ours[-1])
            kind = _kind(self._base, ours)
            yield self._made(aspect, kind, None, sent=sent, where=where, pointer=ours[-1], opposite=other.home)

    def _variants(self, one: Shape, other: Shape, *, sent: bool) -> Iterator[Difference]:
        ours, theirs = dict(one.variants), _called(self._base, one, self._head, other)
        for key in [*ours, *(key for key in theirs if key not in ours)]:
            if key in ours and key in theirs:
                yield from self._schemas((ours[key],), (theirs[key],), ours[key], sent=sent)
            elif key in theirs and UNREAD not in look(self._head, theirs[key]):
                found = self._at("variant", None, key, sent, one.home, theirs[key])
                self._end(found, (theirs[key],))
                yield found
            elif key in ours and not other.unread:
                yield self._at("variant", key, None, sent, one.home, other.home)

    def _component(self, before: str | None, after: str | None, sent: bool, use: Pointer) -> Difference:
        if before is None or before in _components(self._head):
            return self._at("component", before, after, sent, use)
        self._renamed.add(before)
        return self._at("component", before, after, sent, ("components", "schemas", before))

    def _theirs(self, aspect: str, places: Places, *, sent: bool, where: str, pointer: Pointer) -> Difference:
        kind = _kind(self._head, places)
        opposite = places[-1] if places else ()
        found = self._made(aspect, None, kind, sent=sent, where=where, pointer=pointer, opposite=opposite)
        self._end(found, places)
        return found

    def _end(self, found: Difference, places: Places) -> None:
        """Record that the schemas at `places`, below `found`, have no counterpart to compare."""
        if places:
            self.ends.append((found, places))

    def _at(  # noqa: PLR0917 -- the parts of every difference
        self, aspect: str, before: Any, after: Any, sent: bool, pointer: Pointer, opposite: Pointer = ()
    ) -> Difference:
        where, pointer = describe(self._base, pointer), _there(self._base, pointer)
        return self._made(aspect, before, after, sent=sent, where=where, pointer=pointer, opposite=opposite)

    def _made(
        self,
        aspect: str,
        before: Any,
        after: Any,
        *,
        sent: bool,
        where: str,
        pointer: Pointer,
        opposite: Pointer = (),
    ) -> Difference:
        return Difference(self._operation, where, aspect, before, after, sent, pointer, opposite)


def _there(document: dict[str, Any], pointer: Pointer) -> Pointer:
    """Return `pointer`, or the nearest place around it if the document has nothing there."""
    while True:
        try:
            look(document, pointer)
        except (LookupError, TypeError, ValueError):
            pointer = pointer[:-1]
        else:
            return pointer


def _components(document: dict[str, Any]) -> Mapping[str, Any]:
    schemas: Mapping[str, Any] = document.get("components", {}).get("schemas", {})
    return schemas


def _kind(document: dict[str, Any], places: Places) -> tuple[str, ...]:
    return shape(document, places).kind


def _is_among(one: Shape, head: dict[str, Any], other: Shape) -> bool:
    """Return whether `one` has become an alternative of `other`, with the same or nearly the same fields."""
    most = max(one.alike(shape(head, (place,))) for place in other.variants.values())
    return most > 1.8


def _called(base: dict[str, Any], one: Shape, head: dict[str, Any], other: Shape) -> dict[str, Pointer]:
    """Return the alternatives of `other` by the keys of their counterparts in `one`.

    Counterparts have the same name or value, or the most fields in common, or are the remaining ones at one position.
    """
    found = {key: other.variants[key] for key in one.variants if key in other.variants and not key.isdecimal()}
    ours = {key: shape(base, (place,)) for key, place in one.variants.items() if key not in found}
    theirs = {key: shape(head, (place,)) for key, place in other.variants.items() if key not in found}
    if "discriminator" not in one.keywords or "discriminator" not in other.keywords:
        pairs = [(mine.alike(its), key, match) for key, mine in ours.items() for match, its in theirs.items()]
        for alike, key, match in sorted(pairs, key=lambda pair: -pair[0]):
            if alike and key in ours and match in theirs:
                found[key] = other.variants[match]
                del ours[key], theirs[match]
    same = len(one.variants) == len(other.variants)
    left = zip(ours, theirs, strict=True) if same else ((each, each) for each in theirs)
    return found | {key: other.variants[match] for key, match in left}


def _name(node: dict[str, Any]) -> str | None:
    name: str | None = node.get(NAME)
    return name


def _facts(one: Shape, other: Shape) -> Iterator[tuple[str, Any, Any]]:
    """Yield the facts about the value itself in which two schemas differ."""
    if ("null" in one.types) != ("null" in other.types) and ANY not in {one.types, other.types}:
        yield "nullable", "null" in one.types, "null" in other.types
    if one.kind != other.kind:
        yield "type", one.kind, other.kind
    if one.values != other.values:
        yield "enum", one.values, other.values
    for keyword in sorted(one.keywords.keys() | other.keywords.keys()):
        before, after = one.keywords.get(keyword), other.keywords.get(keyword)
        if before != after:
            yield keyword, before, after

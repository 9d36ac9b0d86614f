"""Two documents side by side: everything in which their operations differ, each difference at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .documents import METHODS, describe, parameters
from .pointer import Pointer, look, resolve
from .same import Same
from .shape import ANY, DEPTH, UNREAD, Places, Shape, shape

#: The requirement of an operation that needs no credential.
OPEN = "none"

#: The aspect of what could not be compared.
MISSED = "unread"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which two documents differ. A sequence is a tuple; None stands for what is not there."""

    #: Method and path, as the first document writes them where it has them.
    operation: str
    #: Such as `Conversation.user`, `GET /external/conversations query page`; the same for one place however reached.
    where: str
    #: A keyword of OpenAPI or JSON Schema, or what is there in one document only: `field`, `required parameter`.
    aspect: str
    before: Any
    after: Any
    #: Whether it travels in requests; in answers otherwise.
    sent: bool
    #: The nearest place in the first document; empty where that has nothing near.
    pointer: Pointer

    @property
    def cause(self) -> tuple[str, str, str, str]:
        """What makes two differences the same: one place is reached through many operations."""
        return self.where, self.aspect, repr(self.before), repr(self.after)


def differences(base: dict[str, Any], head: dict[str, Any]) -> list[Difference]:
    """Return everything in which `head` differs from `base`, in its order. Prose and examples do not count."""
    return list(_Walk(base, head).run())


def told(value: Any) -> str:
    """Spell a `before` or an `after` for people."""
    if isinstance(value, tuple):
        return "|".join(map(str, value))
    return "absent" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


class _Walk:
    def __init__(self, base: dict[str, Any], head: dict[str, Any]) -> None:
        self._base = base
        self._head = head
        self._same = Same(base, head)
        self._operation = ""
        self._seen: set[tuple[Places | Pointer, Places, bool]] = set()
        self._renamed: set[str] = set()
        self._depth = 0

    def run(self) -> Iterator[Difference]:
        before, after = map(_servers, self._both())
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
        base, head = _by_path(self._base, ""), _by_path(self._head, "")
        if not base.keys() & head.keys():
            base, head = (_by_path(each, _prefix(each)) for each in self._both())
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
        pairs = {
            "operationId": (one.get("operationId"), other.get("operationId")),
            "tags": (tuple(one.get("tags", ())), tuple(other.get("tags", ()))),
            "argument": (_arguments(base[1]), _arguments(head[1])),
        }
        for aspect, (before, after) in pairs.items():
            if before != after:
                yield self._made(aspect, before, after, sent=True, where=where, pointer=base)
        yield from self._security(base, one, other)
        yield from self._parameters(base, head)
        yield from self._body(base, head, one, other)
        yield from self._answers(base, head)

    def _security(self, pointer: Pointer, one: dict[str, Any], other: dict[str, Any]) -> Iterator[Difference]:
        before, after = _requirements(self._base, one), _requirements(self._head, other)
        if tuple(before.values()) != tuple(after.values()):
            where = f"scheme {' '.join(before)}" if tuple(before) == tuple(after) else self._operation
            pair = tuple(before.values()), tuple(after.values())
            yield self._made("security", *pair, sent=True, where=where, pointer=pointer)

    def _parameters(self, base: Pointer, head: Pointer) -> Iterator[Difference]:
        ours, theirs = _parameters(self._base, base), _parameters(self._head, head)
        for key in [*ours, *(key for key in theirs if key not in ours)]:
            one, other = ours.get(key), theirs.get(key)
            if one is None or other is None:
                node = look(self._base, one) if one else look(self._head, other or ())
                pair = (_kind(self._base, one), None) if one else (None, _kind(self._head, other or ()))
                where = describe(self._base, one) if one else f"{self._operation} {node['in']} {node['name']}"
                aspect = "required parameter" if node.get("required") else "parameter"
                yield self._made(aspect, *pair, sent=True, where=where, pointer=one or base)
                continue
            where = describe(self._base, one)
            nodes = look(self._base, one), look(self._head, other)
            for aspect, read in (("required", _required), ("style", _style)):
                before, after = map(read, nodes)
                if before != after:
                    yield self._made(aspect, before, after, sent=True, where=where, pointer=one)
            yield from self._schemas(_inner(one, nodes[0]), _inner(other, nodes[1]), (*one, "schema"), sent=True)

    def _body(self, base: Pointer, head: Pointer, one: dict[str, Any], other: dict[str, Any]) -> Iterator[Difference]:
        if "requestBody" not in one or "requestBody" not in other:
            for node, document, place in ((one, self._base, base), (other, self._head, head)):
                if "requestBody" in node:
                    body = look(document, resolve(document, (*place, "requestBody")))
                    media = tuple(body.get("content", ()))
                    aspect = "required body" if _required(body) else "body"
                    pair = (media, None) if node is one else (None, media)
                    yield self._made(aspect, *pair, sent=True, where=f"{self._operation} body", pointer=base)
            return
        place = resolve(self._base, (*base, "requestBody"))
        opposite = resolve(self._head, (*head, "requestBody"))
        if UNREAD in look(self._head, opposite):
            return
        before, after = _required(look(self._base, place)), _required(look(self._head, opposite))
        if before != after:
            yield self._made("required", before, after, sent=True, where=describe(self._base, place), pointer=place)
        yield from self._contents(place, opposite, sent=True)

    def _answers(self, base: Pointer, head: Pointer) -> Iterator[Difference]:
        ours, theirs = (_answers(*each) for each in ((self._base, base), (self._head, head)))
        for status in [*ours, *(status for status in theirs if status not in ours)]:
            one, other = _answer(ours, status), _answer(theirs, status)
            if other is not None and UNREAD in look(self._head, other):
                continue
            if one is not None and other is not None:
                yield from self._contents(one, other, sent=False)
                yield from self._headers(one, other)
            else:
                pair = (status, None) if one else (None, status)
                where = f"{self._operation} {status}"
                yield self._made("status", *pair, sent=False, where=where, pointer=(*base, "responses"))

    def _contents(self, base: Pointer, head: Pointer, *, sent: bool) -> Iterator[Difference]:
        ours, theirs = (look(*each).get("content", {}) for each in ((self._base, base), (self._head, head)))
        if ours.keys() != theirs.keys():
            where = describe(self._base, base)
            yield self._made("media type", tuple(ours), tuple(theirs), sent=sent, where=where, pointer=base)
        for media, node in ours.items():
            if media in theirs:
                one, other = ((*place, "content", media) for place in (base, head))
                inner = _inner(one, node), _inner(other, theirs[media])
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
                if UNREAD in nodes[1]:
                    continue
                before, after = map(_required, nodes)
                if before != after:
                    yield self._at("required", before, after, sent=False, pointer=one)
                inner = _inner(one, nodes[0]), _inner(other, nodes[1])
                yield from self._schemas(*inner, (*one, "schema"), sent=False)
            else:
                pair = (name, None) if name in ours else (None, name)
                where = f"{describe(self._base, base)} header {name}"
                yield self._made("header", *pair, sent=False, where=where, pointer=base)

    def _schemas(self, base: Places, head: Places, place: Pointer, *, sent: bool) -> Iterator[Difference]:
        """Compare two schemas. `place` is where the first document would have one; without one it allows any value."""
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
        if one.unread or other.unread:
            return
        use, home = (base[-1], one.home) if base else (place, place)
        if one.name != other.name:
            yield self._component(one.name, other.name, sent, use)
        if ("null" in one.types) != ("null" in other.types) and ANY not in {one.types, other.types}:
            yield self._at("nullable", "null" in one.types, "null" in other.types, sent, use)
        if _types(one) != _types(other):
            yield self._at("type", _types(one), _types(other), sent, home)
        if _values(one) != _values(other):
            yield self._at("enum", _values(one), _values(other), sent, home)
        for keyword in sorted(one.keywords.keys() | other.keywords.keys()):
            before, after = one.keywords.get(keyword), other.keywords.get(keyword)
            if before != after:
                yield self._at(keyword, before, after, sent, home)
        if one.free or other.free:
            return
        if "object" in one.types & other.types:
            yield from self._objects(one, other, sent=sent)
        if "array" in one.types & other.types and (one.items or other.items):
            yield from self._schemas(one.items, other.items, (*home, "items"), sent=sent)
        yield from self._variants(one, other, sent=sent)

    def _objects(self, one: Shape, other: Shape, *, sent: bool) -> Iterator[Difference]:
        if one.closed != other.closed:
            yield self._at("closed", one.closed, other.closed, sent, one.home)
        elif one.additional or other.additional:
            place = (*one.home, "additionalProperties")
            yield from self._schemas(one.additional, other.additional, place, sent=sent)
        for name in [*one.properties, *(name for name in other.properties if name not in one.properties)]:
            ours, theirs = one.properties.get(name, ()), other.properties.get(name, ())
            owner = one if ours else other
            aspect = "required field" if name in owner.required else "field"
            where = f"{describe(self._base, one.home)}.{name}"
            if ours and theirs:
                before, after = name in one.required, name in other.required
                if before != after:
                    yield self._made("required", before, after, sent=sent, where=where, pointer=ours[-1])
                yield from self._schemas(ours, theirs, ours[-1], sent=sent)
            elif ours:
                kind = _types(shape(self._base, ours))
                where = describe(self._base, ours[-1])
                yield self._made(aspect, kind, None, sent=sent, where=where, pointer=ours[-1])
            else:
                kind = _types(shape(self._head, theirs))
                yield self._made(aspect, None, kind, sent=sent, where=where, pointer=one.home)
        for name in sorted((one.required ^ other.required) - one.properties.keys() - other.properties.keys()):
            where = f"{describe(self._base, one.home)}.{name}"
            pair = name in one.required, name in other.required
            yield self._made("required", *pair, sent=sent, where=where, pointer=one.home)

    def _variants(self, one: Shape, other: Shape, *, sent: bool) -> Iterator[Difference]:
        ours, theirs = dict(one.variants), dict(other.variants)
        if len(ours) == len(theirs) and all(key.isdecimal() for key in ours.keys() & theirs.keys()):
            theirs = dict(zip(ours, theirs.values(), strict=True))  # the names differ, the order says who is who
        for key in [*ours, *(key for key in theirs if key not in ours)]:
            if key in ours and key in theirs:
                yield from self._schemas((ours[key],), (theirs[key],), ours[key], sent=sent)
            else:
                before, after = (key if key in side else None for side in (ours, theirs))
                yield self._at("variant", before, after, sent, one.home)

    def _component(self, before: str | None, after: str | None, sent: bool, use: Pointer) -> Difference:
        if before is None or before in _components(self._head):
            return self._at("component", before, after, sent, use)
        self._renamed.add(before)
        return self._at("component", before, after, sent, ("components", "schemas", before))

    def _at(self, aspect: str, before: Any, after: Any, sent: bool, pointer: Pointer) -> Difference:
        where = describe(self._base, pointer)
        return self._made(aspect, before, after, sent=sent, where=where, pointer=_there(self._base, pointer))

    def _made(self, aspect: str, before: Any, after: Any, *, sent: bool, where: str, pointer: Pointer) -> Difference:
        return Difference(self._operation, where, aspect, before, after, sent, pointer)


def _there(document: dict[str, Any], pointer: Pointer) -> Pointer:
    """Return `pointer`, or the place around it when the document has nothing there."""
    try:
        look(document, pointer)
    except LookupError:
        return pointer[:-1]
    return pointer


def _by_path(document: dict[str, Any], prefix: str) -> dict[str, Pointer]:
    return {
        f"{method} {prefix}{re.sub(r'{[^}]*}', '{}', path)}": ("paths", path, method)
        for path, item in document.get("paths", {}).items()
        for method in METHODS
        if method in item
    }


def _components(document: dict[str, Any]) -> Mapping[str, Any]:
    schemas: Mapping[str, Any] = document.get("components", {}).get("schemas", {})
    return schemas


def _servers(document: dict[str, Any]) -> tuple[str, ...]:
    return tuple(server["url"].rstrip("/") for server in document.get("servers", ()))


def _prefix(document: dict[str, Any]) -> str:
    return urlsplit((*_servers(document), "")[0]).path


def _arguments(path: str | int) -> tuple[str, ...]:
    """Return the names of the path's parameters, in the order in which the generated function takes them."""
    return tuple(re.findall(r"{([^}]*)}", str(path)))


def _parameters(document: dict[str, Any], operation: Pointer) -> dict[tuple[str, str | int], Pointer]:
    """Return the places of an operation's parameters; those of the path by position, for their names never travel."""
    found = dict[tuple[str, str | int], Pointer]()
    arguments = _arguments(operation[1])
    for place, node in parameters(document, operation):
        name = node["name"].lower() if node["in"] == "header" else node["name"]
        found[node["in"], arguments.index(name) if node["in"] == "path" else name] = place
    return found


def _answers(document: dict[str, Any], operation: Pointer) -> dict[str, Pointer]:
    responses = look(document, operation).get("responses", {})
    return {str(status): resolve(document, (*operation, "responses", status)) for status in responses}


def _answer(answers: Mapping[str, Pointer], status: str) -> Pointer | None:
    """Return the answer of `status`; an error without an answer of its own is covered by `4XX` or `default`."""
    own = answers.get(status)
    if own is not None or status.startswith("2"):
        return own
    return answers.get(f"{status[0]}XX") or answers.get("default")


def _requirements(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, str]:
    """Return, by the names of its schemes, what each alternative of an operation's security demands."""
    schemes = document.get("components", {}).get("securitySchemes", {})
    alternatives = operation.get("security", document.get("security", ())) or [{}]
    return {
        "+".join(sorted(each)) or OPEN: "+".join(sorted(_scheme(schemes[name]) for name in each)) or OPEN
        for each in alternatives
    }


def _scheme(scheme: dict[str, Any]) -> str:
    words = (scheme["type"], scheme.get("in"), scheme.get("name"), scheme.get("scheme"))
    return " ".join(str(word).lower() for word in (*words, scheme.get("x-credential-prefix")) if word).strip()


def _required(node: dict[str, Any]) -> bool:
    return bool(node.get("required", False))


def _style(node: dict[str, Any]) -> tuple[str, bool]:
    style: str = node.get("style", "form" if node["in"] in {"query", "cookie"} else "simple")
    return style, node.get("explode", style == "form")


def _inner(place: Pointer, node: dict[str, Any]) -> Places:
    return ((*place, "schema"),) if "schema" in node else ()


def _kind(document: dict[str, Any], place: Pointer) -> tuple[str, ...]:
    return _types(shape(document, _inner(place, look(document, place))))


def _values(made: Shape) -> tuple[Any, ...] | None:
    return None if made.enum is None else tuple(sorted(made.enum, key=str))


def _types(made: Shape) -> tuple[str, ...]:
    """Return the types without null, written as a schema would write them."""
    if made.types == ANY:
        return ("any",)
    hidden = {"null", "integer"} if "number" in made.types else {"null"}
    return tuple(sorted(made.types - hidden))

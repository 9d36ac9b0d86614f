"""Faults of the documents: the one that the suite holds against the mock says something else than the mock does."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable, Iterator
from typing import Any

import attrs

import causerie_mock
from causerie_mock import ContractViolation, Mock, Reply, Request
from causerie_mock._check import check
from causerie_mock._contract import Contract
from causerie_spec.documents import operations
from causerie_spec.pointer import Pointer, look, parse, resolve
from tests.kill_rate.fields import Field, chosen, fields
from tests.kill_rate.mutants import Mutant, Site, few
from tests.kill_rate.mutants import document as fresh

#: Changes the document in place.
Edit = Callable[[dict[str, Any]], None]


@attrs.frozen
class DocumentMutant(Mutant):
    """A fault of the document."""

    kind = "document"
    edit: Edit

    @contextlib.contextmanager
    def site(self) -> Iterator[Site]:
        """Give the mock as it is, and a document that says something else."""
        changed = fresh(self.vendor)
        self.edit(changed)
        site = Site(Mock(self.vendor), changed)
        mock, handle, said = site.mock, site.mock.handle, Contract(changed)

        def watched(request: Any) -> Any:
            reply = handle(request)
            operation = mock.requests.last.operation
            # A document is wrong wherever it speaks of the operation, also where the mock knows none by that name, and
            # where what it says fits neither the request nor the answer.
            if operation in {None, *self.operations} or not _fits(said, request, operation, reply):
                site.fire()
            return reply

        mock.handle = watched  # type: ignore[method-assign]
        yield site


def _fits(said: Contract, request: Request, operation: str, reply: Reply) -> bool:
    """Say whether a document knows a request as one of the operation, and allows the answer."""
    known = said.operation(request.method, request.path)
    if known is None or known.id != operation:
        return False
    try:
        check(said, known, reply)
    except ContractViolation:
        return False
    return True


def mutants(each: int) -> list[Mutant]:
    """Return, for each vendor, `each` mutants of each operator."""
    return [mutant for vendor in causerie_mock.VENDORS for mutant in few(_of(vendor), each)]


def _of(vendor: str) -> Iterator[Mutant]:
    document = fresh(vendor)
    for operation in operations(document):
        yield from _operation(vendor, document, operation)
    yield from _answers(vendor, document)
    yield from _requests(vendor, document)
    names = tuple(operations(document))
    yield DocumentMutant(vendor, "auth header wrong", names, "X-Other-Key", _other_header)


# --- Operations


def _operation(vendor: str, document: dict[str, Any], operation: str) -> Iterator[Mutant]:
    method, path = operations(document)[operation]
    place: Pointer = ("paths", path, method)
    responses = look(document, (*place, "responses"))
    success = min(responses)

    def mutant(operator: str, change: str, edit: Edit) -> Mutant:
        return DocumentMutant(vendor, operator, (operation,), change, edit)

    refused = [status for status in ("400", "401", "403", "404", "415") if status in responses]
    for status in chosen(refused, 1, "status removed", operation):
        yield mutant("status removed", status, _remove((*place, "responses", status)))
    other = "200" if success != "200" else "201"
    yield mutant("success status wrong", f"{success} → {other}", _move((*place, "responses"), success, other))
    phantom = "409"
    yield mutant("phantom status", phantom, _copy((*place, "responses"), refused[0], phantom))
    yield mutant("phantom status", "206", _copy((*place, "responses"), success, "206"))
    wrong = {"post": "put", "get": "post", "patch": "put", "put": "patch", "delete": "put"}[method]
    if wrong not in document["paths"][path]:
        yield mutant("method wrong", f"{method} → {wrong}", _move(("paths", path), method, wrong))
    yield mutant("path typo", f"{path}s", _path(path, method, f"{path}s"))
    yield mutant("security removed", "everybody may call it", _put((*place, "security"), []))


def _other_header(document: dict[str, Any]) -> None:
    (name,) = document["components"]["securitySchemes"]
    document["components"]["securitySchemes"][name] = {"type": "apiKey", "in": "header", "name": "X-Other-Key"}


def _path(path: str, method: str, other: str) -> Edit:
    def edit(document: dict[str, Any]) -> None:
        item = document["paths"][path]
        document["paths"][other] = {method: item.pop(method)}
        if "parameters" in item:
            document["paths"][other]["parameters"] = copy.deepcopy(item["parameters"])
        if not item.keys() - {"parameters"}:
            del document["paths"][path]

    return edit


# --- Schemas of answers


def _answers(vendor: str, document: dict[str, Any]) -> Iterator[Mutant]:
    found: dict[Pointer, tuple[Field, list[str]]] = {}
    for operation, every in fields(vendor).items():
        for field in every:
            place = _place(document, operation, field)
            if place is not None:
                found.setdefault(place, (field, []))[1].append(operation)
    # What an operation says of bodies as well belongs to its requests too.
    for place, (_, users) in found.items():
        users += [
            operation for operation, places in _bodies(document).items() if place in places and operation not in users
        ]
    owners = dict.fromkeys(place[:-2] for place in found)
    for owner in owners:
        mine = {place: each for place, each in found.items() if place[:-2] == owner}
        for operator, fits, edit, count in _ANSWERS:
            places = [place for place, (field, _) in mine.items() if fits(look(document, place), field)]
            for place in chosen(places, count, operator, str(owner)):
                _, users = mine[place]
                yield DocumentMutant(vendor, operator, tuple(users), _spelled(place), _of_field(place, edit))
        everybody = tuple(dict.fromkeys(name for _, names in mine.values() for name in names))
        for operator, required in (("required field invented", True), ("optional field invented", False)):
            change = f"{_spelled(owner)}: causerieUnknown: string"
            yield DocumentMutant(vendor, operator, everybody, change, _invent(owner, required=required))


def _spelled(place: Pointer) -> str:
    return "/".join(str(token) for token in place if token not in {"components", "schemas", "properties"})


def _place(document: dict[str, Any], operation: str, field: Field) -> Pointer | None:
    """Return the place where the document describes a field of an answer."""
    method, path = operations(document)[operation]
    responses: Pointer = ("paths", path, method, "responses")
    status = min(look(document, responses))
    content = look(document, (*responses, status)).get("content", {})
    for media_type in content:
        return _down(document, (*responses, status, "content", media_type, "schema"), field.path)
    return None


def _down(document: dict[str, Any], schema: Pointer, path: tuple[str, ...]) -> Pointer | None:
    if not path:
        return schema
    schema = resolve(document, schema)
    node = look(document, schema)
    if path[0] == "*" and "items" in node:
        return _down(document, (*schema, "items"), path[1:])
    if path[0] in node.get("properties", ()):
        return _down(document, (*schema, "properties", path[0]), path[1:])
    for keyword in ("allOf", "anyOf", "oneOf"):
        for index, _ in enumerate(node.get(keyword, ())):
            found = _down(document, (*schema, keyword, index), path)
            if found is not None:
                return found
    return None


def _bodies(document: dict[str, Any]) -> dict[str, list[Pointer]]:
    """Return, by operationId, the places of the fields that the document describes in bodies, each place once."""
    found: dict[str, list[Pointer]] = {}
    for operation, (method, path) in operations(document).items():
        for media_type in look(document, ("paths", path, method)).get("requestBody", {}).get("content", {}):
            start: Pointer = ("paths", path, method, "requestBody", "content", media_type, "schema")
            found[operation] = list(dict.fromkeys(_described(document, start)))
    return found


def _described(document: dict[str, Any], schema: Pointer) -> Iterator[Pointer]:
    schema = resolve(document, schema)
    node = look(document, schema)
    for name in node.get("properties", ()):
        yield (*schema, "properties", name)
        yield from _described(document, (*schema, "properties", name))
    if "items" in node:
        yield from _described(document, (*schema, "items"))
    for keyword in ("allOf", "anyOf", "oneOf"):
        for index, _ in enumerate(node.get(keyword, ())):
            yield from _described(document, (*schema, keyword, index))


def _requests(vendor: str, document: dict[str, Any]) -> Iterator[Mutant]:
    done: set[tuple[str, Pointer]] = set()
    for operation, places in _bodies(document).items():
        for operator, fits, edit, count in _REQUESTS:
            suited = [place for place in places if fits(document, place) and (operator, place) not in done]
            for place in chosen(suited, count, operator, operation):
                done.add((operator, place))
                users = tuple(name for name, others in _bodies(document).items() if place in others)
                yield DocumentMutant(vendor, operator, users, _spelled(place), _of_field(place, edit))
    used: dict[Pointer, list[tuple[str, Pointer]]] = {}
    for operation, (method, path) in operations(document).items():
        owner: Pointer = ("paths", path, method, "parameters")
        for index, _ in enumerate(look(document, owner[:-1]).get("parameters", ())):
            used.setdefault(resolve(document, (*owner, index)), []).append((operation, (*owner, index)))
    for place, uses in used.items():
        if look(document, place)["in"] == "query":
            yield from _parameter(vendor, document, place, uses)


def _parameter(
    vendor: str, document: dict[str, Any], place: Pointer, uses: list[tuple[str, Pointer]]
) -> Iterator[Mutant]:
    """Yield mutants of a query parameter in all places where operations use it."""
    parameter = look(document, place)
    name = parameter["name"]
    users = tuple(operation for operation, _ in uses)

    def mutant(operator: str, change: str, edit: Edit, operations: tuple[str, ...] = users) -> Mutant:
        return DocumentMutant(vendor, operator, operations, change, edit)

    for operation, use in uses:
        yield mutant("parameter removed", name, _remove(use), (operation,))
    yield mutant("parameter renamed", name, _put((*place, "name"), f"{name}s"))
    if parameter.get("required"):
        yield mutant("parameter optional", name, _remove((*place, "required")))
    else:
        yield mutant("parameter required", name, _put((*place, "required"), True))
    node = look(document, resolve(document, (*place, "schema")))
    if "minimum" in node:
        yield mutant("request bound lowered", f"{name}: from 0", _put((*place, "schema", "minimum"), 0))
        yield mutant("request bound raised", f"{name}: from 2", _put((*place, "schema", "minimum"), 2))
        yield mutant("request bound dropped", name, _remove((*place, "schema", "minimum")))
    if most := node.get("maximum"):
        yield mutant("request bound lowered", f"{name}: one less", _put((*place, "schema", "maximum"), most - 1))
        yield mutant("request bound raised", f"{name}: one more", _put((*place, "schema", "maximum"), most + 1))
        yield mutant("request bound dropped", f"{name}: above", _remove((*place, "schema", "maximum")))
    if "format" in node:
        yield mutant("request format dropped", name, _remove((*place, "schema", "format")))
    if "enum" in node:
        wide = {"type": "string", "enum": [*node["enum"], "OTHER"]}
        yield mutant("request enum widened", name, _put((*place, "schema"), wide))
        yield mutant("request enum narrowed", name, _put((*place, "schema"), {**wide, "enum": node["enum"][:1]}))
    if node.get("type") == "boolean":
        yield mutant("request type wrong", name, _put((*place, "schema"), {"type": "integer"}))


# --- What is done to a field


def _put(place: Pointer, value: Any) -> Edit:
    def edit(document: dict[str, Any]) -> None:
        look(document, place[:-1])[place[-1]] = copy.deepcopy(value)

    return edit


def _remove(place: Pointer) -> Edit:
    def edit(document: dict[str, Any]) -> None:
        del look(document, place[:-1])[place[-1]]

    return edit


def _move(place: Pointer, before: str, after: str) -> Edit:
    def edit(document: dict[str, Any]) -> None:
        node = look(document, place)
        node[after] = node.pop(before)

    return edit


def _copy(place: Pointer, before: str, after: str) -> Edit:
    def edit(document: dict[str, Any]) -> None:
        node = look(document, place)
        node[after] = copy.deepcopy(node[before])

    return edit


#: Changes a field: its owner, its name, the document.
FieldEdit = Callable[[dict[str, Any], str, dict[str, Any]], None]


def _of_field(place: Pointer, edit: FieldEdit) -> Edit:
    return lambda document: edit(look(document, place[:-2]), str(place[-1]), document)


def _invent(owner: Pointer, *, required: bool) -> Edit:
    def edit(document: dict[str, Any]) -> None:
        node = look(document, owner)
        node["properties"]["causerieUnknown"] = {"type": "string"}
        if required:
            node["required"] = [*node.get("required", ()), "causerieUnknown"]

    return edit


def _drop_field(owner: dict[str, Any], name: str, document: dict[str, Any]) -> None:
    del owner["properties"][name]
    if name in owner.get("required", ()):
        owner["required"] = [each for each in owner["required"] if each != name]


def _rename_field(owner: dict[str, Any], name: str, document: dict[str, Any]) -> None:
    owner["properties"] = {(f"{key}_" if key == name else key): value for key, value in owner["properties"].items()}
    if name in owner.get("required", ()):
        owner["required"] = [f"{each}_" if each == name else each for each in owner["required"]]


def _require(owner: dict[str, Any], name: str, document: dict[str, Any]) -> None:
    owner["required"] = [*owner.get("required", ()), name]


def _unrequire(owner: dict[str, Any], name: str, document: dict[str, Any]) -> None:
    owner["required"] = [each for each in owner["required"] if each != name]
    if not owner["required"]:
        del owner["required"]


def _retyped(make: Callable[[dict[str, Any]], dict[str, Any]]) -> FieldEdit:
    """Give the field another schema, also where its schema is a reference."""

    def edit(owner: dict[str, Any], name: str, document: dict[str, Any]) -> None:
        node = owner["properties"][name]
        if "$ref" in node:
            node = look(document, parse(node["$ref"]))
        owner["properties"][name] = make(copy.deepcopy(node))

    return edit


def _types(node: dict[str, Any]) -> list[str]:
    kind = node.get("type", [])
    return [kind] if isinstance(kind, str) else list(kind)


def _nullable(node: dict[str, Any]) -> dict[str, Any]:
    return {**node, "type": [*_types(node), "null"], **({"enum": [*node["enum"], None]} if "enum" in node else {})}


def _not_null(node: dict[str, Any]) -> dict[str, Any]:
    if "anyOf" in node:
        return dict(node["anyOf"][0])
    return {**node, "type": [kind for kind in _types(node) if kind != "null"]}


def _wider(node: dict[str, Any]) -> dict[str, Any]:
    other = 77 if isinstance(node["enum"][0], int) else "causerie-other"
    return {**node, "enum": [*node["enum"], other]}


def _without(keyword: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda node: {key: value for key, value in node.items() if key != keyword}


def _wrong_type(node: dict[str, Any]) -> dict[str, Any]:
    kinds = [kind for kind in _types(node) if kind != "null"]
    return {"type": "string" if kinds and kinds[0] != "string" else "integer"}


def _wide_type(node: dict[str, Any]) -> dict[str, Any]:
    return {**_without("enum")(node), "type": [*_types(node), "boolean" if "boolean" not in _types(node) else "string"]}


def _target(document: dict[str, Any], place: Pointer) -> dict[str, Any]:
    found: dict[str, Any] = look(document, resolve(document, place))
    return found


def _has(keyword: str) -> Callable[[dict[str, Any], Pointer], bool]:
    return lambda document, place: keyword in _target(document, place)


def _is_required(document: dict[str, Any], place: Pointer) -> bool:
    return place[-1] in look(document, place[:-2]).get("required", ())


def _enum(node: dict[str, Any], field: Field) -> bool:
    return bool(field.enum)


#: Operator, the fields that it fits (schema, and what the documented answers have), what it does, and on how many
#: fields of a component.
_ANSWERS: tuple[tuple[str, Callable[[dict[str, Any], Field], bool], FieldEdit, int], ...] = (
    ("answer field removed", lambda node, field: True, _drop_field, 1),
    ("answer field renamed", lambda node, field: True, _rename_field, 1),
    (
        "answer type wrong",
        lambda node, field: field.example is not None and bool(field.types),
        _retyped(_wrong_type),
        1,
    ),
    ("answer enum narrowed", _enum, _retyped(lambda node: {**node, "enum": ["causerie-other"]}), 1),
    ("answer enum widened", _enum, _retyped(_wider), 1),
    (
        "answer nullable removed",
        lambda node, field: "null" in field.types and field.example is None,
        _retyped(_not_null),
        1,
    ),
    (
        "answer nullable added",
        lambda node, field: "null" not in field.types and bool(field.types),
        _retyped(_nullable),
        1,
    ),
    ("answer required dropped", lambda node, field: field.required, _unrequire, 1),
    (
        "answer format dropped",
        lambda node, field: field.format is not None and field.example is not None,
        _retyped(_without("format")),
        1,
    ),
    (
        "answer type widened",
        lambda node, field: len(field.types) == 1 and not field.enum,
        _retyped(_wide_type),
        1,
    ),
)

_REQUESTS: tuple[tuple[str, Callable[[dict[str, Any], Pointer], bool], FieldEdit, int], ...] = (
    ("request field removed", lambda document, place: not _is_required(document, place), _drop_field, 2),
    ("request field required", lambda document, place: not _is_required(document, place), _require, 1),
    ("request required dropped", _is_required, _unrequire, 1),
    (
        "request type wrong",
        lambda document, place: len(_types(_target(document, place))) == 1 and not _has("enum")(document, place),
        _retyped(_wrong_type),
        1,
    ),
    (
        "request nullable removed",
        lambda document, place: "null" in _types(_target(document, place)),
        _retyped(_not_null),
        1,
    ),
    (
        "request nullable added",
        lambda document, place: (
            "null" not in _types(_target(document, place)) and bool(_types(_target(document, place)))
        ),
        _retyped(_nullable),
        1,
    ),
    ("request enum widened", _has("enum"), _retyped(_wider), 1),
    (
        "request enum narrowed",
        lambda document, place: len(_target(document, place).get("enum", ())) > 1,
        _retyped(lambda node: {**node, "enum": node["enum"][1:]}),
        1,
    ),
    ("request bound dropped", _has("maxLength"), _retyped(_without("maxLength")), 1),
    ("request bound raised", _has("maxLength"), _retyped(lambda node: {**node, "maxLength": node["maxLength"] + 1}), 1),
    (
        "request bound lowered",
        _has("maxLength"),
        _retyped(lambda node: {**node, "maxLength": node["maxLength"] - 1}),
        1,
    ),
    ("request format dropped", _has("format"), _retyped(_without("format")), 1),
)

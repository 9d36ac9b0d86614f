"""Faults of the answers: what a middleware between the mock and the suite does to them."""

from __future__ import annotations

import contextlib
import itertools
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import attrs

import causerie_mock
from causerie_mock import Reply, Request
from tests.kill_rate.fields import Field, chosen, fields
from tests.kill_rate.mutants import Faulty, Mutant, Site, document, few

#: Takes a reply and returns the harmed one; None when there is nothing in it to harm.
Harm = Callable[[Reply], Reply | None]
#: Harms the field `name` of an object in place, and says whether it did.
Edit = Callable[[dict[str, Any], str], bool]

_SUCCESS = range(200, 300)


@attrs.frozen
class AnswerMutant(Mutant):
    """A fault of the answers."""

    kind = "answers"
    harm: Harm
    #: The statuses whose answers are harmed. A 405 belongs to no operation.
    statuses: tuple[int, ...] = tuple(_SUCCESS)

    @contextlib.contextmanager
    def site(self) -> Iterator[Site]:
        """Put a middleware around the mock that harms its answers."""
        site = Site(Faulty(self.vendor), document(self.vendor))
        mock, handle = site.mock, site.mock.handle

        def harmed(request: Request) -> Reply:
            reply = handle(request)
            if reply.status not in self.statuses:
                return reply
            operation = mock.requests.last.operation
            if operation not in self.operations and not (operation is None and 405 in self.statuses):
                return reply
            changed = self.harm(reply)
            if changed is None or changed == reply:
                return reply
            site.fire()
            return changed

        mock.handle = harmed  # type: ignore[method-assign]
        yield site


def mutants(each: int) -> list[Mutant]:
    """Return, for each vendor, `each` mutants of each operator."""
    return [mutant for vendor in causerie_mock.VENDORS for mutant in few(_of(vendor), each)]


def _of(vendor: str) -> Iterator[Mutant]:
    for operation, found in fields(vendor).items():
        yield from _fields(vendor, operation, found)
        yield from _bodies(vendor, operation, found)
        yield from _statuses(vendor, operation)
    yield from _methods(vendor)


def _fields(vendor: str, operation: str, found: list[Field]) -> Iterator[Mutant]:
    for operator, fits, edit, count in _OPERATORS:
        places = [field for field in found if fits(field)]
        for field in chosen(places, count, operator, operation):
            yield AnswerMutant(vendor, operator, (operation,), str(field), _at(field.path, edit))
    for first, second in chosen(_twins(found), 2, "swap", operation):
        yield AnswerMutant(
            vendor, "two fields swapped", (operation,), f"{first} and {second.path[-1]}", _swap(first.path, second.path)
        )


def _bodies(vendor: str, operation: str, found: list[Field]) -> Iterator[Mutant]:
    def body(operator: str, change: str, harm: Harm, **more: Any) -> Mutant:
        return AnswerMutant(vendor, operator, (operation,), change, harm, **more)

    if found:
        yield body(
            "unknown field added",
            "/causerieUnknown",
            _json(_add_unknown),
            equivalent="The schemas are open: a vendor may add fields, and clients leave alone what they do not know.",
        )
        yield body("envelope", '{"result": …}', _json(lambda value: {"result": value}))
        yield body("empty object", "{}", _json(lambda value: {}))
        yield body("content type", "text/plain", _header("content-type", "text/plain"))
        yield body("invalid JSON", "cut off", lambda reply: _with(reply, reply.body[:-1]))
        yield body("empty body", "nothing", lambda reply: _with(reply, b""))
    yield body("intermittent 500", "every fifth answer", _every_fifth(lambda reply: attrs.evolve(reply, status=500)))


def _statuses(vendor: str, operation: str) -> Iterator[Mutant]:
    node = next(
        item[method]
        for item in document(vendor)["paths"].values()
        for method in item
        if method != "parameters" and item[method]["operationId"] == operation
    )
    documented = {int(status) for status in node["responses"]}
    success = min(documented)
    other = {200: 201, 201: 200, 204: 200}[success]

    def status(operator: str, before: int, harm: Harm, change: str) -> Mutant:
        return AnswerMutant(vendor, operator, (operation,), change, harm, (before,))

    yield status("success status", success, _status(other), f"{success} → {other}")
    refused = 401 if 401 in documented else 403
    swapped = 403 if refused == 401 else 401
    yield status("401 and 403", refused, _status(swapped), f"{refused} → {swapped}")
    if 400 in documented:
        yield status("undocumented 422", 400, _status(422), "400 → 422")
    if 404 in documented:
        yield status("404 to 400", 404, _status(400), "404 → 400")
    told = sorted(documented & {400, 403, 404, 415})
    for before in chosen(told, 1, "error", operation):
        yield status("error shape", before, _json(lambda value: {"error": "It went wrong."}), f"{before} as error")
    if vendor == "zild":
        yield status("header missing", 401, _header("www-authenticate", None), "WWW-Authenticate of the 401")


def _methods(vendor: str) -> Iterator[Mutant]:
    names = tuple(fields(vendor))
    yield AnswerMutant(vendor, "header missing", names, "Allow of the 405", _header("allow", None), (405,))
    yield AnswerMutant(vendor, "Allow wrong", names, "one method too many", _allow(lambda old: f"{old}, TRACE"), (405,))
    yield AnswerMutant(vendor, "Allow wrong", names, "another method", _allow(lambda old: "OPTIONS"), (405,))
    yield AnswerMutant(vendor, "405 to 404", names, "405 → 404", _status(404), (405,))
    yield AnswerMutant(
        vendor,
        "slow",
        names,
        "a while",
        _late,
        equivalent="No vendor promises how soon it answers, so a slow answer breaks no promise.",
    )


def _with(reply: Reply, body: bytes) -> Reply:
    headers = tuple((name, str(len(body)) if name == "content-length" else value) for name, value in reply.headers)
    return attrs.evolve(reply, body=body, headers=headers)


def _json(edit: Callable[[Any], Any]) -> Harm:
    def harm(reply: Reply) -> Reply | None:
        try:
            value = json.loads(reply.body)
        except ValueError:
            return None
        return _with(reply, json.dumps(edit(value)).encode())

    return harm


def _status(status: int) -> Harm:
    return lambda reply: attrs.evolve(reply, status=status)


def _header(name: str, value: str | None) -> Harm:
    def harm(reply: Reply) -> Reply:
        kept = tuple(header for header in reply.headers if header[0] != name)
        return attrs.evolve(reply, headers=kept if value is None else (*kept, (name, value)))

    return harm


def _allow(edit: Callable[[str], str]) -> Harm:
    return lambda reply: _header("allow", edit(dict(reply.headers)["allow"]))(reply)


def _every_fifth(harm: Harm) -> Harm:
    count = itertools.count(1)
    return lambda reply: harm(reply) if next(count) % 5 == 0 else None


def _late(reply: Reply) -> Reply:
    time.sleep(0.005)
    return attrs.evolve(reply, headers=(*reply.headers, ("x-late", "yes")))


def _add_unknown(value: Any) -> Any:
    for each in value if isinstance(value, list) else [value]:
        each["causerieUnknown"] = "unknown"
    return value


def _objects(value: Any, path: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Yield the objects at `path`; `*` stands for every item."""
    if not path:
        if isinstance(value, dict):
            yield value
    elif path[0] == "*":
        for item in value if isinstance(value, list) else ():
            yield from _objects(item, path[1:])
    elif isinstance(value, dict) and path[0] in value:
        yield from _objects(value[path[0]], path[1:])


def _at(path: tuple[str, ...], edit: Edit) -> Harm:
    def harm(reply: Reply) -> Reply | None:
        value = json.loads(reply.body)
        done = [edit(each, path[-1]) for each in _objects(value, path[:-1]) if path[-1] in each]
        return _with(reply, json.dumps(value).encode()) if any(done) else None

    return harm


def _swap(first: tuple[str, ...], second: tuple[str, ...]) -> Harm:
    def edit(each: dict[str, Any], name: str) -> bool:
        other = second[-1]
        if other not in each or each[name] == each[other]:
            return False
        each[name], each[other] = each[other], each[name]
        return True

    return _at(first, edit)


def _twins(found: list[Field]) -> list[tuple[Field, Field]]:
    """Return pairs of fields of one object that have one type and different values."""
    return [
        (first, second)
        for first, second in itertools.combinations(found, 2)
        if first.path[:-1] == second.path[:-1]
        and (first.types, first.format, first.enum) == (second.types, second.format, second.enum)
        and first.example != second.example
    ]


def _drop(each: dict[str, Any], name: str) -> bool:
    del each[name]
    return True


def _put(make: Callable[[Any], Any]) -> Edit:
    def edit(each: dict[str, Any], name: str) -> bool:
        before = each[name]
        if before is None:
            return False
        each[name] = make(before)
        return True

    return edit


def _items(make: Callable[[list[Any]], list[Any]]) -> Edit:
    def edit(each: dict[str, Any], name: str) -> bool:
        before = each[name]
        if not before:
            return False
        each[name] = make(before)
        return each[name] != before

    return edit


def _has(*kinds: str) -> Callable[[Field], bool]:
    return lambda field: any(kind in field.types for kind in kinds)


#: Operator, the fields that it fits, what it does, and how many fields of an operation it is tried on.
_OPERATORS: tuple[tuple[str, Callable[[Field], bool], Edit, int], ...] = (
    ("required field dropped", lambda field: field.required, _drop, 1),
    ("optional field dropped", lambda field: not field.required, _drop, 2),
    ("integer as string", _has("integer", "number"), _put(str), 1),
    ("boolean as string", _has("boolean"), _put(lambda value: str(value).lower()), 1),
    ("string as integer", lambda field: field.types == {"string"}, _put(lambda value: 7), 1),
    (
        "null where not nullable",
        lambda field: bool(field.types) and "null" not in field.types,
        _put(lambda value: None),
        1,
    ),
    ("out of enum", lambda field: bool(field.enum), _put(lambda value: 77 if isinstance(value, int) else "other"), 1),
    (
        "bad date-time",
        lambda field: field.format == "date-time" and field.example is not None,
        _put(lambda value: value.replace("T", " ")[:16]),
        1,
    ),
    ("out of range", lambda field: field.format == "int32", _put(lambda value: 2**31), 2),
    ("integer as float", _has("integer"), _put(lambda value: value + 0.5), 1),
    (
        "item type",
        lambda field: "array" in field.types and bool(field.example),
        _items(lambda value: [7 if isinstance(value[0], str) else "seven", *value[1:]]),
        1,
    ),
)

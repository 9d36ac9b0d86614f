"""What the faults of all vendors' behaviour are made of, and those that all vendors have."""

from __future__ import annotations

import contextlib
import copy
import functools
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch

import attrs

from causerie_mock import Request, _core, _json
from causerie_mock._contract import Operation
from causerie_mock._exchange import Problem
from causerie_mock._mock import _contract
from causerie_mock._schema import Schema
from causerie_mock._vendor import Call, Vendor
from causerie_mock._vendors import vendor_of
from tests.kill_rate.mutants import Faulty, Mutant, Site, document

Fire = Callable[[], None]
#: Puts a fault in place while its context lasts; calls what it is given whenever the fault makes a difference.
Fault = Callable[[Fire], AbstractContextManager[Any]]
#: An operation of the mock, around which a fault stands.
Next = Callable[[Any, Call], Any]
Around = Callable[[Next, Any, Call, Fire], Any]

#: The keywords of bodies that a careless server does not look at.
_KEYWORDS = ("required", "type", "enum", "maxLength", "minimum", "items")


@attrs.frozen
class BehaviourMutant(Mutant):
    """A fault of the behaviour."""

    kind = "behaviour"
    fault: Fault

    @contextlib.contextmanager
    def site(self) -> Iterator[Site]:
        """Make a mock of the faulty parts."""
        site: Site | None = None

        def fire() -> None:
            if site is not None:
                site.fire()

        with self.fault(fire):
            site = Site(Faulty(self.vendor), document(self.vendor))
            yield site


@attrs.frozen
class Writes:
    """What a vendor's operations write: by operation where in the body the fields stand, and their names."""

    #: Whether an operation creates, updates or deletes.
    kinds: Mapping[str, str]
    stored: Mapping[str, tuple[str | None, tuple[str, ...]]]
    texts: Mapping[str, tuple[str | None, tuple[str, ...]]] = attrs.field(factory=dict)
    lists: Mapping[str, tuple[str | None, tuple[str, ...]]] = attrs.field(factory=dict)
    #: Why a change of a list in a field breaks no promise.
    equivalent: Mapping[tuple[str, str], str] = attrs.field(factory=dict)


# --- What all vendors have


def _operations(vendor: str) -> list[Operation]:
    return list(_contract(vendor).operations())


def credentials(vendor: str) -> Iterator[Mutant]:
    """Yield mutants that do not look at keys, or mix them up."""
    names = tuple(operation.id for operation in _operations(vendor) if operation.credential)

    def mutant(operator: str, operations: tuple[str, ...], change: str, read: Callable[..., int]) -> Mutant:
        def fault(fire: Fire) -> AbstractContextManager[Any]:
            before = _core._tenant

            def tenant(operation: Operation, brought: Any, request: Request) -> int:
                if operation.id not in operations:
                    return before(operation, brought, request)
                try:
                    expected = before(operation, brought, request)
                except Problem:
                    expected = None
                found = read(operation, request, functools.partial(before, operation, brought, request))
                if found != expected:
                    fire()
                return found

            return patch.object(_core, "_tenant", tenant)

        return BehaviourMutant(vendor, operator, operations, change, fault)

    def anybody(operation: Operation, request: Request, before: Callable[[], int]) -> int:
        return 0

    def any_key(operation: Operation, request: Request, before: Callable[[], int]) -> int:
        known = operation.credential
        return before() if known is None or known.read(request.header(known.header)) is None else 0

    def mixed_up(operation: Operation, request: Request, before: Callable[[], int]) -> int:
        return min(before(), 0)

    yield mutant("no authentication", names, "every request is the first tenant's", anybody)
    yield mutant("any key", names, "whatever the key is", any_key)
    yield mutant("tenants mixed up", names, "the second tenant's key is taken for the first's", mixed_up)
    if len(names) > 1:
        for name in names:
            yield mutant("operation unguarded", (name,), "without a key", anybody)
            yield mutant("tenants mixed up", (name,), "the second tenant's key is taken for the first's", mixed_up)


def validation(vendor: str) -> Iterator[Mutant]:
    """Yield mutants that do not look at something that a request says."""
    components = _contract(vendor).document["components"]
    for operation in _operations(vendor):
        for media_type, schema in (operation.body.schemas if operation.body else {}).items():
            raw = _raw_body(vendor, operation, media_type)
            for keyword in _KEYWORDS:
                loose = Schema(_without(keyword, raw), _without(keyword, components))
                if _without(keyword, _reachable(components, raw)) != _reachable(components, raw):
                    yield BehaviourMutant(
                        vendor,
                        f"validation skipped: {keyword}",
                        (operation.id,),
                        "body",
                        functools.partial(_loosened, schema, loose),
                    )
        for parameter in operation.parameters:
            if parameter.place == "query":
                yield BehaviourMutant(
                    vendor,
                    "validation skipped: parameter",
                    (operation.id,),
                    parameter.name,
                    functools.partial(_unvalidated, operation.id, parameter.name),
                    equivalent="Every text is a valid value."
                    if parameter.name in {"searchKeyword", "userId"}
                    else None,
                )
        if operation.body is not None:
            yield BehaviourMutant(
                vendor,
                "validation skipped: media type",
                (operation.id,),
                "text/plain is read as JSON",
                functools.partial(_any_media_type, operation.id),
            )
            yield BehaviourMutant(
                vendor,
                "validation skipped: JSON",
                (operation.id,),
                "what is no JSON is taken for what the documented example says",
                functools.partial(_any_body, operation.id, _documented(vendor, operation)),
            )


def _raw_body(vendor: str, operation: Operation, media_type: str) -> Any:
    for item in _contract(vendor).document["paths"].values():
        for method in item.values():
            if isinstance(method, dict) and method.get("operationId") == operation.id:
                return method["requestBody"]["content"][media_type]["schema"]
    raise LookupError(operation.id)


def _documented(vendor: str, operation: Operation) -> Any:
    from tests.kill_rate.fields import requests

    return json.loads(requests(vendor)[operation.id][0].body)


def _without(keyword: str, node: Any) -> Any:
    """Return a schema without a keyword, but with the single values of enums, which tell alternatives apart."""
    if isinstance(node, list):
        return [_without(keyword, each) for each in node]
    if not isinstance(node, dict):
        return node
    named = isinstance(node.get(keyword), (list, str, int)) or keyword == "items"
    dropped = {keyword, *(("maximum",) if keyword == "minimum" else ())} if named else set()
    if keyword == "enum" and len(node.get("enum", ())) == 1:
        dropped = set()
    return {
        key: (
            {name: _without(keyword, each) for name, each in value.items()}
            if key in {"properties", "schemas"}
            else _without(keyword, value)
        )
        for key, value in node.items()
        if key not in dropped
    }


def _reachable(components: dict[str, Any], node: Any, seen: frozenset[str] = frozenset()) -> Any:
    """Return a schema with everything that it refers to."""
    if isinstance(node, list):
        return [_reachable(components, each, seen) for each in node]
    if not isinstance(node, dict):
        return node
    reference = node.get("$ref")
    if isinstance(reference, str) and reference not in seen:
        return _reachable(components, components["schemas"][reference.rsplit("/", 1)[-1]], seen | {reference})
    return {key: _reachable(components, value, seen) for key, value in node.items() if key != "mapping"}


def _loosened(schema: Schema, loose: Schema, fire: Fire) -> AbstractContextManager[Any]:
    strict = schema.issues

    def issues(value: Any) -> Any:
        found = loose.issues(value)
        if bool(found) != bool(strict(value)):
            fire()
        return found

    return patch.object(schema, "issues", issues)


def _unvalidated(operation_id: str, name: str, fire: Fire) -> AbstractContextManager[Any]:
    """Treat a wrong value of the parameter as if none were given."""
    before = _core._parameters

    def parameters(operation: Operation, path_values: Any, query: bytes) -> dict[str, Any]:
        if operation.id != operation_id:
            return before(operation, path_values, query)
        try:
            return before(operation, path_values, query)
        except Problem:
            others = tuple(each for each in operation.parameters if each.name != name)
            found = before(attrs.evolve(operation, parameters=others), path_values, query)
            fire()
            return found

    return patch.object(_core, "_parameters", parameters)


def _any_media_type(operation_id: str, fire: Fire) -> AbstractContextManager[Any]:
    before = _core._body

    def body(operation: Operation, vendor: Vendor, request: Request) -> Any:
        try:
            return before(operation, vendor, request)
        except Problem as problem:
            if operation.id != operation_id or "media type" not in problem.message:
                raise
            found = before(operation, vendor, attrs.evolve(request, headers=[(b"content-type", b"application/json")]))
            fire()
            return found

    return patch.object(_core, "_body", body)


def _any_body(operation_id: str, documented: Any, fire: Fire) -> AbstractContextManager[Any]:
    before = _core._body

    def body(operation: Operation, vendor: Vendor, request: Request) -> Any:
        if operation.id == operation_id and "application/json" in request.header("content-type"):
            try:
                _json.decode(request.body)
            except ValueError:
                fire()
                return copy.deepcopy(documented)
        return before(operation, vendor, request)

    return patch.object(_core, "_body", body)


# --- Around one operation


def around_operation(
    vendor: str, operation: str, operator: str, change: str, around: Around, *, equivalent: str | None = None
) -> Mutant:
    """Make a mutant with a fault around one operation."""
    return BehaviourMutant(
        vendor,
        operator,
        (operation,),
        change,
        functools.partial(_wrapped, vendor, operation, around),
        equivalent=equivalent,
    )


def _wrapped(vendor: str, operation: str, around: Around, fire: Fire) -> AbstractContextManager[Any]:
    handlers: Any = vendor_of(vendor).handlers
    before = handlers[operation]
    return patch.dict(handlers, {operation: lambda state, call: around(before, state, call, fire)})


def forgetting(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    """Answer as if the operation were done, and do nothing."""
    before = copy.deepcopy(state.memory)
    value = copy.deepcopy(proceed(state, call))
    state.memory = before
    fire()
    return value


def hearing(edit: Callable[[dict[str, Any]], bool], inside: str | None = None) -> Around:
    """Run the operation with another body; `edit` says whether it has changed it."""

    def around(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
        body = copy.deepcopy(call.body)
        if edit(body[inside] if inside else body):
            fire()
        return proceed(state, attrs.evolve(call, body=body))

    return around


def losing(name: str) -> Callable[[dict[str, Any]], bool]:
    """Leave a field out."""
    return lambda body: body.pop(name, body) is not body


def changing(name: str, make: Callable[[Any], Any]) -> Callable[[dict[str, Any]], bool]:
    """Change a field to another value."""

    def edit(body: dict[str, Any]) -> bool:
        if not body.get(name):
            return False
        before, body[name] = body[name], make(body[name])
        return bool(body[name] != before)

    return edit


def ignoring(name: str) -> Around:
    """Ignore a query parameter."""

    def around(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
        if name not in call.parameters:
            return proceed(state, call)
        expected = copy.deepcopy(proceed(state, call))
        others = {key: value for key, value in call.parameters.items() if key != name}
        found = proceed(state, attrs.evolve(call, parameters=others))
        if found != expected:
            fire()
        return found

    return around


def asking(name: str, make: Callable[[Any], Any]) -> Around:
    """Take a query parameter for another value."""

    def around(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
        made = make(call.parameters.get(name))
        if made is None:
            return proceed(state, call)
        expected = copy.deepcopy(proceed(state, call))
        found = proceed(state, attrs.evolve(call, parameters={**call.parameters, name: made}))
        if found != expected:
            fire()
        return found

    return around


def telling(edit: Callable[[Any], Any]) -> Around:
    """Give another answer, and leave the state as it is."""

    def around(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
        value = proceed(state, call)
        found = edit(copy.deepcopy(value))
        if found != value:
            fire()
        return found

    return around


def setting(**fields: Any) -> Callable[[Any], Any]:
    """Set these values in the answer."""
    return lambda value: {**value, **fields}


def doing_before(edit: Callable[[Any, Call], bool]) -> Around:
    """Do something to the state before the operation."""

    def around(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
        if edit(state, call):
            fire()
        return proceed(state, call)

    return around


def doing_after(edit: Callable[[Any, Call, Any], bool]) -> Around:
    """Do something to the state after the operation, with what it answers."""

    def around(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
        value = copy.deepcopy(proceed(state, call))
        if edit(state, call, value):
            fire()
        return value

    return around


def inventing(answer: Callable[[Any, Call], Any]) -> Around:
    """Answer as if something that is not there were there."""

    def around(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
        try:
            return proceed(state, call)
        except Problem as problem:
            if problem.status != 404:
                raise
            fire()
            return answer(state, call)

    return around


def method_of(owner: Any, name: str, make: Callable[[Callable[..., Any], Fire], Callable[..., Any]]) -> Fault:
    """Replace a method of one of the mock's classes."""
    return lambda fire: patch.object(owner, name, make(getattr(owner, name), fire))


def writes(vendor: str, written: Writes) -> Iterator[Mutant]:
    """Yield mutants that do not keep what is written, or keep something else than was sent."""
    for operation, kind in written.kinds.items():
        yield around_operation(vendor, operation, f"{kind} not persisted", "the answer alone has it", forgetting)
    for operation, (inside, names) in written.stored.items():
        for name in names:
            yield around_operation(vendor, operation, "field not stored", name, hearing(losing(name), inside))
    for operation, (inside, names) in written.texts.items():
        for name in names:
            for change, make in _NORMAL.items():
                yield around_operation(
                    vendor, operation, "field normalised", f"{name}: {change}", hearing(changing(name, make), inside)
                )
    for operation, (inside, names) in written.lists.items():
        for name in names:
            for change, remake in _RELISTED.items():
                yield around_operation(
                    vendor,
                    operation,
                    "list changed",
                    f"{name}: {change}",
                    hearing(changing(name, remake), inside),
                    equivalent=written.equivalent.get((name, change)),
                )


_NORMAL: dict[str, Callable[[str], str]] = {
    "lower case": str.lower,
    "stripped": str.strip,
    "cut to 20 characters": lambda text: text[:20],
}
_RELISTED: dict[str, Callable[[list[Any]], list[Any]]] = {
    "deduplicated": lambda items: [item for index, item in enumerate(items) if item not in items[:index]],
    "reversed": lambda items: items[::-1],
    "the first alone": lambda items: items[:1],
}

"""The places where answers show what an operation has written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

import attrs

from causerie_spec.pointer import Pointer, describing, look, resolve

from ._contract import Contract
from ._promise import Promise
from ._value import NOTHING


@attrs.frozen(kw_only=True)
class Kept:
    """An operation that writes, and the operation whose answer shows what was written, which may be the same."""

    operation: str
    read: str
    promise: Promise
    #: The place of the record in the body, and in the answer of `read`.
    sent: Pointer = ()
    shown: Pointer = ()
    #: The place of a new record's id in the answer, and the path parameter of `read` for it.
    made: Pointer = ()
    parameter: str = ""
    #: The place of the id in a record, if `shown` is a list of records.
    identity: Pointer = ()
    #: Fields that the record shows in another place.
    moved: Mapping[str, Pointer] = attrs.field(factory=dict[str, Pointer])
    #: Fields that are not shown as they were sent.
    free: Collection[str] = ()
    #: Fields that are shown as JSON text.
    spelled: Collection[str] = ()
    #: Fields that identify the record.
    naming: Collection[str] = ()
    #: Fields that the server evaluates, although it accepts any value.
    taken: Collection[str] = ()
    #: Other fields that a good body needs, so that the record is stored.
    besides: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    @property
    def is_answered(self) -> bool:
        """Whether the operation's own answer shows the record."""
        return self.read == self.operation

    def fields(self, contract: Contract) -> dict[str, Pointer]:
        """Return the schemas of the fields that are shown again, by name: answers have a field of that name."""
        schema = contract.body(self.operation)
        if schema is None or self.read not in contract.operations:
            return {}
        for name in self.sent:
            schema = dict(properties(contract.document, schema))[str(name)]
        record = (*self.shown, 0) if self.identity else self.shown
        status = contract.success(self.read)
        owner = contract.described(self.read, status, record)
        return {
            name: described
            for name, described in properties(contract.document, schema)
            if name not in self.free
            and (name in self.moved or contract.described(self.read, status, (*record, name)) != owner)
        }

    def place(self, answer: Any, made_id: str) -> Pointer | None:
        """Return the place of the record in an answer of `read`; None if it is not there."""
        if not self.identity:
            return self.shown
        listed = _look(answer, self.shown)
        for index, each in enumerate(listed if isinstance(listed, list) else ()):
            if _look(each, self.identity) == made_id:
                return (*self.shown, index)
        return None

    def at(self, record: Pointer, name: str) -> Pointer:
        """Return the place of the field in a record."""
        return (*record, *self.moved.get(name, (name,)))


def properties(document: dict[str, Any], schema: Pointer) -> Iterator[tuple[str, Pointer]]:
    """Yield the properties that a schema or one of its parts describes."""
    schema = resolve(document, schema)
    node = look(document, schema)
    for name in node.get("properties", ()):
        yield name, resolve(document, (*schema, "properties", name))
    for keyword in ("allOf", "anyOf", "oneOf"):
        for index, _ in enumerate(node.get(keyword, ())):
            yield from properties(document, (*schema, keyword, index))


def asides(
    document: dict[str, Any], schema: Pointer, value: Any, at: Pointer = (), *, free: bool = False
) -> Iterator[Pointer]:
    """Yield the places of texts of a body that the document does not describe: members of free-form objects."""
    if isinstance(value, str) and free:
        yield at
    elif isinstance(value, (dict, list)):
        owner = describing(document, schema, at)
        for token, inner in value.items() if isinstance(value, dict) else enumerate(value):
            place = (*at, token)
            yield from asides(document, schema, inner, place, free=describing(document, schema, place) == owner)


def leaves(
    document: dict[str, Any], schema: Pointer, value: Any, accepts: Callable[[Pointer], bool], at: Pointer = ()
) -> Iterator[tuple[Pointer, Pointer]]:
    """Yield the innermost places of a body for which `accepts` holds, each with its schema.

    Of a list only the items that `value` has are looked at.
    """
    for name, described in properties(document, schema):
        inner = value.get(name, NOTHING) if isinstance(value, dict) else NOTHING
        if accepts(described):
            yield (*at, name), described
        elif inner is not NOTHING or len(at) < 4:  # a schema may be a part of itself
            yield from leaves(document, described, inner, accepts, (*at, name))
    node = look(document, resolve(document, schema))
    if "items" in node and isinstance(value, list) and value:
        items = resolve(document, (*resolve(document, schema), "items"))
        if accepts(items):
            yield (*at, 0), items
        else:
            yield from leaves(document, items, value[0], accepts, (*at, 0))


def _look(value: Any, place: Pointer) -> Any:
    try:
        return look(value, place)
    except (LookupError, TypeError, ValueError):
        return NOTHING

"""Values of JSON: where two of them differ, how they are shown, and copies with one part changed."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, cast

from causerie_spec.pointer import Pointer, look

#: Stands for the body of a request without one, and for a field that an answer leaves out.
NOTHING: Any = type("Nothing", (), {"__repr__": lambda _: "nothing"})()

#: More items than a careless server takes.
_MANY = 200
#: What vendors call the id of a record in the record itself.
_IDS = ("id", "ID")


def differences(expected: Any, actual: Any, at: Pointer) -> Iterator[tuple[Pointer, Any, Any]]:
    """Yield the innermost places in which two values differ as JSON."""
    if expected is actual:
        return
    if isinstance(expected, dict) and isinstance(actual, dict):
        want, got = cast("dict[str, Any]", expected), cast("dict[str, Any]", actual)
        # Of another record than the expected one, the id says it all.
        others = [name for name in _IDS if want.get(name) != got.get(name)]
        for key in others or dict.fromkeys([*want, *got]):
            yield from differences(want.get(key, NOTHING), got.get(key, NOTHING), (*at, key))
    elif isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        for index, pair in enumerate(zip(expected, actual, strict=True)):
            yield from differences(*pair, (*at, index))
    elif not _equal(expected, actual):
        yield at, expected, actual


def _equal(expected: Any, actual: Any) -> bool:
    """Return whether two values are the same in JSON: 7 and 7.0 are one number, 1 and true are not."""
    numbers = {type(expected), type(actual)} <= {int, float}
    return (numbers or type(expected) is type(actual)) and expected == actual


def short(value: Any) -> str:
    """Return a value as JSON, cut at 200 characters with an ellipsis."""
    if value is NOTHING:
        return "nothing"
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 200 else text[:200] + "…"


def there(value: Any, place: Pointer) -> bool:
    """Return whether there is a value at a place."""
    try:
        look(value, place)
    except (LookupError, TypeError):
        return False
    return True


def without(value: Any, place: Pointer) -> Any:
    """Return a copy of a value, without what stands at a place of it."""
    copied = copy.deepcopy(value)
    del look(copied, place[:-1])[place[-1]]
    return copied


def changed(value: Any, place: Pointer, to: Any) -> Any:
    """Return a copy of a value with another value at a place of it; the objects around it are made.

    What lies beside that place is not copied.
    """
    if not place:
        return to
    copied = copy.copy(value)
    if isinstance(copied, list):
        index = int(place[0])
        copied[index] = changed(copied[index], place[1:], to)
    else:
        copied[place[0]] = changed(copied.get(place[0], {}), place[1:], to)
    return copied


def bounds(schema: dict[str, Any]) -> Iterator[Any]:
    """Yield values on both sides of each bound that a schema has."""
    for keyword in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
        yield from (schema[keyword] + step for step in (-1, 0, 1) if keyword in schema)
    for keyword in ("minLength", "maxLength"):
        yield from ("x" * (schema[keyword] + step) for step in (-1, 0, 1) if schema.get(keyword))


def lengths(schema: dict[str, Any], item: Any) -> Iterator[list[Any]]:
    """Yield lists of one good item, with lengths on both sides of each bound that a schema has, or a long one."""
    counts = {
        schema[keyword] + step for keyword in ("minItems", "maxItems") for step in (-1, 0, 1) if keyword in schema
    }
    for count in sorted({*counts, *(() if "maxItems" in schema else (_MANY,))}):
        yield [item] * count


_RELATIONS: dict[str, Callable[[Any, Any], bool]] = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "!=": lambda a, b: a != b,
    "in": lambda a, b: a in b,
}


def _date(value: Any) -> datetime | None:
    """Return the value as a date with a time and a zone, if it is one."""
    try:
        found = datetime.fromisoformat(value.upper()) if isinstance(value, str) else None
    except ValueError:
        return None
    return None if found is None or found.tzinfo is None else found


def holds(relation: str, actual: Any, other: Any) -> bool:
    """Return whether this relation holds between two values; between those of different kinds it does not.

    Of two dates with times, the later one is the greater, however each is written.
    """
    dates = (_date(actual), _date(other)) if ">" in relation else ()
    if dates and None not in dates:
        actual, other = dates
    try:
        return _RELATIONS[relation](actual, other)
    except TypeError:
        return False

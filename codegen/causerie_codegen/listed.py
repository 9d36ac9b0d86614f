"""Listed values, of ``enum`` and ``const``, and the type beside them: a value has to fit both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from .walk import KINDS, Problem, schemas, types_of, values


def problems(document: dict[str, Any]) -> Iterator[Problem]:
    """Yield the schemas that no value fits, as their type and their listed values contradict."""
    for steps, schema in schemas(document):
        said = values(schema)
        if not isinstance(said, list) or not said or _kept(schema):
            continue
        types = types_of(schema)
        if not [each for each in said if _has_type(each, schema)]:
            shown = ", ".join(map(repr, said))
            yield steps, f"no listed value ({shown}) has the type {' or '.join(types)}: {_remedy(types, said)}"
        else:
            yield steps, f"the const {schema['const']!r} is not in the enum beside it: leave one of them out"


def narrow(document: dict[str, Any]) -> None:
    """List only the values that fit, in a document that has no ``problems``.

    A null in an enum stays, as it says that the value may be null, even where ``type`` forgets that.
    """
    for _, schema in schemas(document):
        if "const" in schema and isinstance(schema.get("enum"), list):
            del schema["enum"]
        said = schema.get("enum")
        if not isinstance(said, list):
            continue
        kept = [_has_type(each, schema) or each is None for each in said]
        names = schema.get("x-enum-varnames")
        if not all(kept):
            schema["enum"] = [each for each, stays in zip(said, kept, strict=True) if stays]
            if isinstance(names, list) and len(names) == len(said):
                schema["x-enum-varnames"] = [each for each, stays in zip(names, kept, strict=True) if stays]


def _kept(schema: dict[str, Any]) -> list[Any]:
    """Return the listed values that fit the type, and the const that fits the enum."""
    listed = schema.get("enum")
    is_in = "const" not in schema or not isinstance(listed, list) or _is_in(schema["const"], listed)
    return [each for each in values(schema) if is_in and _has_type(each, schema)]


def _has_type(value: Any, schema: dict[str, Any]) -> bool:
    types = types_of(schema)
    kind = KINDS.get(type(value))
    if not isinstance(types, list) or not types or kind in types or (value is None and schema.get("nullable") is True):
        return True
    return (kind == "integer" and "number" in types) or (
        kind == "number" and "integer" in types and float(value).is_integer()
    )


def _is_in(value: Any, listed: list[Any]) -> bool:
    return any(each == value and (type(each) is bool) is (type(value) is bool) for each in listed)


def _remedy(types: list[str], said: list[Any]) -> str:
    found = {KINDS.get(type(each)) for each in said}
    if "array" in types:
        return "put what lists them into items"
    if "string" in types and found <= {"integer", "number", "boolean"}:
        return "quote them"
    if found == {"string"} and not _UNQUOTED.isdisjoint(types):
        return "write them without quotes, or let the type be string"
    return "let the type be theirs, or list others"


_UNQUOTED: Final = frozenset({"integer", "number", "boolean"})

"""Properties that several parts of ``allOf`` describe: a value has to fit all of the descriptions.

openapi-python-client takes the first of two objects, of two choices and of two lists for both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from copy import deepcopy
from typing import Any, Final

from causerie_spec.pointer import follow

from .walk import BOUNDS, KINDS, NOTES, Problem, common_kinds, fields, kinds, schemas, types_of, values

_CHOICE: Final = frozenset({"oneOf", "anyOf", "discriminator"})


def join(document: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    """Describe such a property in one part alone, wherever one description says what all of them say.

    Returns the schemas, each with the component in which its new parts are until ``settle``: meanwhile, what they refer
    to is where it was.
    """
    components = document.get("components", {}).get("schemas", {})
    joins: list[tuple[dict[str, Any], str]] = []
    for _, schema in [*schemas(document)]:
        if "allOf" not in schema or not _overlaps(document, schema):
            continue
        parts = [each for part in _parts(schema) for each in _flat(document, part)]
        found = {}
        for name in _overlaps(document, {"allOf": parts}):
            described = [part["properties"][name] for part in parts if name in part.get("properties", {})]
            if (one := joined(document, described)) is not None:
                found[name] = one
        if found:
            holder = f"joined {len(joins)}"
            parts = [_without(part, found) for part in parts]
            components[holder] = {"allOf": [*parts, {"type": "object", "properties": found}]}
            joins.append((schema, holder))
    return joins


def settle(document: dict[str, Any], joins: list[tuple[dict[str, Any], str]]) -> None:
    """Put the new parts of each schema into it."""
    for schema, holder in joins:
        schema["allOf"] = document["components"]["schemas"].pop(holder)["allOf"]
        for key in ("properties", "required"):
            schema.pop(key, None)


def problems(document: dict[str, Any]) -> Iterator[Problem]:
    """Yield the schemas, and the properties, that several parts describe, and no description alone."""
    for steps, schema in schemas(document):
        for name in _overlaps(document, schema):
            yield steps, f"parts of allOf describe {name} in two ways: describe it in one part alone"
        for keyword in ("oneOf", "anyOf"):
            if schema.get(keyword) == []:
                yield steps, f"no alternative of {keyword} fits what stands beside it: leave out what is wrong"
        if len(schema.get("allOf", ())) > 1 and "object" not in kinds(document, schema):
            yield steps, "no single schema says what the parts of allOf say together: describe it without allOf"


def _parts(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the parts of ``allOf``, and what stands beside it."""
    yield from schema["allOf"]
    if not schema.keys().isdisjoint({"properties", "required"}):
        yield {"type": "object", **{key: schema[key] for key in schema if key in {"properties", "required"}}}


def _overlaps(document: dict[str, Any], schema: dict[str, Any]) -> list[str]:
    """Return the properties that parts describe in different ways."""
    known: dict[str, Any] = {}
    found = []
    for part in _parts(schema) if "allOf" in schema else ():
        for name, node in fields(document, part).items():
            said = _meaning(node)
            if said and known.setdefault(name, said) != said and name not in found:
                found.append(name)
    return found


def _meaning(node: Any) -> Any:
    """Return what a description says of a type."""
    if not isinstance(node, dict):
        return node
    return {
        key: each for key, each in node.items() if key not in NOTES | BOUNDS | {"default"} and not key.startswith("x-")
    }


def _flat(document: dict[str, Any], part: dict[str, Any], place: str = "") -> Iterator[dict[str, Any]]:
    """Yield parts that have no parts and refer to none, unless one is a choice.

    A property keeps the class that it has at the ``place`` of its component: a reference to it stands in its place.
    """
    said, place = follow(document, part), part.get("$ref", place)
    if not _CHOICE.isdisjoint(said):
        yield part
        return
    for index, each in enumerate(said.get("allOf", ())):
        yield from _flat(document, each, place and f"{place}/allOf/{index}")
    own = {key: each for key, each in said.items() if key != "allOf"}
    if place and "properties" in own:
        own["properties"] = {
            key: _reference(f"{place}/properties/{_token(key)}", node) for key, node in own["properties"].items()
        }
    yield own


def _token(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1").replace("%", "%25")


def _reference(reference: str, node: Any) -> Any:
    """Return a property as it is used elsewhere: one that has a class is referred to."""
    if not isinstance(node, dict) or "$ref" in node or node.keys().isdisjoint(_WITH_CLASS):
        return deepcopy(node)
    notes = {key: node[key] for key in ("description", "x-python-name", "readOnly", "writeOnly") if key in node}
    return {"$ref": reference, **notes}


_WITH_CLASS: Final = (
    frozenset({"properties", "enum", "items", "prefixItems", "additionalProperties", "allOf"}) | _CHOICE
)


def _without(part: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    if "properties" not in part:
        return part
    kept = {name: node for name, node in part["properties"].items() if name not in names}
    return {**part, "properties": kept}


def joined(document: dict[str, Any], described: list[Any]) -> dict[str, Any] | None:
    """Return one description of what fits all of these, or ``None``."""
    one = described[0]
    for each in described[1:]:
        one = _both(document, one, each) if one is not None else None
    return one if isinstance(one, dict) else None


def narrowed(document: dict[str, Any], schema: Any, types: Collection[str]) -> Any:
    """Return what describes the values of a schema that have one of these types, or ``None``."""
    if kinds(document, schema) <= {*types, *({"integer"} if "number" in types else ())}:
        return schema
    return _both(document, {"type": [*types]}, schema)


def _both(document: dict[str, Any], first: Any, second: Any) -> dict[str, Any] | None:
    """Return a description of what fits both, or ``None``."""
    ours, theirs = follow(document, first), follow(document, second)
    if not _meaning(ours) or not _meaning(theirs):
        return {**(first if _meaning(ours) else second)}
    common = common_kinds(document, [ours, theirs])
    is_choice = [not _CHOICE.isdisjoint(each) for each in (ours, theirs)]
    if not common or all(is_choice):
        return None
    if common == {"object"}:
        return {"allOf": [deepcopy(first), deepcopy(second)]}
    if any(is_choice):
        return _both_choice(document, *((first, theirs) if is_choice[1] else (second, ours)))
    if "object" in common or not {"allOf", "prefixItems"}.isdisjoint({*ours, *theirs}):
        return None
    return _both_plain(ours, theirs, common)


def _both_plain(ours: dict[str, Any], theirs: dict[str, Any], common: frozenset[str]) -> dict[str, Any] | None:
    """Return what fits two descriptions without parts, which have these types in common, or ``None``."""
    both = deepcopy({key: each for key, each in {**ours, **theirs}.items() if key not in {"type", "enum", "const"}})
    if "items" in ours and "items" in theirs and ours["items"] != theirs["items"]:
        both["items"] = {"allOf": deepcopy([ours["items"], theirs["items"]])}
    if types_of(ours) or types_of(theirs):
        types = sorted(common - {"integer"} if "number" in common else common)
        both["type"] = types if len(types) > 1 else types[0]
    listed = [values(each) for each in (ours, theirs) if values(each) is not None]
    if listed:
        kept = [each for each in listed[0] if _is_in(each, listed[-1]) and KINDS[type(each)] in common]
        if not kept:
            return None
        both |= {"const": kept[0]} if "const" in ours or "const" in theirs else {"enum": kept}
    return both


def _both_choice(document: dict[str, Any], other: Any, choice: dict[str, Any]) -> dict[str, Any] | None:
    """Return the alternatives of a choice that fit something else as well."""
    keyword = next(key for key in ("oneOf", "anyOf", "discriminator") if key in choice)
    if keyword == "discriminator" or len(_CHOICE & choice.keys()) > 1:
        return None
    alternatives = [_both(document, other, each) for each in choice[keyword]]
    found = [each for each in alternatives if each is not None]
    return {keyword: found} if found else None


def _is_in(value: Any, listed: list[Any]) -> bool:
    return any(type(value) is type(each) and value == each for each in listed)

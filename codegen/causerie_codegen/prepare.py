"""Say what a document means in the words that openapi-python-client reads right.

What it would lose or take for something else is written in another way, with the same meaning:

- a part of a component that a ``$ref`` leads to becomes a component;
- a property that several parts of ``allOf`` describe is described in one of them;
- a path that is a ``$ref`` is what the reference leads to;
- the ``title`` of a schema, which would rename its class, goes;
- a ``default`` goes: a server has it, not the client;
- ``format: uuid`` goes: the values are texts, and stay texts;
- an operation without an operationId is called by its method and its path;
- listed values that do not have the type beside them go, and so does an enum beside a const;
- values that an enum lists twice are listed once, and named where two of them would give one name;
- true or false alone, as an enum or with a type, is a const;
- types that no listed value has go;
- null is among the values of a nullable enum;
- other listed values that are no texts and no integers go: their types stay;
- arrays, maps and choices that hold themselves hold any JSON where they would begin again, as they have no class;
- an object in a choice that holds itself becomes a component, and so does what may be null beside an object;
- properties that differ in signs alone go by other names, which ``x-names`` lists;
- a ``$ref`` with a name in Python becomes a part of ``allOf``, since what stands beside a ``$ref`` is not read;
- ``format: binary`` goes where a value stands in JSON, which holds no bytes: a text is what comes;
- what is ``readOnly`` or ``writeOnly`` is not required, since a body or an answer need not have it;
- alternatives stand in an order in which no value is taken for another, where there is one, and a field with other
  values in each becomes a discriminator where there is none;
- the field of a discriminator between objects that are no components is required in each, which tells them apart;
- what is a part of a choice, and has that choice as a part, has what stands beside the choice;
- what stands beside ``oneOf`` or ``anyOf`` becomes a part of each alternative;
- what stands beside ``$ref`` or ``allOf``, or in a part that has parts itself, becomes a part of ``allOf``.
"""

from __future__ import annotations

import re
from copy import deepcopy
from itertools import count
from typing import Any, Final

from openapi_python_client.strings import pascal_case

from causerie_spec.pointer import follow, look, parse

from . import choices, circles, files, listed, overlaps
from .names import letters_of, python_name, value_name
from .walk import KINDS, NOTES, fields, kinds, operation_id, operations, schemas, types_of, values

TEXTS: Final = frozenset({"uuid"})
"""Formats of text that would get a type of their own, which no value has at run time."""
STRUCTURE: Final = frozenset({"properties", "required", "additionalProperties", "type", "patternProperties"})
"""Keys that describe an object."""
SILENT: Final = frozenset({"#", "components", "schemas", "properties", "$defs", "paths", "content", "schema"})
"""Steps of a reference that say nothing about its target."""
LIMITS: Final = frozenset({"required", "not", "title", "description", "minProperties", "maxProperties"})
"""Keys that only limit an object described elsewhere."""


def prepared(document: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of the document that means the same."""
    document = deepcopy(document)
    document.pop("x-names", None)
    for path, item in document.get("paths", {}).items():
        if isinstance(item, dict) and "$ref" in item:
            document["paths"][path] = deepcopy(follow(document, item))
    for steps, _, operation in operations(document):
        operation["operationId"] = operation_id(steps, operation)
    listed.narrow(document)
    _name_parts(document)
    files.mark(document)
    circles.unwound(document)
    overlaps.join(document)
    _name_parts(document)
    circles.opened(document)
    _without_null(document)
    for steps, schema in schemas(document):
        _plain(schema)
        if "$ref" in schema and "x-python-name" in schema:
            schema["allOf"] = [{"$ref": schema.pop("$ref")}]
        _name_values(schema)
        if isinstance(schema.get("title"), str):
            del schema["title"]
        schema.pop("default", None)
        if schema.get("format") in TEXTS:
            del schema["format"]
        if not (len(steps) > 1 and steps[-2] == "allOf"):
            _compose(document, schema)
            _distribute(document, schema)
            for part in (schema, *schema.get("allOf", ())):
                _without_one_way(document, part, fields(document, schema))
    _tell_apart(document)
    choices.settle(document)
    return document


def _name_parts(document: dict[str, Any]) -> None:
    """Make a component of every part of a component that a ``$ref`` leads to."""
    for _, schema in [*schemas(document)]:
        steps = re.sub(r"/allOf/\d+", "", str(schema.get("$ref", ""))).split("/")
        if len(steps) < 3 or (len(steps) == 4 and steps[:3] == ["#", "components", "schemas"]):
            continue
        target = look(document, parse(schema["$ref"]))
        if target.keys() != {"$ref"}:
            components = document.setdefault("components", {}).setdefault("schemas", {})
            name = "".join(pascal_case(step) for step in steps if step not in SILENT)
            while name in components:
                name += "Part"
            components[name] = {**target}
            target.clear()
            target["$ref"] = f"#/components/schemas/{name}"
        schema["$ref"] = target["$ref"]


def _without_null(document: dict[str, Any]) -> None:
    """Say where an object is used that it may be null, where its component says so: the component keeps its class."""
    components = document.get("components", {}).get("schemas", {})
    found = {
        f"#/components/schemas/{name}": each
        for name, each in components.items()
        if {*types_of(each)} == {"object", "null"} and "properties" in each
    }
    for each in found.values():
        each["type"] = "object"
    for steps, schema in [*schemas(document)] if found else ():
        parts = schema.get("allOf", ())
        if schema.get("$ref") in found and "allOf" not in steps[-2:]:
            schema["anyOf"] = [{"$ref": schema.pop("$ref")}, {"type": "null"}]
        elif len(parts) == 1 and parts[0].get("$ref") in found and STRUCTURE.isdisjoint(schema):
            schema["anyOf"] = [*schema.pop("allOf"), {"type": "null"}]


def _tell_apart(document: dict[str, Any]) -> None:
    """Give properties that one class could not have both names that differ in letters, and list them."""
    given: dict[str, str | None] = {}
    alike: set[str] = set()
    for _, schema in schemas(document):
        by_letters: dict[str, list[str]] = {}
        for name, node in fields(document, schema).items():
            by_letters.setdefault(letters_of(name), []).append(name)
            given[name] = (node.get("x-python-name") if isinstance(node, dict) else None) or given.get(name)
        alike |= {name for found in by_letters.values() if len(found) > 1 for name in found}
    names: dict[str, str] = {}
    taken = {letters_of(name) for name in given}
    for name in sorted(alike):
        called = letters = ""
        for number in count(1):
            called = python_name(name, given[name]) + (f"_{number}" if number > 1 else "")
            letters = letters_of(called)
            if letters not in taken:
                break
        taken.add(letters)
        names[name] = called
    for _, schema in schemas(document) if names else ():
        if "properties" in schema:
            schema["properties"] = {names.get(name, name): each for name, each in schema["properties"].items()}
        if "required" in schema:
            schema["required"] = [names.get(name, name) for name in schema["required"]]
    if names:
        document["x-names"] = {called: name for name, called in names.items()}


def _plain(schema: dict[str, Any]) -> None:
    """Write schemas that are true or false, and listed values that are no texts and no integers, another way."""
    for key in ("items", "additionalProperties"):
        if key == "items" and schema.get(key) is False and "prefixItems" in schema:
            del schema[key]
        elif isinstance(schema.get(key), bool) and key == "items":
            schema[key] = {} if schema[key] else {"not": {}}
    properties = schema.get("properties", {})
    for name, each in properties.items():
        if isinstance(each, bool):
            properties[name] = {} if each else {"not": {}}
    for key in ("oneOf", "anyOf", "allOf", "prefixItems"):
        if key in schema:
            schema[key] = [({} if each else {"not": {}}) if isinstance(each, bool) else each for each in schema[key]]
    _list_null(schema)
    if isinstance(schema.get("type"), list) and values(schema):
        # A type that no listed value has says nothing, and would be read in place of the values.
        found = {KINDS[type(each)] for each in values(schema) or ()}
        types = [each for each in schema["type"] if each in found or (each == "number" and "integer" in found)]
        schema["type"] = types[0] if len(types) == 1 else types or schema["type"]
    if types_of(schema) in ([], ["boolean"]) and not schema.get("nullable"):
        alone = [*(values(schema) or ())]
        if len(alone) == 1 and type(alone[0]) is bool:
            schema["const"] = alone[0]
            schema.pop("enum", None)
            schema.pop("type", None)  # which would be read in place of the const
    listed = [each for each in values(schema) or () if each is not None]
    if listed and {type(each) for each in listed} not in ({str}, {int}) and not _is_const(schema):
        types = sorted({KINDS[type(each)] for each in values(schema)})
        schema.setdefault("type", types if len(types) > 1 else types[0])
        schema.pop("enum", None)
        schema.pop("const", None)
    elif "const" in schema and schema["const"] is None:
        schema.setdefault("type", "null")
        del schema["const"]
    if "array" in (schema.get("type") or ()) and not schema.keys() & {"items", "prefixItems"}:
        schema["items"] = {}


def _list_null(schema: dict[str, Any]) -> None:
    """List null in an enum of OpenAPI 3.0 that may be null."""
    if schema.get("nullable") is True and isinstance(schema.get("enum"), list) and None not in schema["enum"]:
        schema["enum"] = [*schema["enum"], None]


def _name_values(schema: dict[str, Any]) -> None:
    """Remove repeated values of an enum, and name the values if not all of them would have a name of their own."""
    texts = schema.get("enum")
    if not isinstance(texts, list) or not all(isinstance(each, str) for each in texts):
        return
    once = [*dict.fromkeys(texts)]
    if "x-enum-varnames" not in schema:
        schema["enum"] = once
        names = [value_name(each) for each in once]
        if len({value_name(each, is_spelled=False) for each in once}) < len(once) == len({*names}):
            schema["x-enum-varnames"] = names


def _is_const(schema: dict[str, Any]) -> bool:
    return type(schema.get("const")) in {str, int, bool}


def _without_one_way(document: dict[str, Any], part: dict[str, Any], properties: dict[str, Any]) -> None:
    def is_one_way(name: str) -> bool:
        node = properties.get(name)
        return isinstance(node, dict) and any(
            each.get(key) for each in (node, follow(document, node)) for key in ("readOnly", "writeOnly")
        )

    if isinstance(part.get("required"), list):
        part["required"] = [name for name in part["required"] if not is_one_way(name)]
        if not part["required"]:
            del part["required"]


def _compose(document: dict[str, Any], schema: dict[str, Any]) -> None:
    """Make one list of parts that have no parts themselves, or one schema of what is no object."""
    if "allOf" in schema:
        schema["allOf"] = [each for each in schema["allOf"] if not each.keys() <= NOTES] or [{}]
        is_alone = len(schema["allOf"]) == 1 and schema.keys() <= NOTES | {"allOf"}
        is_alias = is_alone and "$ref" in schema["allOf"][0]
        if not is_alias and (is_alone or "object" not in kinds(document, schema)):
            for part in schema.pop("allOf"):
                schema |= deepcopy(follow(document, part)) | schema
            _plain(schema)
            _compose(document, schema)
            return
    parts: list[dict[str, Any]] = []
    if "$ref" in schema and not STRUCTURE.isdisjoint(schema):
        parts.append({"$ref": schema.pop("$ref")})
    for part in schema.get("allOf", ()):
        parts += _flat(part)
    if not parts:
        return
    own = {key: schema.pop(key) for key in STRUCTURE & schema.keys()}
    if "properties" in own or "required" in own:
        parts.append(own)
    elif own.get("additionalProperties") is not None:
        schema["additionalProperties"] = own["additionalProperties"]
    schema["allOf"] = parts


def _distribute(document: dict[str, Any], schema: dict[str, Any]) -> None:
    """Put what stands beside a choice into each alternative; alternatives that only set limits are no choice."""
    parts = schema.get("allOf", [])
    for index, part in enumerate(parts):
        choice = follow(document, part)
        keyword = _choice(choice)
        if keyword is not None and _choice(schema) is None and len(parts) > 1:
            schema[keyword] = deepcopy(choice[keyword])
            parts[index] = {key: value for key, value in deepcopy(choice).items() if key != keyword}
    keyword = _choice(schema)
    if keyword is None or "discriminator" in schema:
        return
    if all(isinstance(each, dict) and each.keys() <= LIMITS for each in schema[keyword]):
        del schema[keyword]
        return
    own = {key: schema.pop(key) for key in (*STRUCTURE, "allOf") if key in schema and key != "type"}
    if own:
        parts = [*own.pop("allOf", ()), *([{"type": "object", **own}] if own else ())]
        schema.pop("type", None)
        schema[keyword] = [{"allOf": [*deepcopy(parts), each]} for each in schema[keyword]]


def _choice(schema: dict[str, Any]) -> str | None:
    found = [keyword for keyword in ("oneOf", "anyOf") if keyword in schema]
    return found[0] if len(found) == 1 else None


def _flat(part: dict[str, Any]) -> list[dict[str, Any]]:
    if "allOf" not in part:
        return [part]
    rest = {key: value for key, value in part.items() if key != "allOf"}
    inner = [each for item in part["allOf"] for each in _flat(item)]
    return [*inner, rest] if not STRUCTURE.isdisjoint(rest) else inner

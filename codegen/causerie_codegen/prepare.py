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
- ``nullable`` of OpenAPI 3.0 becomes a type, a value or an alternative;
- a property that is required, and not described, holds any JSON;
- other listed values that are no texts and no integers go: their types stay;
- arrays, maps and choices that hold themselves hold any JSON where they would begin again, as they have no class;
- an object in a component that is no object becomes a component, and so does what may be null beside an object;
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

from causerie_spec.pointer import follow, parse, step

from . import choices, circles, composition, files, listed, nulls, overlaps
from .names import letters_of, python_name, value_name
from .walk import KINDS, fields, operation_id, operations, schemas, types_of, values

TEXTS: Final = frozenset({"uuid"})
"""Formats of text that would get a type of their own, which no value has at run time."""
SILENT: Final = frozenset({"#", "components", "schemas", "properties", "$defs", "paths", "content", "schema"})
"""Steps of a reference that say nothing about its target."""


def prepared(document: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of the document that means the same."""
    document = deepcopy(document)
    document.pop("x-names", None)
    for path, item in document.get("paths", {}).items():
        if isinstance(item, dict) and "$ref" in item:
            document["paths"][path] = deepcopy(follow(document, item))
    for steps, _, operation in operations(document):
        operation["operationId"] = operation_id(steps, operation)
    components = document.setdefault("components", {}).setdefault("schemas", {})
    components |= {name: _said(each) for name, each in components.items() if isinstance(each, bool)}
    listed.narrow(document)
    _name_parts(document)
    files.mark(document)
    nulls.spell(document)
    circles.unwound(document)
    joins = overlaps.join(document)
    _name_parts(document)
    overlaps.settle(document, joins)
    circles.opened(document)
    nulls.settle(document)
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
            composition.compose(document, schema)
            _plain(schema)  # which it may consist of now
            composition.distribute(document, schema)
            composition.describe_required(document, schema)
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
        target = _reached(document, schema["$ref"])
        if isinstance(target, bool):
            target = _said(target)
        if target.keys() != {"$ref"}:
            components = document.setdefault("components", {}).setdefault("schemas", {})
            name = "".join(pascal_case(each) for each in steps if each not in SILENT)
            while name in components:
                name += "Part"
            components[name] = {**target}
            target.clear()
            target["$ref"] = f"#/components/schemas/{name}"
        schema["$ref"] = target["$ref"]


def _reached(document: dict[str, Any], reference: str) -> Any:
    """Return where a reference leads to; what it goes through may have become a component."""
    node: Any = document
    for token in parse(reference):
        while isinstance(node, dict) and "$ref" in node and token not in node:
            node = follow(document, node)
        node = step(node, token)
    return node


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
    if isinstance(schema.get("items"), bool) and "prefixItems" not in schema:
        schema["items"] = _said(schema["items"])
    properties = schema.get("properties", {})
    for name, each in properties.items():
        if isinstance(each, bool):
            properties[name] = _said(each)
    for key in ("oneOf", "anyOf", "allOf", "prefixItems"):
        if key in schema:
            schema[key] = [_said(each) if isinstance(each, bool) else each for each in schema[key]]
    if isinstance(schema.get("type"), list) and values(schema):
        # A type that no listed value has says nothing, and would be read in place of the values.
        found = {KINDS[type(each)] for each in values(schema) or ()}
        types = [each for each in schema["type"] if each in found or (each == "number" and "integer" in found)]
        schema["type"] = types[0] if len(types) == 1 else types or schema["type"]
    if types_of(schema) in ([], ["boolean"]):
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


def _said(is_any: bool) -> dict[str, Any]:
    """Return a schema that is true or false as an object."""
    return {} if is_any else {"not": {}}


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

"""What the generator cannot express.

All of it is found before anything is made, each with its place, so that nothing is generated wrong without a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any, Final

from openapi_python_client.strings import PythonIdentifier, snake_case

from walk import Steps, fields, operations, required, resolve, schemas

Problem = tuple[Steps, str]

ANNOTATIONS: Final = frozenset({"$ref", "summary", "description", "deprecated", "example", "examples", "default"}) | {
    *("readOnly", "writeOnly", "title", "externalDocs", "nullable")
}
"""What may stand beside a ``$ref`` and changes no type."""
RESERVED: Final = frozenset({"Any", "Model", "Required", "TypedDict", "Unset", "UNSET"})
"""Classes that the module of every model uses."""


def problems(document: dict[str, Any]) -> Iterator[Problem]:
    """Yield all that no right client can be made of."""
    yield from _servers(document)
    yield from _operations(document)
    known: dict[str, Any] = {}
    for steps, schema in schemas(document):
        yield from _schema(document, steps, schema)
        if "discriminator" in schema:
            # The generator knows a choice by its alternatives alone.
            key = str([each.get("$ref") for each in schema.get("oneOf", schema.get("anyOf", ()))])
            if known.setdefault(key, schema["discriminator"]) != schema["discriminator"]:
                yield steps, "the same alternatives have another discriminator elsewhere: make one component of both"


def _servers(document: dict[str, Any]) -> Iterator[Problem]:
    for index, server in enumerate(document.get("servers", ())):
        url = str(server.get("url", ""))
        if "{" in url:
            yield ("servers", index), f"{url} has variables: write a server for each of their values"
        elif not url.startswith(("http://", "https://")):
            yield ("servers", index), f"{url!r} is relative: write the whole URL"


def _operations(document: dict[str, Any]) -> Iterator[Problem]:
    known: dict[tuple[str, str], str] = {}
    for path, item in document.get("paths", {}).items():
        if isinstance(item, dict) and "servers" in item:
            yield ("paths", path, "servers"), "the servers of the document are used alone: make them the document's"
    for steps, item, operation in operations(document):
        if "servers" in operation:
            yield (*steps, "servers"), "the servers of the document are used alone: make them the document's"
        name = operation.get("operationId")
        if not isinstance(name, str):
            yield steps, "an operationId was expected, which names the function"
        else:
            key = (snake_case(next(iter(operation.get("tags", ())), "default")), snake_case(name))
            if key in known:
                yield (*steps, "operationId"), f"{name} and {known[key]} give the same name {key[1]}: rename one"
            known[key] = name
        yield from _parameters(document, steps, item, operation)
        yield from _body(document, steps, operation)
        for status, response in operation.get("responses", {}).items():
            media_types = [*resolve(document, response).get("content", ())]
            if len(media_types) > 1:
                text = f"{', '.join(media_types)}: one media type was expected, of which an answer is made"
                yield (*steps, "responses", status), text


def _parameters(
    document: dict[str, Any], steps: Steps, item: dict[str, Any], operation: dict[str, Any]
) -> Iterator[Problem]:
    found: dict[tuple[str, str], tuple[Steps, dict[str, Any]]] = {}
    for place, owner in ((steps[:-1], item), (steps, operation)):
        for index, node in enumerate(owner.get("parameters", ())):
            parameter = resolve(document, node)
            found[str(parameter.get("name")), str(parameter.get("in"))] = (*place, "parameters", index), parameter
    names: dict[str, str] = {}
    for (name, where), (place, parameter) in found.items():
        if where not in {"path", "query"}:
            continue  # the endpoint says so
        for problem in _parameter(document, where, parameter):
            yield place, f"{where} parameter {name}: {problem}"
        python_name = str(parameter.get("x-python-name") or PythonIdentifier(name, prefix="field_"))
        if python_name in names:
            yield place, f"{name} and {names[python_name]} give the same name {python_name}: {_RENAME}"
        names[python_name] = name


_RENAME: Final = "say with x-python-name what one of them is to be called"


def _parameter(document: dict[str, Any], where: str, parameter: dict[str, Any]) -> Iterator[str]:
    usual = "form" if where == "query" else "simple"
    style = parameter.get("style", usual)
    if "content" in parameter:
        yield "content is not supported: describe its text by a schema"
        return
    if style != usual:
        yield f"style {style} is not supported, but {usual} alone"
    if parameter.get("allowReserved"):
        yield "allowReserved is not supported: values are percent-encoded"
    schema = parameter.get("schema", {})
    kinds = _kinds(document, schema) - {"null"}
    if kinds == {"object"}:
        yield "an object has no text of its own: describe a parameter for each of its fields"
    if "array" in kinds:
        if where == "path":
            yield "an array in a path is not supported: describe a text"
        elif _kinds(document, resolve(document, schema).get("items", {})) <= {"array", "object"}:
            yield "arrays of arrays or of objects are not supported"


def _body(document: dict[str, Any], steps: Steps, operation: dict[str, Any]) -> Iterator[Problem]:
    for media_type in resolve(document, operation.get("requestBody")).get("content", {}):
        kind = media_type.partition(";")[0].strip().lower()
        if kind != "application/json" and not _is_several(document, operation):
            yield steps, f"request body: {media_type} is not supported, but application/json alone"


def _is_several(document: dict[str, Any], operation: dict[str, Any]) -> bool:
    return len(resolve(document, operation.get("requestBody")).get("content", {})) > 1


def _schema(document: dict[str, Any], steps: Steps, schema: dict[str, Any]) -> Iterator[Problem]:
    reference = schema.get("$ref")
    if isinstance(reference, str) and not reference.startswith("#/"):
        yield steps, f"{reference} leads out of the document: write what stands there into components"
        return
    beside = [key for key in schema if key not in ANNOTATIONS and not key.startswith("x-")] if reference else []
    if beside:
        yield steps, f"{', '.join(beside)} beside $ref would be lost: put both into allOf"
    if len(steps) == 3 and steps[:2] == ("components", "schemas") and steps[2] in RESERVED:
        yield steps, f"the name {steps[2]} is used in every module of models: rename the schema"
    if schema.get("format") == "binary" and steps[-1] != "schema":
        yield steps, "format binary is not supported: files go to signed URLs"
    names: dict[str, str] = {}
    for name, node in fields(document, schema).items() if "properties" in schema or "allOf" in schema else ():
        given = node.get("x-python-name") if isinstance(node, dict) else None
        python_name = str(given or PythonIdentifier(name, prefix="field_"))
        if python_name in names:
            yield steps, f"{name} and {names[python_name]} give the same name {python_name}: {_RENAME}"
        names[python_name] = name
    if not (len(steps) > 4 and "requestBody" in steps and steps[-1] == "schema"):  # the caller makes one of them
        yield from _alternatives(document, steps, schema)


def _alternatives(document: dict[str, Any], steps: Steps, schema: dict[str, Any]) -> Iterator[Problem]:
    for keyword in ("oneOf", "anyOf"):
        alternatives = schema.get(keyword, ())
        if "discriminator" in schema:
            if not all("$ref" in each for each in alternatives):
                yield (*steps, keyword), "a discriminator tells components apart: name each of them by $ref"
            continue
        for (index, first), (other, second) in combinations(enumerate(alternatives), 2):
            if not _is_apart(document, first, second):
                yield (*steps, keyword), f"alternatives {index} and {other} cannot be told apart: {_TELL_APART}"


_TELL_APART: Final = "give them a discriminator, a field with other values in each, or one that only the first requires"


def _is_apart(document: dict[str, Any], first: Any, second: Any) -> bool:
    """Return whether a value of the second schema is never taken for one of the first, which is tried before it."""
    kinds = _kinds(document, first) & _kinds(document, second)
    if not kinds & {"object", "array"} or resolve(document, first) is resolve(document, second):
        return True
    if "array" in kinds:
        items = (resolve(document, each).get("items", {}) for each in (first, second))
        if not _is_apart(document, *items):
            return False
    if "object" not in kinds:
        return True
    ours, theirs = fields(document, first), fields(document, second)
    needed, theirs_needed = required(document, first), required(document, second)
    if needed - theirs.keys():
        return True
    return any(
        _differs(document, ours[name], theirs[name]) for name in needed & theirs_needed & ours.keys() & theirs.keys()
    )


def _differs(document: dict[str, Any], first: Any, second: Any) -> bool:
    values = [_values(resolve(document, each)) for each in (first, second)]
    if all(each is not None for each in values):
        return not any(each in values[1] for each in values[0])
    return not _kinds(document, first) & _kinds(document, second)


def _values(schema: dict[str, Any]) -> Any:
    return [schema["const"]] if "const" in schema else schema.get("enum")


_ALL: Final = frozenset({"object", "array", "string", "number", "integer", "boolean", "null"})


def _kinds(document: dict[str, Any], schema: Any) -> frozenset[str]:
    """Return the JSON types that a schema allows."""
    schema = resolve(document, schema)
    kinds = schema.get("type")
    if isinstance(kinds, str):
        return frozenset({kinds})
    if isinstance(kinds, list):
        return frozenset(kinds)
    if "properties" in schema or "allOf" in schema:
        return frozenset({"object"})
    for keyword in ("oneOf", "anyOf"):
        if keyword in schema:
            return frozenset().union(*(_kinds(document, each) for each in schema[keyword]))
    if "enum" in schema or "const" in schema:
        return frozenset(_NAMES[type(value)] for value in _values(schema))
    return _ALL


_NAMES: Final[dict[type, str]] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    dict: "object",
    list: "array",
    type(None): "null",
}

"""Checks whether a document follows the OpenAPI specification, 3.1 or 3.0."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

from jsonschema_rs import Validator

from causerie_spec.pointer import follow, has_names

from .metaschema import DIALECT, IN_OLD, OLD_DIALECT, validator
from .walk import CONSTRAINTS, Problem, Steps, common_kinds, operations, schemas

_TEXT_MAX: Final = 300


_SWAGGER: Final = {
    "schema": "write it as content: {application/json: {schema: …}}",
    "definitions": "move them to components/schemas",
    "securityDefinitions": "move them to components/securitySchemes",
    "parameters": "move them to components/parameters",
    "responses": "move them to components/responses",
    "consumes": "write it as a media type below content of requestBody",
    "produces": "write it as a media type below content of the response",
    "type": "write it below schema",
    "collectionFormat": "write it as style and explode",
    "host": "write it as servers",
    "basePath": "write it as servers",
    "schemes": "write it as servers",
}
"""What becomes of a key of Swagger 2, which OpenAPI 3 does not have there."""
_ADVICE: Final = {
    "is a required property": "add it",
    "is not of type": "write a value of that type",
    '"body" is not one of': "write it as requestBody",
    '"formData" is not one of': "write it as a property of requestBody",
    "is not one of": "write one of those",
    '"in":"': "a parameter has a name, in, and either a schema or a content",
}
"""What to do, by a part of the problem."""
_OF_ANSWERS: Final = frozenset({"$ref", "description", "headers", "content", "links"})


def without_strays(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document without keys that OpenAPI does not know in an answer, where ``content`` describes it.

    Beside ``content``, the ``schema`` and the ``examples`` of Swagger 2 change nothing.
    """
    if any(_strays(each) for each in _answers(document)):
        document = deepcopy(document)
        for each in _answers(document):
            for key in _strays(each):
                del each[key]
    return document


def _answers(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the answers of a document whose shape nobody has checked."""
    owners = [document.get("components")]
    if isinstance(document.get("paths"), dict):
        owners += [operation for _, _, operation in operations(document)]
    for owner in owners:
        responses = owner.get("responses") if isinstance(owner, dict) else None
        yield from (
            [each for each in responses.values() if isinstance(each, dict)] if isinstance(responses, dict) else ()
        )


def _strays(answer: dict[str, Any]) -> list[str]:
    return (
        [key for key in answer if key not in _OF_ANSWERS and not str(key).startswith("x-")]
        if answer.get("content")
        else []
    )


def shape(document: dict[str, Any]) -> Iterator[Problem]:
    """Yield the places whose shape differs from what OpenAPI describes, each once."""
    is_old = _is_old(document)
    misspelt = dict(_misspelt(document))
    holders = {place[:-1] for place in misspelt}
    found = [(place, problem) for place, problem in _shape(document, is_old) if place not in holders]
    yield from reversed(dict(reversed([*misspelt.items(), *found])).items())


def shape_of_schema(document: dict[str, Any], steps: Steps, schema: Any) -> Iterator[Problem]:
    """Yield the same of a schema in an extension, of which nobody knows that it is one but what leads there."""
    is_old = _is_old(document)
    yield from _errors(validator(OLD_DIALECT if is_old else DIALECT), steps, schema, is_old)


def _is_old(document: dict[str, Any]) -> bool:
    return str(document.get("openapi", "")).startswith("3.0.")


def _misspelt(document: dict[str, Any]) -> Iterator[Problem]:
    """Yield the invalid paths and statuses, which the schemas of OpenAPI only call unexpected."""
    paths = document.get("paths")
    if not isinstance(paths, dict):
        return
    for path in paths:
        if not path.startswith(("/", "x-")):
            yield ("paths", path), f"a path begins with /: write /{path}"
    for steps, _, operation in operations(document):
        responses = operation.get("responses")
        for status in responses if isinstance(responses, dict) else ():
            if not _STATUS.fullmatch(status):
                yield (*steps, "responses", status), f"{status!r} is no status: {_WRITE_STATUS}"


_STATUS: Final = re.compile(r"[1-5](?:[0-9]{2}|XX)|default|x-.*")
_WRITE_STATUS: Final = "write three digits, from 100 to 599, or such as 2XX for all of them that begin with 2"


def rules(document: dict[str, Any]) -> Iterator[Problem]:
    """Yield what breaks the rules of OpenAPI for parameters and names, or those of our extensions.

    Every ``$ref`` has to lead somewhere.
    """
    yield from _parameters(document)
    yield from _operation_ids(document)
    yield from _extensions((), document)
    yield from _discriminators(document)
    for steps, schema in schemas(document):
        # OpenAPI 3.0 does not describe what stands beside a $ref.
        odd = [key for key in ("allOf", "oneOf", "anyOf") if not isinstance(schema.get(key, []), list)]
        if odd:
            yield (*steps, odd[0]), f"{odd[0]} is a list of schemas: write one, or leave it out"
        elif "allOf" in schema and not common_kinds(document, schema["allOf"]):
            yield steps, "no value fits all parts of allOf, whose types differ: leave out the wrong ones"


_TEXTS: Final = frozenset({"x-python-name", "x-unit", "x-credential-prefix"})


def _extensions(steps: Steps, node: Any) -> Iterator[Problem]:
    """Yield our own extensions that do not have the type that they are read as."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _extensions((*steps, index), item)
    elif isinstance(node, dict):
        for key, value in node.items():
            place = (*steps, key)
            if has_names(steps):
                yield from _extensions(place, value)
            elif key in _TEXTS and not isinstance(value, str):
                yield place, f"{key} is a text, not {value!r}: write one, or leave it out"
            elif key == "x-enum-varnames" and not (
                isinstance(value, list) and all(isinstance(each, str) for each in value)
            ):
                yield place, f"{key} is a list of texts, not {value!r}: write one, or leave it out"
            elif not (key in {"example", "examples", "default", "enum", "const"} or str(key).startswith("x-")):
                yield from _extensions(place, value)


def _discriminators(document: dict[str, Any]) -> Iterator[Problem]:
    """Yield discriminators without a field, and values of them that stand for no component."""
    known = document.get("components", {}).get("schemas", {})
    for steps, schema in schemas(document):
        if "discriminator" not in schema:
            continue
        said, place = schema["discriminator"], (*steps, "discriminator")
        if not isinstance(said, dict) or not isinstance(said.get("propertyName"), str):
            yield place, "a discriminator has a propertyName, which is a text: add it, or leave the discriminator out"
            continue
        mapping = said.get("mapping", {})
        if not isinstance(mapping, dict):
            yield (*place, "mapping"), "mapping is an object of values and components: write one, or leave it out"
            continue
        for value, reference in mapping.items():
            if str(reference).rpartition("/")[2] not in known:
                yield (
                    (*place, "mapping", value),
                    f"{reference!r} is no component: write #/components/schemas/ and its name",
                )


def _shape(document: dict[str, Any], is_old: bool) -> Iterator[Problem]:
    yield from _errors(validator("3.0" if is_old else "3.1"), (), document, is_old)
    within: Steps = ()
    for steps, schema in schemas(document) if not is_old else ():
        if not within or steps[: len(within)] != within:
            within = steps
            yield from _errors(validator(DIALECT), steps, schema)


def _errors(described: Validator, steps: Steps, node: Any, is_old: bool = False) -> Iterator[Problem]:
    for error in described.iter_errors(node):
        if error.instance_path[-1:] in (["example"], ["examples"]):  # no type depends on them
            continue
        text = error.message
        shown = text if len(text) < _TEXT_MAX else f"{text[:_TEXT_MAX]}…"
        place = (*steps, *error.instance_path)
        yield place, f"{shown}: {(is_old and _advice_on_new(place, error.instance)) or _advice(text, is_old)}"


def _advice(problem: str, is_old: bool) -> str:
    """Return what to do about a problem that the validator names."""
    unexpected = re.search(r"\((.*) (?:was|were) unexpected\)$", problem)
    if unexpected:
        names = re.findall(r"'([^']*)'", unexpected[1])
        return "; ".join(_SWAGGER.get(each) or _without(each, is_old) for each in names)
    return next((advice for part, advice in _ADVICE.items() if part in problem), "write it as OpenAPI describes it")


def _without(key: str, is_old: bool) -> str:
    is_new = is_old and key in CONSTRAINTS - IN_OLD
    return f"leave {key} out, or {'say openapi: 3.1.0, which has it' if is_new else 'begin its name with x-'}"


def _advice_on_new(place: Steps, value: Any) -> str | None:
    """Return what to do about a value that a document of 3.0 has as in 3.1."""
    match place[-1:], value:
        case ("type",), "null":
            said = "write nullable: true beside another type"
        case ("type",), [*types] if "null" in types:
            said = "write nullable: true"
        case ("type",), [*_]:
            said = "write anyOf, with a schema for each type"
        case ("exclusiveMinimum" | "exclusiveMaximum" as key,), int() | float():
            said = f"write {key}: true beside {key.removeprefix('exclusive').lower()}"
        case _:
            return None
    return f"in OpenAPI 3.0, {said}, or say openapi: 3.1.0"


def _parameters(document: dict[str, Any]) -> Iterator[Problem]:
    for steps, item, operation in operations(document):
        known: set[str | None] = set()
        for place, owner in ((steps[:-1], item), (steps, operation)):
            said = [follow(document, each) for each in owner.get("parameters", ())]
            names = [(each.get("name"), each.get("in")) for each in said]
            for name, where in sorted({each for each in names if names.count(each) > 1}):
                yield (*place, "parameters"), f"the {where} parameter {name} is there twice: leave one out"
            known |= {name for name, where in names if where == "path"}
        for name in re.findall(r"{([^{}]*)}", steps[1]):
            if name not in known:
                yield steps, f"the path has {{{name}}}, which no parameter describes: add one, in path"


def _operation_ids(document: dict[str, Any]) -> Iterator[Problem]:
    known = set()
    for steps, _, operation in operations(document):
        name = operation.get("operationId")
        if name in known:
            yield (*steps, "operationId"), f"{name} is the operationId of another operation: rename one"
        known |= {name} - {None}

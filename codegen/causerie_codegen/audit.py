"""What the generator cannot express.

All of it is found before anything is made, each with its place, so that nothing is generated wrong without a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import parse_qsl

from openapi_python_client.parser.properties import Class, EnumProperty
from openapi_python_client.strings import ClassName, PythonIdentifier

from causerie_spec.pointer import follow

from . import choices, credentials, encoding, files, media, overlaps
from .composition import STRUCTURE
from .document import servers
from .names import PREFIX, function_name, is_name, is_too_long, python_name
from .parameter import Parameter, parameters
from .runtime.request import bare as bare_type
from .runtime.schema import spelled
from .walk import (
    ALL,
    CONSTRAINTS,
    Problem,
    Steps,
    fields,
    has_texts,
    kinds,
    operation_id,
    operations,
    schemas,
    values,
)


def problems(document: dict[str, Any]) -> Iterator[Problem]:
    """Yield all that no right client can be made of."""
    yield from _servers(document, (), document)
    yield from _credentials(document)
    yield from _operations(document)
    yield from overlaps.problems(document)
    classes: dict[str, str] = {}
    for name in document.get("components", {}).get("schemas", {}):
        called = str(ClassName(name, PREFIX))
        if called in classes:
            place = ("components", "schemas", name)
            yield place, f"{name} and {classes[called]} give the same class {called}: rename one"
        classes[called] = name
    known: dict[str, Any] = {}
    twofold = files.components(document, in_forms=True) & files.components(document, in_forms=False)
    for steps, schema in schemas(document):
        yield from _schema(document, steps, schema)
        yield from _files(steps, schema, twofold)
        if "discriminator" in schema:
            # The generator knows a choice by its alternatives alone.
            key = str([each.get("$ref") for each in schema.get("oneOf", schema.get("anyOf", ()))])
            if known.setdefault(key, schema["discriminator"]) != schema["discriminator"]:
                yield steps, "the same alternatives have another discriminator elsewhere: make one component of both"


def _servers(document: dict[str, Any], steps: Steps, node: dict[str, Any]) -> Iterator[Problem]:
    """Yield the problems with the servers of a document, a path or an operation."""
    for index, server in enumerate(node.get("servers", ())):
        place = (*steps, "servers", index)
        url = str(server.get("url", ""))
        unknown = set(re.findall(r"{([^{}]*)}", url)) - server.get("variables", {}).keys()
        if unknown:
            yield place, f"{url} has variables without a default: {', '.join(sorted(unknown))}: name one"
            continue
        url = servers({"servers": [server]})[0]
        if url != url.strip():
            yield place, f"{url!r} has spaces around it: leave them out"
        elif "?" in url or "#" in url:
            yield place, f"{url} ends in a query or a fragment, behind which no path can stand: leave that out"
        elif re.match(r"[A-Za-z0-9+.-]+:", url) and not _WEB.match(url):
            yield place, f"{url!r} is no URL of HTTP: begin it with https:// or http://, and a host"
        elif not _WEB.match(url) and (url.startswith("//") or not url.startswith("/")):
            yield place, f"{url!r} depends on where the document lies: say that with --url, or write the whole URL"
        elif not servers(document):
            yield place, "the document has no server, in whose place this one would stand: name one"
        elif steps and any(each.startswith("/") for each in servers(document)):
            yield (
                place,
                "the document's own server is a path, so that nobody knows its host: write its URL, or give --url",
            )


_WEB: Final = re.compile(r"https?://[^/]", re.IGNORECASE)


def _credentials(document: dict[str, Any]) -> Iterator[Problem]:
    names: dict[str, str] = {}
    for name, scheme in document.get("components", {}).get("securitySchemes", {}).items():
        place = ("components", "securitySchemes", name)
        credential = credentials.of(name, follow(document, scheme))
        if credential is None:
            yield place, f"{credentials.described(scheme)} is not supported: leave it out, and give httpx what it needs"
        elif credential.python_name in names:
            yield place, f"{name} and {names[credential.python_name]} give the same name: rename one"
        elif credential.where in {"header", "cookie"} and not _TOKEN.fullmatch(credential.key):
            yield (
                place,
                f"no {credential.where} can be called {credential.key!r}: spell it without spaces and separators",
            )
        else:
            names[credential.python_name] = name
    known = document.get("components", {}).get("securitySchemes", {})
    for steps, node in (((), document), *((steps, operation) for steps, _, operation in operations(document))):
        for index, each in enumerate(node.get("security", ())):
            for name in sorted(each.keys() - known.keys()):
                place = (*steps, "security", index)
                yield place, f"no security scheme is called {name}: describe it in components, or leave it out"


def _operations(document: dict[str, Any]) -> Iterator[Problem]:
    known: dict[tuple[str, str], tuple[str, bool]] = {}
    for path, item in document.get("paths", {}).items():
        if "{" in path.partition("#")[2]:
            yield ("paths", path), "a fragment is not sent, and holds no parameters: describe them in the path"
        if isinstance(item, dict):
            yield from _servers(document, ("paths", path), item)
    for steps, item, operation in operations(document):
        yield from _servers(document, steps, operation)
        yield from _names(steps, operation, known)
        yield from _parameters(document, steps, item, operation)
        yield from _body(document, steps, operation)
        yield from _answers(document, steps, operation)


def _names(
    steps: Steps, operation: dict[str, Any], known: dict[tuple[str, str], tuple[str, bool]]
) -> Iterator[Problem]:
    """Yield the problems with the names of a function and its folder; ``known`` are the others, by both."""
    name = operation["operationId"]
    if not isinstance(name, str):
        yield steps, "an operationId was expected, which names the function"
        return
    is_given = name != operation_id(steps, {})
    place, remedy = ((*steps, "operationId"), "rename one") if is_given else (steps, _GIVE)
    tag = python_name(next(iter(operation.get("tags", ())), "default"))
    key = tag, function_name(name)
    if key in known:
        other, is_other_given = known[key]
        yield place, f"{name} and {other} give the same name {key[1]}: {remedy if is_other_given else _GIVE}"
    known[key] = name, is_given
    if is_too_long(key[1]):
        yield place, f"no file can be called {key[1]}: {'rename it' if is_given else 'give it an operationId'}"
    if is_too_long(tag):
        yield (*steps, "tags", 0), f"no folder can be called {tag}: rename the tag"


_GIVE: Final = "give one of them an operationId"


def _parameters(
    document: dict[str, Any], steps: Steps, item: dict[str, Any], operation: dict[str, Any]
) -> Iterator[Problem]:
    names: dict[str, str] = {}
    written = {name for name, _ in parse_qsl(steps[1].partition("#")[0].partition("?")[2], keep_blank_values=True)}
    for each in parameters(document, steps, item, operation):
        if each.where == "query" and each.name in written:
            yield each.place, f"{each.name} stands in the query of the path as well: leave it out of one of them"
        for problem in _parameter(document, each):
            yield each.place, f"{each.where} parameter {each.name}: {problem}"
        is_in_query = each.where == "path" and f"{{{each.name}}}" in steps[1].partition("#")[0].partition("?")[2]
        if is_in_query and not each.is_plain:
            yield each.place, f"path parameter {each.name}: in the query of a path, it is one value: {_IN_QUERY}"
        if each.where in {"header", "cookie", "part"} and not _TOKEN.fullmatch(each.name):
            yield (
                each.place,
                f"{each.where} parameter {each.name}: no such name can be sent: spell it without spaces and separators",
            )
        if each.where == "path" and f"{{{each.name}}}" not in steps[1]:
            yield each.place, f"path parameter {each.name}: the path has no {{{each.name}}}: put it there"
        if each.given_name is not None and not is_name(each.given_name):
            yield each.place, f"{each.given_name} is no name in Python: give another with x-python-name"
        yield from _unprintable(each.place, each.name)
        name = python_name(each.name, each.given_name)
        if name in names:
            yield each.place, f"{each.name} and {names[name]} give the same name {name}: {_RENAME}"
        names[name] = each.name


_RENAME: Final = "say with x-python-name what one of them is to be called"
_STYLES: Final = {
    "path": {"simple", "label", "matrix"},
    "query": {"form", "spaceDelimited", "pipeDelimited", "deepObject"},
    "header": {"simple"},
    "cookie": {"form"},
    "part": {"simple"},
}
_SHAPES: Final = {"deepObject": "object", "spaceDelimited": "array", "pipeDelimited": "array"}
_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_IN_QUERY: Final = "describe it in query, and leave it out of the path"
_ARRAYS: Final = "describe each of them by an array with the whole name, such as f[a][] or f[a], in place of the object"
_CONTENT: Final = "describe it by content application/json, or describe a parameter for each part"


def _parameter(document: dict[str, Any], parameter: Parameter) -> Iterator[str]:
    style, shape = parameter.style, parameter.shape
    if shape == "json":
        return
    if style not in _STYLES[parameter.where]:
        yield f"style {style} is not known here: one of {', '.join(sorted(_STYLES[parameter.where]))} was expected"
    if _SHAPES.get(style, shape) != shape:
        yield f"style {style} is for an {_SHAPES[style]}: leave the style out"
    if parameter.reserved and parameter.where != "query":
        yield "allowReserved is for a query, as values are percent-encoded elsewhere: leave it out"
    found = kinds(document, parameter.schema) - {"null"}
    if found != ALL - {"null"} and "object" in found and shape != "object":
        yield f"a choice of an object and something else has no text of its own: {_CONTENT}"
    if shape == "value":
        if found != ALL - {"null"} and not found.isdisjoint({"array", "object"}):
            yield f"an array or an object is no text: {_CONTENT}"
        return
    if style == "deepObject" and not has_texts(document, parameter.schema, is_deep=True):
        yield f"OpenAPI does not say how arrays stand in a deepObject: {_ARRAYS}"
    elif not has_texts(document, parameter.schema, is_deep=style == "deepObject"):
        yield f"arrays and objects in an {shape} have no text of their own: {_CONTENT}"


def _body(document: dict[str, Any], steps: Steps, operation: dict[str, Any]) -> Iterator[Problem]:
    content = follow(document, operation.get("requestBody")).get("content", {})
    place = (*steps, "requestBody")
    for media_type, said in media.bodies(document, content):
        schema = said.get("schema", {})
        if "*" in media_type:
            yield place, f"{media_type} names no media type that could be sent: name one"
        kind = media.kind(media_type)
        for inner, problem in encoding.problems(document, kind, said):
            yield (*place, "content", media_type, *inner), problem
        if kind in {"form", "multipart"} and kinds(document, schema) != {"object"}:
            yield place, f"{media_type} holds the fields of an object: describe one, which is not null"


def _answers(document: dict[str, Any], steps: Steps, operation: dict[str, Any]) -> Iterator[Problem]:
    for status, node in operation.get("responses", {}).items():
        known: dict[str, str] = {}
        offers = media.answers(document, follow(document, node).get("content", {}))
        for media_type in [name for each in offers for name in each.names]:
            bare = bare_type(media_type)
            if bare in known:
                problem = (
                    f"{media_type} and {known[bare]} are one media type, with two schemas: put them into one oneOf"
                )
                yield (*steps, "responses", status), problem
            known[bare] = media_type


def _files(steps: Steps, schema: dict[str, Any], twofold: set[str]) -> Iterator[Problem]:
    """Yield a file in a component that JSON is made of as well: ``twofold`` are their names."""
    if schema.get("format") == "binary" and steps[:2] == ("components", "schemas") and steps[2] in twofold:
        yield steps, f"{steps[2]} is JSON and a form with files, of which only one holds bytes: make two of it"


def _schema(document: dict[str, Any], steps: Steps, schema: dict[str, Any]) -> Iterator[Problem]:
    reference = schema.get("$ref")
    beside = [key for key in schema if key in CONSTRAINTS] if reference else []
    if beside:
        yield steps, f"{', '.join(beside)} beside $ref would be lost: put both into allOf"
    keywords = [keyword for keyword in ("oneOf", "anyOf") if keyword in schema]
    if len(keywords) > 1 or (keywords and not STRUCTURE.isdisjoint(schema.keys() - {"type"})):
        yield steps, f"what stands beside {keywords[0]} would be lost: put it into each of the alternatives"
    if isinstance(schema.get("enum"), list):
        yield from _enum(steps, schema)
    names: dict[str, str] = {}
    stood_for = document.get("x-names", {})
    for name, node in fields(document, schema).items() if "properties" in schema or "allOf" in schema else ():
        given = node.get("x-python-name") if isinstance(node, dict) else None
        if given is not None and not is_name(given):
            yield steps, f"{given} is no name in Python: give another with x-python-name"
        original = stood_for.get(name, name)
        called = python_name(original, given)
        if called in names:
            yield steps, f"{original} and {names[called]} give the same name {called}: {_RENAME}"
        names[called] = original
        yield from _unprintable(steps, original)
    yield from alternatives(document, steps, schema)


def _unprintable(steps: Steps, text: str) -> Iterator[Problem]:
    if any(unicodedata.category(each) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for each in text):
        yield steps, f"{text!r} holds a character that nobody sees, which would be lost: write it without"


def _enum(steps: Steps, schema: dict[str, Any]) -> Iterator[Problem]:
    if not schema["enum"]:
        yield steps, "an empty enum allows nothing: list values, or leave it out"
    for name in schema.get("x-enum-varnames", ()):
        if not is_name(name):
            yield steps, f"{name} is no name in Python: give another with x-enum-varnames"
    texts = [value for value in schema["enum"] if isinstance(value, str)]
    for text in texts:
        yield from _unprintable(steps, text)
    try:
        nameless = Class(ClassName("", PREFIX), PythonIdentifier("", PREFIX))
        members = EnumProperty.values_from_list(texts, nameless, schema.get("x-enum-varnames", []))
    except ValueError:
        members = {}
    if len(members) < len(texts):
        yield steps, f"two values of the enum give the same name: {texts}: name them all with x-enum-varnames"


def alternatives(document: dict[str, Any], steps: Steps, schema: dict[str, Any]) -> Iterator[Problem]:
    """Yield the choices in a schema whose values a reader cannot distinguish."""
    if len(steps) > 4 and "requestBody" in steps and steps[-1] == "schema":
        return  # the caller makes one of them
    for keyword in [each for each in ("oneOf", "anyOf") if each in schema]:
        choice = schema[keyword]
        if "discriminator" in schema:
            if not all("$ref" in each or each == {"type": "null"} for each in choice):
                yield (*steps, keyword), "a discriminator tells components apart: name each of them by $ref"
            else:
                yield from _discriminator(document, (*steps, keyword), schema, choice)
            continue
        pairs = choices.confused(document, choice)
        if pairs and choices.ordered(document, choice) is None:
            more = f" (and {len(pairs) - 1} other pairs)" if len(pairs) > 1 else ""
            yield (
                (*steps, keyword),
                f"alternatives {pairs[0][0]} and {pairs[0][1]} cannot be told apart{more}: {_TELL_APART}",
            )


def _discriminator(
    document: dict[str, Any], steps: Steps, schema: dict[str, Any], choice: list[dict[str, Any]]
) -> Iterator[Problem]:
    names = {each["$ref"].rpartition("/")[2] for each in choice if "$ref" in each}
    for name in sorted(names):
        if not fields(document, {"$ref": f"#/components/schemas/{name}"}):
            yield steps, f"{name} has no properties, so that no class stands for it: describe them"
    field, mapping = schema["discriminator"]["propertyName"], schema["discriminator"].get("mapping", {})
    named = {value: reference.rpartition("/")[2] for value, reference in mapping.items()}
    for value, name in ({each: each for each in names - {*named.values()}} | named).items():
        listed = values(follow(document, fields(document, {"$ref": f"#/components/schemas/{name}"}).get(field, {})))
        if name in names and listed is not None and value not in map(spelled, listed):
            yield (
                steps,
                f"{value} stands for {name}, whose {field} never has this value: say in mapping which one it has",
            )
    for value, reference in mapping.items():
        if reference.rpartition("/")[2] not in names:
            yield (
                steps,
                f"the discriminator maps {value} to {reference}, which is no alternative: add it, or leave it out",
            )


_TELL_APART: Final = "give them a discriminator, a field with other values in each, or one that only the first requires"

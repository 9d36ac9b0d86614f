"""Shows a document: its operations, or the fields of one, each with its evidence."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any, NamedTuple

from causerie_spec.documents import operations
from causerie_spec.evidence import Evidence, evidence
from causerie_spec.pointer import Pointer, look, parse, resolve, spell


class _Line(NamedTuple):
    """A parameter, an answer, a field or a value: its name, what it is, and what the document says of it."""

    name: str
    facts: str
    sentence: str


def overview(document: dict[str, Any], width: int) -> Iterator[str]:
    """Yield the operations by tag, in lines of `width`."""
    info = document["info"]
    yield f"{info['title']} {info['version']}"
    yield from _wrapped(info["description"], width)
    levels = dict[str, str]()
    for tag in document["tags"]:
        yield ""
        yield f"{tag['name']}: {tag['description']}"
        for name, (method, path) in operations(document).items():
            place: Pointer = ("paths", path, method)
            node = look(document, place)
            if tag["name"] in node["tags"]:
                said = _evidence(document, place)
                levels[said.level] = said.promise
                yield f"  {name} ({said.level})"
                yield f"    {node['summary']}"
                yield f"    {method.upper()} {path}"
    yield ""
    yield from (f"{level}: {promise}" for level, promise in levels.items())


def operation(document: dict[str, Any], name: str, width: int) -> Iterator[str]:
    """Yield one operation: its parameters, body and answers, and their schemas, in lines of `width`.

    Raises `ValueError` when there is no such operation.
    """
    known = operations(document)
    if name not in known:
        near = get_close_matches(name, known, n=1)
        raise ValueError(f"There is no operation {name!r}{f'; did you mean {near[0]!r}?' if near else '.'}")
    method, path = known[name]
    place: Pointer = ("paths", path, method)
    node = look(document, place)
    yield f"{name}: {node['summary']}"
    yield f"{method.upper()} {path}"
    yield from _wrapped(node["description"], width)
    yield from _wrapped(f"Evidence: {_evidence(document, place)}.", width)
    yield from _section("Parameters", _parameters(document, place), width)
    answers = {status: resolve(document, (*place, "responses", status)) for status in node["responses"]}
    shown = [_schema(document, at) for status, at in answers.items() if status.startswith("2")]
    if "requestBody" in node:
        body = _schema(document, resolve(document, (*place, "requestBody")))
        yield from _section("Body", [_Line(_kind(look(document, body)), _level(document, body), "")], width)
        shown.insert(0, body)
    yield from _section("Answers", (_answer(document, status, at) for status, at in answers.items()), width)
    for schema, lines in _schemas(document, [each for each in shown if each]):
        yield from _section(schema, lines, width)


def _parameters(document: dict[str, Any], place: Pointer) -> Iterator[_Line]:
    for parent in (place[:2], place):
        for index, _ in enumerate(look(document, parent).get("parameters", ())):
            at = resolve(document, (*parent, "parameters", index))
            node = look(document, at)
            kind = f"{_kind(node['schema'])} in the {node['in']}"
            yield _Line(node["name"], _facts(document, at, kind, bool(node.get("required"))), node["description"])


def _answer(document: dict[str, Any], status: str, at: Pointer) -> _Line:
    schema = _schema(document, at)
    kind = _kind(look(document, schema)) if schema else "no body"
    return _Line(status, f"{kind} · {_level(document, at)}", look(document, at)["description"])


def _schema(document: dict[str, Any], at: Pointer) -> Pointer:
    """Return where the schema of a body or an answer stands, or `()` when there is no body."""
    media = next(iter(look(document, at).get("content", ())), None)
    return (*at, "content", media, "schema") if media else ()


def _schemas(document: dict[str, Any], begin: Iterable[Pointer]) -> Iterator[tuple[str, list[_Line]]]:
    """Yield the named schemas that these have in them, by name and description, each with its fields or values."""
    seen = dict.fromkeys(name for at in begin for name in _names(document, look(document, at)))
    left = list(seen)
    for name in left:
        place: Pointer = ("components", "schemas", name)
        node = look(document, place)
        new = [inner for inner in dict.fromkeys(_names(document, node)) if inner not in seen]
        seen.update(dict.fromkeys(new))
        left += new
        lines = [*_values(document, place), *_fields(document, place).values()]
        yield f"{name}: {node['description']}", lines or [_Line(_kind(node), _level(document, place), "")]


def _names(document: dict[str, Any], node: Any) -> Iterator[str]:
    """Yield the named schemas that a schema refers to, except those whose fields are its own."""
    if isinstance(node, list):
        for inner in node:
            yield from _names(document, inner)
    elif isinstance(node, dict) and "$ref" in node:
        yield str(parse(node["$ref"])[-1])
    elif isinstance(node, dict):
        for part in node.get("allOf", ()):
            yield from _names(document, look(document, parse(part["$ref"])) if "$ref" in part else part)
        for key, inner in node.items():
            if key != "allOf":
                yield from _names(document, inner)


def _fields(document: dict[str, Any], at: Pointer) -> dict[str, _Line]:
    """Return the fields by name: a part of an `allOf` may say more of a field than another."""
    at = resolve(document, at)
    node = look(document, at)
    found = dict[str, _Line]()
    for index, _ in enumerate(node.get("allOf", ())):
        found |= _fields(document, (*at, "allOf", index))
    for name, inner in node.get("properties", {}).items():
        place = (*at, "properties", name)
        facts = _facts(document, place, _kind(inner), name in node.get("required", ()))
        found[name] = _Line(name, facts, look(document, resolve(document, place)).get("description", ""))
    return found


def _values(document: dict[str, Any], at: Pointer) -> Iterator[_Line]:
    node = look(document, at)
    each_has = node.get("x-evidence", {}).get("values", {})
    for value in node.get("enum", ()):
        yield _Line(str(value), each_has.get(value, {}).get("level") or _level(document, at), "")


def _facts(document: dict[str, Any], at: Pointer, kind: str, required: bool) -> str:
    return f"{kind}{', required' if required else ''} · {_level(document, at)}"


def _kind(node: dict[str, Any]) -> str:
    """Return what a schema allows, in one or two words."""
    if "$ref" in node:
        return str(parse(node["$ref"])[-1])
    for keyword in ("anyOf", "oneOf"):
        if keyword in node:
            return " or ".join(map(_kind, node[keyword]))
    if "items" in node:
        return f"array of {_kind(node['items'])}"
    if "enum" in node:
        return " or ".join(map(str, node["enum"]))
    kinds = node.get("type", "any JSON value")
    return kinds if isinstance(kinds, str) else " or ".join(kinds)


def _evidence(document: dict[str, Any], at: Pointer) -> Evidence:
    found = evidence(document, at)
    if found is None:  # spec/README.md: every operation and every named schema has evidence
        raise ValueError(f"There is no x-evidence at {spell(at)}.")
    return found


def _level(document: dict[str, Any], at: Pointer) -> str:
    return _evidence(document, at).level


def _section(title: str, lines: Iterable[_Line], width: int) -> Iterator[str]:
    lines = list(lines)
    if lines:
        yield ""
        yield from textwrap.wrap(title, width)
    column = min(28, max((len(line.name) for line in lines), default=0)) + 4
    for name, facts, sentence in lines:
        beside = len(name) < column - 2 and column + len(facts) <= width
        yield f"  {name:<{column - 2}}{facts}" if beside else f"  {name}"
        yield from _indented(sentence if beside else facts, column, width)
        yield from _indented("" if beside else sentence, column, width)


def _wrapped(text: str, width: int) -> Iterator[str]:
    yield ""
    yield from textwrap.wrap(text, width)


def _indented(text: str, column: int, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=" " * column, subsequent_indent=" " * column)

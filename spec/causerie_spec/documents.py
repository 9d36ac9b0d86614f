"""Finds and reads the vendors' documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .bundle import bundle
from .pointer import Pointer, look, resolve, spell
from .text import TextError, parse

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

_HERE = Path(__file__).parent


class DocumentError(ValueError):
    """A file is not a document. The message has the problem and its place: a line, or `#` for the whole file."""

    def __init__(self, path: Path, problem: str, place: str = "#") -> None:
        super().__init__(f"{path}: {problem}" if place == "#" else f"{path} {place}: {problem}")
        self.problem = problem
        self.place = place


def folder() -> Path:
    """Return the folder of the documents: spec/ in a checkout, or this package if it is installed."""
    return _HERE if any(_HERE.glob("*.yaml")) else _HERE.parent


def vendors(where: Path | None = None) -> tuple[str, ...]:
    """Return the sorted names of the vendors that have a document in the folder `where`, by default our own."""
    return tuple(sorted(path.stem for path in (where or folder()).glob("*.yaml")))


def read(path: Path) -> dict[str, Any]:
    """Read the YAML or JSON document at `path`, as a new object for each call.

    Parts of neighbouring files to which it refers become parts of it. Raises `DocumentError`.
    """
    try:
        document: Any = parse(path.read_bytes(), is_json=path.suffix == ".json")
    except OSError as error:
        raise DocumentError(path, f"could not be read: {error.strerror}") from None
    except TextError as error:
        raise DocumentError(path, error.problem, f"line {error.line}" if error.line else "#") from None
    if not isinstance(document, dict):
        raise DocumentError(path, "not an OpenAPI document: an object was expected")
    if "openapi" not in document:
        raise DocumentError(path, "not an OpenAPI document: it has no `openapi`")
    for steps, problem in bundle(path, document):
        raise DocumentError(path, problem, "#" + spell(steps))
    return document


def load(vendor: str, path: Path | None = None) -> dict[str, Any]:
    """Read the document of `vendor`, or the one at `path` instead, as a new object for each call.

    Raises `DocumentError` if it cannot be read, and `ValueError` for an unknown vendor.
    """
    if vendor not in vendors():
        raise ValueError(f"{vendor!r} is not a vendor; choose one of {', '.join(vendors())}.")
    return read(path or folder() / f"{vendor}.yaml")


def operations(document: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Return the method (in lower case) and the path of each operationId, in the order of the document."""
    return {
        item[method]["operationId"]: (method, path)
        for path, item in document["paths"].items()
        for method in METHODS
        if method in item
    }


def parameters(document: dict[str, Any], operation: Pointer) -> Iterator[tuple[Pointer, dict[str, Any]]]:
    """Yield the place and the node of each parameter of the operation at a place, those of its path first."""
    for owner in (operation[:-1], operation):
        for index, _ in enumerate(look(document, owner).get("parameters", ())):
            place = resolve(document, (*owner, "parameters", index))
            yield place, look(document, place)


def answer(document: dict[str, Any], operation: Pointer, status: int) -> Pointer | None:
    """Return the place of the answer with a status: under the status, its class (`4XX`) or `default`; else None."""
    for name in (str(status), f"{status // 100}XX", "default"):
        if name in look(document, (*operation, "responses")):
            return resolve(document, (*operation, "responses", name))
    return None


def media_type_of(content_type: str) -> str:
    """Return the media type that a header names: in lower case, as case means nothing there, and without parameters."""
    return content_type.partition(";")[0].strip().lower()


def describe(document: Any, pointer: Pointer) -> str:  # noqa: PLR0911 -- one line for each kind of place
    """Return a place of a document in words, such as `Conversation.messages[].id`, `POST /users body`."""
    match pointer:
        case ("components", _, name):
            return str(name)
        case ("paths", path):
            return str(path)
        case ("paths", path, method) if method in METHODS:
            return f"{str(method).upper()} {path}"
        case (*outer, "properties", name):
            return f"{describe(document, tuple(outer))}.{name}"
        case (*outer, "parameters", _):
            parameter = look(document, pointer)
            return f"{describe(document, tuple(outer))} {parameter['in']} {parameter['name']}"
        case (*outer, "headers", name):
            return f"{describe(document, tuple(outer))} header {name}"
        case (*outer, "anyOf" | "oneOf", index):
            return f"{describe(document, tuple(outer))}<{index}>"
        case (*outer, "responses", status):
            return f"{describe(document, tuple(outer))} {status}"
        case (*outer, "content" | "allOf", _) | (*outer, "schema"):
            return describe(document, tuple(outer))
        case (*outer, last):
            words = {"items": "[]", "additionalProperties": ".*", "requestBody": " body"}
            return describe(document, tuple(outer)) + words.get(str(last), f" {last}")
    raise LookupError(pointer)


def entries(source: Path) -> Iterator[tuple[str, Any]]:
    """Yield the entries of the list in a file, each with its place; none if there is no file.

    Raises `ValueError` if it is not YAML.
    """
    if not source.is_file():
        return
    try:
        found = parse(source.read_bytes(), is_json=False) or []
    except TextError as error:
        raise ValueError(f"{source}: {error}") from None
    for index, entry in enumerate(found if isinstance(found, list) else [found]):
        yield f"{source}: entry {index + 1}", entry


def with_ranges(node: Any) -> Any:
    """Return a copy of `node` with the range of the format int32, which OpenAPI defines but JSON Schema does not."""
    if isinstance(node, list):
        return [with_ranges(item) for item in node]
    if not isinstance(node, dict):
        return node
    ranges = {"minimum": -(2**31), "maximum": 2**31 - 1} if node.get("format") == "int32" else {}
    return ranges | {key: with_ranges(value) for key, value in node.items()}

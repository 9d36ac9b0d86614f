"""The vendors' documents, installed or in a checkout."""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from causerie_contract._pointer import Pointer, look, resolve

VENDORS = ("convocore", "raia", "zild")

# Ten times as fast, where the library is there.
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def load(vendor: str, path: Path | None = None) -> dict[str, Any]:
    """The document of `vendor`, or the one at `path` in its place: a new object with every call.

    Raises `ValueError` when there is none at `path`.
    """
    source: Traversable = folder() / f"{vendor}.yaml" if path is None else path
    try:
        document: Any = yaml.load(source.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 (the safe ones)
    except OSError as error:
        raise ValueError(f"--document: {path} could not be read: {error.strerror}.") from None
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise ValueError(f"--document: {path} is no YAML: {error}") from None
    if not isinstance(document, dict) or "openapi" not in document:
        raise ValueError(f"--document: {path} is no OpenAPI document: it has no `openapi`.")
    return document


def operations(document: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Method (in lower case) and path by operationId, in the order of the document."""
    return {
        item[method]["operationId"]: (method, path)
        for path, item in document["paths"].items()
        for method in METHODS
        if method in item
    }


def credential_header(document: Mapping[str, Any]) -> tuple[str, str]:
    """The name of the header with the credential, and what stands in it before the credential."""
    (scheme,) = document["components"]["securitySchemes"].values()
    if scheme["type"] == "http":
        return "Authorization", "Bearer "
    return scheme["name"], scheme.get("x-credential-prefix", "")


def parameters(document: dict[str, Any], operation: Pointer) -> Iterator[tuple[Pointer, dict[str, Any]]]:
    """The parameters of the operation that stands there, those of its path first: the place and the node of each."""
    for owner in (operation[:-1], operation):
        for index, _ in enumerate(look(document, owner).get("parameters", ())):
            place = resolve(document, (*owner, "parameters", index))
            yield place, look(document, place)


def answer(document: dict[str, Any], operation: Pointer, status: int) -> Pointer | None:
    """Where the operation's answer with that status stands: under itself, its class (`4XX`), `default`, or nowhere."""
    for name in (str(status), f"{status // 100}XX", "default"):
        if name in look(document, (*operation, "responses")):
            return resolve(document, (*operation, "responses", name))
    return None


def describe(document: Any, pointer: Pointer) -> str:  # noqa: PLR0911 -- one line for each kind of place
    """A place of a document for people: `Conversation.messages[].id`, `POST /users body`, `Forbidden header Age`."""
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


def entries(name: str, path: Path | None) -> Iterator[tuple[str, Any]]:
    """The entries of spec/drift/{name}, or of the file at `path`, each after where it stands; none without a file.

    Raises `ValueError` when it is no YAML.
    """
    source: Traversable = folder() / "drift" / name if path is None else path
    if not source.is_file():
        return
    try:
        found = yaml.safe_load(source.read_text(encoding="utf-8")) or []
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise ValueError(f"{source} is no YAML: {error}") from None
    for index, entry in enumerate(found if isinstance(found, list) else [found]):
        yield f"{source}: entry {index + 1}", entry


def folder() -> Traversable:
    """A checkout has spec/ beside contract_tests/; the wheel carries it as the data-only package `causerie_spec`.

    In this order: an editable install has both, and its copy knows nothing of what is changed in the checkout.
    """
    checkout = Path(__file__).parents[2] / "spec"
    return checkout if checkout.is_dir() else importlib.resources.files("causerie_spec")

"""What an operation of a document says, in the form in which two of them are compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from .documents import METHODS, parameters
from .pointer import Pointer, look, resolve
from .shape import Places

#: The requirement of an operation that needs no credential.
OPEN = "none"


def by_path(document: dict[str, Any], prefix: str = "") -> dict[str, Pointer]:
    """Return the places of all operations by method and path, behind `prefix`, without names of parameters."""
    return {
        f"{method} {prefix}{re.sub(r'{[^}]*}', '{}', path)}": ("paths", path, method)
        for path, item in document.get("paths", {}).items()
        for method in METHODS
        if method in item
    }


def servers(node: dict[str, Any]) -> tuple[str, ...]:
    """Return the addresses of the servers of a document, path or operation, with the defaults of their variables."""
    return tuple(_address(server) for server in node.get("servers", ()))


def prefix(document: dict[str, Any]) -> str:
    """Return the path of the first server."""
    return urlsplit((*servers(document), "")[0]).path


def arguments(path: str | int) -> tuple[str, ...]:
    """Names of the path's parameters, in the order in which the generated function takes them."""
    return tuple(re.findall(r"{([^}]*)}", str(path)))


def sent(document: dict[str, Any], place: Pointer) -> dict[tuple[str, str | int], Pointer]:
    """Places of an operation's parameters; those of the path by their position, for their names never travel.

    One of the path that the path does not name is never sent, and left out.
    """
    found = dict[tuple[str, str | int], Pointer]()
    names = arguments(place[1])
    for inner, node in parameters(document, place):
        name = node["name"].lower() if node["in"] == "header" else node["name"]
        if node["in"] != "path":
            found[node["in"], name] = inner
        elif name in names:
            found["path", names.index(name)] = inner
    return found


def answers(document: dict[str, Any], place: Pointer) -> dict[str, Pointer]:
    """Places of an operation's answers by their statuses."""
    responses = look(document, place).get("responses", {})
    return {str(status): resolve(document, (*place, "responses", status)) for status in responses}


def covering(found: Mapping[str, Pointer], status: str) -> Pointer | None:
    """Return the answer of `status`; an error that has none of its own is covered by `4XX` or `default`."""
    own = found.get(status)
    if own is not None or status.startswith("2"):
        return own
    return found.get(f"{status[0]}XX") or found.get("default")


def media(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the keys of `content` by the media types that they mean: in lower case, whatever the charset."""
    return {re.sub(r"\s*;\s*charset=[^;]*", "", key, flags=re.IGNORECASE).strip().lower(): key for key in content}


def requirements(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, str]:
    """Return what each alternative of an operation's security demands, by the names of its schemes."""
    schemes = document.get("components", {}).get("securitySchemes", {})
    alternatives = operation.get("security", document.get("security", ())) or [{}]
    return {
        "+".join(sorted(each)) or OPEN: "+".join(sorted(_scheme(schemes[name]) for name in each)) or OPEN
        for each in alternatives
    }


def is_required(node: dict[str, Any]) -> bool:
    """Whether a parameter, header or body must be there."""
    return bool(node.get("required", False))


def style(node: dict[str, Any]) -> tuple[str | bool, ...]:
    """Return how the value of a parameter is written: in a style, or as a media type."""
    if "content" in node:
        return ("content", *media(node["content"]))
    name: str = node.get("style", "form" if node["in"] in {"query", "cookie"} else "simple")
    reserved = ("reserved",) if node.get("allowReserved") else ()
    return name, node.get("explode", name == "form"), *reserved


def schema(place: Pointer, node: dict[str, Any]) -> Places:
    """Where the schema of a parameter, header or body stands; nowhere when it has none."""
    if "schema" in node:
        return ((*place, "schema"),)
    return tuple(
        (*place, "content", key, "schema") for key, inner in node.get("content", {}).items() if "schema" in inner
    )


def _address(server: dict[str, Any]) -> str:
    address: str = server["url"].rstrip("/")
    for name, variable in server.get("variables", {}).items():
        address = address.replace(f"{{{name}}}", str(variable.get("default", f"{{{name}}}")))
    return address


def _scheme(scheme: dict[str, Any]) -> str:
    words = (scheme["type"], scheme.get("in"), scheme.get("name"), scheme.get("scheme"))
    return " ".join(str(word).lower() for word in (*words, scheme.get("x-credential-prefix")) if word).strip()

"""The parts of an operation, in a form in which two operations can be compared."""

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
    """Return the places of all operations by method and path, with `prefix` before it, without parameter names."""
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
    """Return the names of the path's parameters, in the order of the generated function's arguments."""
    return tuple(re.findall(r"{([^}]*)}", str(path)))


def sent(document: dict[str, Any], place: Pointer) -> dict[tuple[str, str | int], Pointer]:
    """Return the places of an operation's parameters, with positions as keys for those of the path: names are not sent.

    A path parameter that the path does not contain is never sent, and is left out.
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
    """Return the places of an operation's answers by status."""
    responses = look(document, place).get("responses", {})
    return {str(status): resolve(document, (*place, "responses", status)) for status in responses}


def covering(found: Mapping[str, Pointer], status: str) -> Pointer | None:
    """Return the answer for `status`; an error without one of its own is covered by `4XX` or `default`."""
    own = found.get(status)
    if own is not None or status.startswith("2"):
        return own
    return found.get(f"{status[0]}XX") or found.get("default")


def media(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the keys of `content` by media type, in lower case and without parameters such as a charset."""
    return {re.sub(r"\s*;\s*charset=[^;]*", "", key, flags=re.IGNORECASE).strip().lower(): key for key in content}


def requirements(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, str]:
    """Return the requirements of each alternative of an operation's security, by the names of its schemes."""
    schemes = document.get("components", {}).get("securitySchemes", {})
    alternatives = operation.get("security", document.get("security", ())) or [{}]
    return {
        "+".join(sorted(each)) or OPEN: "+".join(sorted(_scheme(schemes[name]) for name in each)) or OPEN
        for each in alternatives
    }


def is_required(node: dict[str, Any]) -> bool:
    """Return whether a parameter, header or body is required."""
    return bool(node.get("required", False))


def style(node: dict[str, Any]) -> tuple[str | bool, ...]:
    """Return the form of a parameter's value: a style, or a media type."""
    if "content" in node:
        return ("content", *media(node["content"]))
    name: str = node.get("style", "form" if node["in"] in {"query", "cookie"} else "simple")
    reserved = ("reserved",) if node.get("allowReserved") else ()
    return name, node.get("explode", name == "form"), *reserved


def schema(place: Pointer, node: dict[str, Any]) -> Places:
    """Return the place of the schema of a parameter, header or body; empty if it has none."""
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

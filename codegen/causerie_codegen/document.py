"""Reading a vendor's document, and the parts of it that the generator uses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from causerie_spec import DocumentError, read
from causerie_spec.pointer import follow

from .walk import operations, schemas


class SpecError(Exception):
    """A document from which no package can be generated. The message has a line for each problem, with its place."""

    def __init__(self, path: Path, *problems: tuple[str, str]) -> None:
        super().__init__("\n".join(f"{path.name} {place}: {problem}" for place, problem in problems))


def load(path: Path) -> dict[str, Any]:
    """Read a document in YAML or JSON, whatever it says. Raises ``SpecError``."""
    try:
        return read(path)
    except DocumentError as error:
        raise SpecError(path, (error.place, error.problem)) from None


def join(steps: Iterable[Any]) -> str:
    """Return a JSON pointer in the document."""
    return "#" + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def pointer(text: str) -> str:
    """Return the place that a message names in words."""
    component = re.search(r"/components/(\w+)/(\w+)", text)
    return f"#{component[0]}" if component else "#"


def servers(node: dict[str, Any]) -> list[str]:
    """Return the URLs of the servers of a document, a path or an operation, with the defaults of their variables."""
    return [_url(server) for server in node.get("servers", ())]


def resolved(document: dict[str, Any], url: str) -> dict[str, Any]:
    """Return a document whose servers are whole URLs, where ``url`` is that which it was read from."""
    document = deepcopy(document)
    document["servers"] = document.get("servers") or [{"url": "/"}]
    items = [each for each in document.get("paths", {}).values() if isinstance(each, dict)]
    for node in (document, *items, *(operation for _, _, operation in operations(document))):
        if "servers" in node:
            node["servers"] = [
                server if urlsplit(_url(server)).scheme else {"url": urljoin(url, _url(server))}
                for server in node["servers"]
            ]
    return document


def _url(server: dict[str, Any]) -> str:
    url: str = server["url"]
    for name, variable in server.get("variables", {}).items():
        url = url.replace(f"{{{name}}}", str(variable["default"]))
    return url


def discriminators(document: dict[str, Any]) -> dict[tuple[str, ...], tuple[str, dict[str, str]]]:
    """Return the discriminators, by the names of the components that each of them chooses between.

    A discriminator is the field that tells the components apart, and the component for each of its values.
    """
    found = {}
    for _, schema in schemas(document):
        choice = [each["$ref"] for each in schema.get("oneOf", schema.get("anyOf", ())) if "$ref" in each]
        if "discriminator" in schema and choice:
            said = schema["discriminator"]
            named = {value: reference.rpartition("/")[2] for value, reference in said.get("mapping", {}).items()}
            names = [reference.rpartition("/")[2] for reference in choice]
            implied = {name: name for name in names if name not in named.values()}
            by_value = {value: _class_of(document, name) for value, name in (named | implied).items()}
            found[tuple(_class_of(document, name) for name in names)] = (said["propertyName"], by_value)
    return found


def _class_of(document: dict[str, Any], name: str) -> str:
    """Return the component that has the class: another, where this one is nothing but a choice of it alone."""
    seen: set[str] = set()
    while name not in seen:
        seen.add(name)
        schema = follow(document, document["components"]["schemas"].get(name, {}))
        alone = [part for key in ("allOf", "anyOf", "oneOf") for part in schema.get(key, ())]
        if len(alone) == 1:
            name = alone[0].get("$ref", name).rpartition("/")[2]
    return name

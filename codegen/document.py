"""The document of a vendor: how it is read, and what the generator takes from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from openapi_python_client.strings import PythonIdentifier
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing.exceptions import Unresolvable

import causerie_spec
from causerie_spec import Credential, DocumentError, read
from walk import operations, resolve, schemas


class SpecError(Exception):
    """A document that cannot be generated from: a line for each place in it, with what is wrong there."""

    def __init__(self, path: Path, *problems: tuple[str, str]) -> None:
        super().__init__("\n".join(f"{path.name} {place}: {problem}" for place, problem in problems))


def load(path: Path) -> dict[str, Any]:
    """Read a document and hold it against the OpenAPI specification. Raises ``SpecError``."""
    try:
        document = read(path)
    except DocumentError as error:
        raise SpecError(path, (error.place, error.problem)) from None
    try:
        problem = next(OpenAPIV31SpecValidator(document).iter_errors(), None)
    except Unresolvable as error:
        raise SpecError(path, ("#", f"the $ref to {error.ref} leads nowhere")) from None
    if problem:
        problem_text = problem.message.splitlines()[0]
        place = join(problem.absolute_path) if problem.absolute_path else pointer(problem_text)
        raise SpecError(path, (place, problem_text))
    return document


def join(steps: Iterable[Any]) -> str:
    """Return a JSON pointer in the document."""
    return "#" + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def pointer(text: str) -> str:
    """Return the place that a message names in words."""
    operation = re.search(r"parsing (\w+) (\S+) within", text) or re.search(r"'(\w+)' operation in '([^']+)'", text)
    if operation:
        return join(["paths", operation[2], operation[1].lower()])
    component = re.search(r"/components/(\w+)/(\w+)", text)
    return f"#{component[0]}" if component else "#"


def servers(path: Path, document: dict[str, Any]) -> list[str]:
    """Return the URLs of the servers. Raises ``SpecError`` where there is none."""
    found = [server["url"] for server in document.get("servers", [])]
    if not found:
        raise SpecError(path, ("#/servers", "at least one server was expected"))
    return found


def credential(path: Path, document: dict[str, Any]) -> Credential:
    """Return the header of the credential and what stands before it. Raises ``SpecError`` for any other scheme."""
    try:
        return causerie_spec.credential(document)
    except ValueError as error:
        raise SpecError(path, ("#/components/securitySchemes", str(error))) from None


def function(operation: dict[str, Any]) -> str:
    """Return the name of an operation's function."""
    return str(PythonIdentifier(operation["operationId"], prefix=""))


def joined(document: dict[str, Any]) -> set[tuple[str, str]]:
    """Return functions and their query parameters whose values stand in one text, separated by commas."""
    return {
        (name, parameter["name"])
        for name, parameter in _parameters(document)
        if parameter["in"] == "query" and parameter.get("explode", True) is False
    }


def parameter_names(document: dict[str, Any]) -> dict[tuple[str, str], str]:
    """Return what parameters are to be called, by function and parameter, where ``x-python-name`` says so."""
    return {
        (name, parameter["name"]): parameter["x-python-name"]
        for name, parameter in _parameters(document)
        if "x-python-name" in parameter
    }


def _parameters(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for _, item, operation in operations(document):
        for node in (*item.get("parameters", ()), *operation.get("parameters", ())):
            yield function(operation), resolve(document, node)


def discriminators(document: dict[str, Any]) -> dict[tuple[str, ...], tuple[str, dict[str, str]]]:
    """Return, by the components that are the alternatives, the field that tells them apart, and the component by its
    value.
    """
    found = {}
    for _, schema in schemas(document):
        alternatives = [each["$ref"].rpartition("/")[2] for each in _alternatives(schema) if "$ref" in each]
        if "discriminator" in schema:
            said = schema["discriminator"]
            implied = {name: name for name in alternatives}
            named = {value: ref.rpartition("/")[2] for value, ref in said.get("mapping", {}).items()}
            found[tuple(alternatives)] = (said["propertyName"], named or implied)
    return found


def _alternatives(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in schema.get("oneOf", schema.get("anyOf", [])) if isinstance(each, dict)]

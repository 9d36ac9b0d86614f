"""The document of a vendor: how it is read, and what the generator takes from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from openapi_python_client.strings import PythonIdentifier
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing.exceptions import Unresolvable

from walk import operations, resolve, schemas


class SpecError(Exception):
    """A document that cannot be generated from: a line for each place in it, with what is wrong there."""

    def __init__(self, path: Path, *problems: tuple[str, str]) -> None:
        super().__init__("\n".join(f"{path.name} {place}: {problem}" for place, problem in problems))


# Ten times as fast, where the library is there.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):  # type: ignore[misc]
    """YAML in which every key is text, a status without quotes, too, and one that is there twice is an error: otherwise
    the last one wins without a word.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"the key {key.value!r} is there twice", key.start_mark
                    )
                seen.add(key.value)
                if key.tag != "tag:yaml.org,2002:merge":
                    key.tag = "tag:yaml.org,2002:str"
        constructed: dict[Any, Any] = super().construct_mapping(node, deep)
        return constructed


def load(path: Path) -> dict[str, Any]:
    """Read a document and hold it against the OpenAPI specification. Raises ``SpecError``."""
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    except OSError as error:
        raise SpecError(path, ("#", str(error.strerror))) from None
    except yaml.MarkedYAMLError as error:
        where = f"line {error.problem_mark.line + 1}" if error.problem_mark else "#"
        raise SpecError(path, (where, f"not YAML: {error.problem}")) from None
    except (yaml.YAMLError, ValueError) as error:
        raise SpecError(path, ("#", f"not YAML in UTF-8: {' '.join(str(error).split())}")) from None
    if not isinstance(document, dict):
        raise SpecError(path, ("#", "not an OpenAPI document: an object was expected"))
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


def credential(path: Path, document: dict[str, Any]) -> dict[str, str]:
    """Return the header of the credential and what stands before it. Raises ``SpecError`` for any other scheme."""
    match list(document.get("components", {}).get("securitySchemes", {}).values()):
        case [{"type": "http", "scheme": str(scheme)}] if scheme.lower() == "bearer":
            return {"header": "Authorization", "prefix": "Bearer "}
        case [{"type": "apiKey", "in": "header", "name": name, **more}]:
            return {"header": name, "prefix": more.get("x-credential-prefix", "")}
    raise SpecError(path, ("#/components/securitySchemes", "one was expected: http bearer, or apiKey in a header"))


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

"""The document of a vendor: how it is read, and what the generator takes from it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar, Final

import yaml

from walk import resolve, schemas


class SpecError(Exception):
    """A document that cannot be generated from: a line for each place in it, with what is wrong there."""

    def __init__(self, path: Path, *problems: tuple[str, str]) -> None:
        super().__init__("\n".join(f"{path.name} {place}: {problem}" for place, problem in problems))


# Ten times as fast, where the library is there.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: Final = {"bool": r"true|True|TRUE|false|False|FALSE", "null": r"null|Null|NULL|~|", "int": r"[-+]?[0-9]+"} | {
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
    "merge": r"<<",
}


class _Loader(_SafeLoader):  # type: ignore[misc]
    """YAML 1.2, as OpenAPI wants it: ``on``, ``12:30`` and ``2026-01-02`` are texts. Every key is a text, a status
    without quotes, too, and one that is there twice is an error: otherwise the last one wins without a word.
    """

    yaml_implicit_resolvers: ClassVar[dict[Any, Any]] = {
        None: [(f"tag:yaml.org,2002:{kind}", re.compile(f"^(?:{words})$")) for kind, words in _WORDS.items()]
    }

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
    """Read a document in YAML or JSON, whatever it says. Raises ``SpecError``."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix == ".json":
            return _document(path, json.loads(text, object_pairs_hook=_once))
        # What several places share becomes a copy in each.
        return _document(path, json.loads(json.dumps(yaml.load(text, _Loader))))
    except OSError as error:
        raise SpecError(path, ("#", f"could not be read: {error.strerror}")) from None
    except yaml.MarkedYAMLError as error:
        where = f"line {error.problem_mark.line + 1}" if error.problem_mark else "#"
        raise SpecError(path, (where, f"not YAML: {error.problem}")) from None
    except json.JSONDecodeError as error:
        raise SpecError(path, (f"line {error.lineno}", f"not JSON: {error.msg}")) from None
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        kind = "JSON" if path.suffix == ".json" else "YAML"
        raise SpecError(path, ("#", f"not {kind} in UTF-8: {' '.join(str(error).split())}")) from None


def _document(path: Path, document: Any) -> dict[str, Any]:
    if not isinstance(document, dict):
        raise SpecError(path, ("#", "not an OpenAPI document: an object was expected"))
    return document


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key {next(name for name in names if names.count(name) > 1)!r} is there twice")
    return found


def join(steps: Iterable[Any]) -> str:
    """Return a JSON pointer in the document."""
    return "#" + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def pointer(text: str) -> str:
    """Return the place that a message names in words."""
    component = re.search(r"/components/(\w+)/(\w+)", text)
    return f"#{component[0]}" if component else "#"


def servers(path: Path, document: dict[str, Any]) -> list[str]:
    """Return the URLs of the servers, with the defaults of their variables. Raises ``SpecError`` without any."""
    found = [_url(server) for server in document.get("servers", [])]
    if not found:
        raise SpecError(path, ("#/servers", "at least one server was expected: name its URL"))
    return found


def _url(server: dict[str, Any]) -> str:
    url: str = server["url"]
    for name, variable in server.get("variables", {}).items():
        url = url.replace(f"{{{name}}}", str(variable["default"]))
    return url


def discriminators(document: dict[str, Any]) -> dict[tuple[str, ...], tuple[str, dict[str, str]]]:
    """Return, by the components that are the alternatives, the field that tells them apart, and the component by its
    value.
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
        schema = resolve(document, document["components"]["schemas"].get(name, {}))
        alone = [part for key in ("allOf", "anyOf", "oneOf") for part in schema.get(key, ())]
        if len(alone) == 1:
            name = alone[0].get("$ref", name).rpartition("/")[2]
    return name

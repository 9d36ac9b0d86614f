"""Documents as text: JSON, or YAML 1.2, which is what OpenAPI wants."""

from __future__ import annotations

import json
import re
from typing import Any, ClassVar, Final

import yaml

# Ten times as fast, where the library is there.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Levels of a YAML text: fewer than Python's recursion takes, and more than a document has.
_DEPTH = 200

_WORDS: Final = {
    "bool": r"true|True|TRUE|false|False|FALSE",
    "null": r"null|Null|NULL|~|",
    "int": r"[-+]?[0-9]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
    "merge": r"<<",
}


class TextError(ValueError):
    """A text that is no JSON or YAML: what is wrong with it, and at which line; 0 where that is not known."""

    def __init__(self, problem: str, line: int = 0) -> None:
        super().__init__(f"line {line}: {problem}" if line else problem)
        self.problem = problem
        self.line = line


class _Loader(_SafeLoader):  # type: ignore[misc]
    """YAML 1.2: ``on``, ``12:30`` and ``2026-01-02`` are texts, and so is every key, such as a status without quotes.

    A key that is there twice is an error: YAML itself would let the last one win without a word.
    """

    yaml_implicit_resolvers: ClassVar[dict[Any, Any]] = {
        None: [(f"tag:yaml.org,2002:{kind}", re.compile(f"^(?:{words})$")) for kind, words in _WORDS.items()]
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set[str]()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    problem = f"the key {key.value!r} is there twice"
                    raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
                seen.add(key.value)
                if key.tag != "tag:yaml.org,2002:merge":
                    key.tag = "tag:yaml.org,2002:str"
        constructed: dict[Any, Any] = super().construct_mapping(node, deep)
        return constructed


def parse(content: bytes, *, is_json: bool) -> Any:
    """Return the JSON value that bytes in UTF-8 spell; what several places of a YAML text share is a copy in each.

    Raises `TextError`.
    """
    kind = "JSON" if is_json else "YAML"
    try:
        text = content.decode("utf-8-sig")
        if is_json:
            return json.loads(text, object_pairs_hook=_once)
        _check_depth(text)
        return json.loads(json.dumps(yaml.load(text, _Loader)))  # noqa: S506 (a safe one)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise TextError(f"not YAML: {error.problem}", line) from None
    except json.JSONDecodeError as error:
        raise TextError(f"not JSON: {error.msg}", error.lineno) from None
    except RecursionError:
        raise TextError(f"not {kind} that can be read: it is nested too deeply") from None
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise TextError(f"not {kind} in UTF-8: {' '.join(str(error).split())}") from None


def _check_depth(text: str) -> None:
    """Raise `RecursionError` for what libyaml would end the process for: it composes by recursion in C."""
    depth = 0
    for event in yaml.parse(text, _SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEPTH:
                raise RecursionError
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key {next(name for name in names if names.count(name) > 1)!r} is there twice")
    return found

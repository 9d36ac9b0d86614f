"""Parses documents in JSON or in YAML 1.2, which OpenAPI prescribes."""

from __future__ import annotations

import json
import re
from typing import Any, ClassVar, Final

import yaml

# libyaml is ten times as fast, if it is installed.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# The deepest nesting of a YAML text: less than Python's recursion limit, and more than any document needs.
_DEPTH = 200
# The most values of a YAML text with expanded aliases: few enough for the memory, and more than any document needs.
_VALUES = 3_000_000

_WORDS: Final = {
    "bool": r"true|True|TRUE|false|False|FALSE",
    "null": r"null|Null|NULL|~|",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
    "merge": r"<<",
}


class TextError(ValueError):
    """A text is not JSON or YAML. The message has the problem and its line; 0 stands for an unknown line."""

    def __init__(self, problem: str, line: int = 0) -> None:
        super().__init__(f"line {line}: {problem}" if line else problem)
        self.problem = problem
        self.line = line


class _Loader(_SafeLoader):  # type: ignore[misc]
    """Loads YAML 1.2: ``on``, ``12:30`` and ``2026-01-02`` are texts, and so is every key, such as an unquoted status.

    A repeated key is an error, because PyYAML would silently use the last one.
    """

    is_strict = True

    yaml_implicit_resolvers: ClassVar[dict[Any, Any]] = {
        None: [(f"tag:yaml.org,2002:{kind}", re.compile(f"^(?:{words})$")) for kind, words in _WORDS.items()]
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set[str]()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if self.is_strict and key.value in seen:
                    problem = f"the key {key.value!r} is there twice"
                    raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
                seen.add(key.value)
                if key.tag != "tag:yaml.org,2002:merge":
                    key.tag = "tag:yaml.org,2002:str"
        constructed: dict[Any, Any] = super().construct_mapping(node, deep)
        return constructed


class _Lenient(_Loader):
    """The same loader, in which the last of repeated keys wins."""

    is_strict = False


def _integer(_: Any, node: yaml.ScalarNode) -> int:
    base = {"0o": 8, "0x": 16}.get(node.value[:2])
    return int(node.value) if base is None else int(node.value[2:], base)


_Loader.add_constructor("tag:yaml.org,2002:int", _integer)
_Loader.add_constructor("tag:yaml.org,2002:float", lambda _, node: float(node.value))
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)


def parse(content: bytes, *, is_json: bool, is_strict: bool = True) -> Any:
    """Return the JSON value of a text in UTF-8. Each alias in a YAML text becomes a copy.

    Raises `TextError`, also for a repeated key if `is_strict`; otherwise, the last one wins.
    """
    kind = "JSON" if is_json else "YAML"
    try:
        text = content.decode("utf-8-sig")
        if is_json:
            return json.loads(text, object_pairs_hook=_once if is_strict else None)
        _check_depth(text)
        value = yaml.load(text, _Loader if is_strict else _Lenient)  # noqa: S506 (both are safe loaders)
        _check_size(value)
        return json.loads(json.dumps(value))
    except TextError:
        raise
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise TextError(f"not YAML: {error.problem}", line) from None
    except json.JSONDecodeError as error:
        raise TextError(f"not JSON: {error.msg}", error.lineno) from None
    except RecursionError:
        raise TextError(f"not {kind} that can be read: it is nested too deeply") from None
    except UnicodeDecodeError as error:
        raise TextError(f"not UTF-8: {error}") from None
    except (yaml.YAMLError, ValueError, TypeError, LookupError) as error:
        raise TextError(f"not {kind}: {' '.join(str(error).split())}") from None


def _check_depth(text: str) -> None:
    """Raise `RecursionError` for nesting so deep that libyaml, which recurses in C, would crash the process."""
    depth = 0
    for event in yaml.parse(text, _SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEPTH:
                raise RecursionError
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _check_size(value: Any) -> None:
    if _size(value, {}) > _VALUES:
        raise TextError(f"not YAML that can be read: what it repeats makes more than {_VALUES:,} values of it")


def _size(value: Any, known: dict[int, int]) -> int:
    """Return the number of values with expanded aliases. A circle ends at its beginning."""
    if not isinstance(value, dict | list):
        return 1
    if id(value) not in known:
        known[id(value)] = 0
        inner = value.values() if isinstance(value, dict) else value
        known[id(value)] = 1 + sum(_size(each, known) for each in inner)
    return known[id(value)]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key {next(name for name in names if names.count(name) > 1)!r} is there twice")
    return found

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
# Values of a YAML text whose aliases are written out: fewer than fill a machine, and more than a document has.
_VALUES = 3_000_000

_WORDS: Final = {
    "bool": r"true|True|TRUE|false|False|FALSE",
    "null": r"null|Null|NULL|~|",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
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
    """The same, in which the last of two equal keys wins."""

    is_strict = False


def _integer(_: Any, node: yaml.ScalarNode) -> int:
    base = {"0o": 8, "0x": 16}.get(node.value[:2])
    return int(node.value) if base is None else int(node.value[2:], base)


_Loader.add_constructor("tag:yaml.org,2002:int", _integer)
_Loader.add_constructor("tag:yaml.org,2002:float", lambda _, node: float(node.value))
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)


def parse(content: bytes, *, is_json: bool, is_strict: bool = True) -> Any:
    """Return the JSON value that bytes in UTF-8 spell; what several places of a YAML text share is a copy in each.

    Raises `TextError`, also for a key that is there twice if it `is_strict`; else the last one wins.
    """
    kind = "JSON" if is_json else "YAML"
    try:
        text = content.decode("utf-8-sig")
        if is_json:
            return json.loads(text, object_pairs_hook=_once if is_strict else None)
        _check_depth(text)
        value = yaml.load(text, _Loader if is_strict else _Lenient)  # noqa: S506 (safe ones)
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
    """Raise `RecursionError` for what libyaml would end the process for: it composes by recursion in C."""
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
    """Count the values, with aliases written out; a circle ends where it began."""
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

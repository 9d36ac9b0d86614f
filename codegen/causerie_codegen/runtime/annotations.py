"""Annotations that ``typing.get_type_hints`` can evaluate.

Most names in the annotations are imported for type checkers only, below ``if TYPE_CHECKING:``, for to import all of
them takes longer than everything else. They are imported when somebody reads the annotations.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import re
import sys
from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, ValuesView
from functools import cache
from importlib import import_module
from types import FunctionType, ModuleType
from typing import Any, TypeVar

T = TypeVar("T", bound=Callable[..., Any])
# What can be given as an enum: see the module of one.
_VALUE = re.compile(r"\b([A-Z]\w*)Value\b")


class Annotations(dict[str, Any]):
    """The annotations of one function or class: the text is evaluated when it is read."""

    def __init__(self, texts: Mapping[str, Any], module: str, more: Mapping[str, Any]) -> None:
        super().__init__(texts)
        self._module = module
        self._more = more
        self._values: dict[str, Any] = {}

    def text(self, name: str) -> str:
        """Return an annotation as it is written in the source."""
        return str(super().__getitem__(name))

    def __getitem__(self, name: str) -> Any:
        if name not in self._values:
            value = super().__getitem__(name)
            if isinstance(value, str):
                known = names(sys.modules[self._module])
                value = eval(value, dict(self._more), known)
            self._values[name] = value
        return self._values[name]

    def get(self, name: str, default: Any = None) -> Any:
        return self[name] if name in self else default  # noqa: SIM401 - this is that method

    def __iter__(self) -> Iterator[str]:
        # ``dict(annotations)`` takes the texts past ``__getitem__``, unless this is defined here.
        return super().__iter__()

    def keys(self) -> KeysView[str]:  # type: ignore[override]
        return KeysView(self)

    def values(self) -> ValuesView[Any]:  # type: ignore[override]
        return ValuesView(self)

    def items(self) -> ItemsView[str, Any]:  # type: ignore[override]
        return ItemsView(self)


def evaluable(thing: T, **more: Any) -> T:
    """Make the annotations of a function, or of a class and its methods, evaluable, and return it.

    ``more`` are names that its module does not have.
    """
    if isinstance(thing, type):
        for each in vars(thing).copy().values():
            inner = getattr(each, "__func__", getattr(each, "fget", each))
            if isinstance(inner, FunctionType):
                evaluable(inner)
    given = vars(thing).get("__annotations__", {}) if isinstance(thing, type) else thing.__annotations__
    if given and not isinstance(given, Annotations):
        thing.__annotations__ = Annotations(given, inspect.unwrap(thing).__module__, more)
    return thing  # pyright: ignore[reportReturnType] - the class is not narrowed back


def annotations_of(thing: Callable[..., Any]) -> Annotations:
    """Return the annotations of a function or class."""
    found: Any = evaluable(thing).__annotations__
    return found  # type: ignore[no-any-return]


class Names(dict[str, Any]):
    """The global names of a module as type checkers see them.

    Names that the module imports for type checkers only are imported when they are looked up.
    """

    def __init__(self, module: ModuleType) -> None:
        super().__init__(vars(module))
        self._module = module

    def __missing__(self, name: str) -> Any:
        for block in tree(self._module).body:
            if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING":
                for statement in block.body:
                    if name in _defined(statement):
                        self[name] = self._value_of(statement, name)
                        return self[name]
        raise KeyError(name)

    def _value_of(self, statement: ast.stmt, name: str) -> Any:
        if isinstance(statement, ast.ImportFrom):
            # Not executed, for the other module may have the name for type checkers only, too.
            module = import_module("." * statement.level + (statement.module or ""), self._module.__package__)
            (original,) = (each.name for each in statement.names if (each.asname or each.name) == name)
            value = getattr(module, original, None)
            return names(module)[original] if value is None else value
        if isinstance(statement, ast.ClassDef):
            read = (
                node for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
            )
            for each in {node.id for node in read} - {statement.name}:
                if not hasattr(builtins, each):
                    self[each]
        made = dict(self)
        exec(compile(ast.Module([statement], []), str(self._module.__file__), "exec", dont_inherit=True), made)
        return made[name]


def _defined(statement: ast.stmt) -> set[str]:
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return {each.asname or each.name.partition(".")[0] for each in statement.names}
    return {statement.name} if isinstance(statement, ast.ClassDef) else set()


def readable(text: str) -> str:
    """Return an annotation for people: an enum's ``OrderByValue`` is ``OrderBy | str``."""
    return _VALUE.sub(r"\1 | str", text)


@cache
def names(module: ModuleType) -> Names:
    """Return the global names of a module as type checkers see them."""
    return Names(module)


@cache
def tree(module: ModuleType) -> ast.Module:
    """Return the source of a module, parsed."""
    return ast.parse(inspect.getsource(module))

"""What annotations mean: the SDK imports most of their names for type checkers only, below ``if TYPE_CHECKING:``."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from itertools import pairwise
from types import CodeType, ModuleType
from typing import Any

from causerie_api.model import Model


def hints(function: Callable[..., Any]) -> dict[str, Any]:
    """The types of a function's parameters, by name."""
    function = inspect.unwrap(function)
    known = names(sys.modules[function.__module__])
    annotations = {name: text for name, text in function.__annotations__.items() if name != "return"}
    return {name: eval(text, known) for name, text in annotations.items()}  # noqa: S307 - source code of our own


@cache
def names(module: ModuleType) -> dict[str, Any]:
    """The global names of a module, as type checkers see them."""
    known = dict(vars(module))
    for block in _tree(module).body:
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING":
            for statement in block.body:
                if isinstance(statement, ast.ImportFrom):
                    known.update(_imported(statement, module))
                else:
                    code = compile(ast.Module([statement], []), str(module.__file__), "exec", dont_inherit=True)
                    exec(code, known)  # noqa: S102
    return known


def _imported(statement: ast.ImportFrom, importer: ModuleType) -> Iterator[tuple[str, Any]]:
    # Not executed: what is imported may itself be there for type checkers only.
    module = import_module("." * statement.level + (statement.module or ""), importer.__package__)
    for each in statement.names:
        value = getattr(module, each.name, None)
        yield each.asname or each.name, names(module)[each.name] if value is None else value


@cache
def field_docs(model: type[Model]) -> dict[str, str]:
    """The sentences that describe a model's fields, by name."""
    (body,) = (
        each.body
        for each in _tree(sys.modules[model.__module__]).body
        if isinstance(each, ast.ClassDef) and each.name == model.__name__
    )
    docs = {}
    for field, text in pairwise(body):
        match field, text:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(sentence))):
                docs[name] = sentence
    return docs


def mentioned(function: Callable[..., Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Every name in a function's code, and the global names that it stands among."""
    function = inspect.unwrap(function)
    codes = [function.__code__]
    for code in codes:
        codes += (each for each in code.co_consts if isinstance(each, CodeType))
        for name in code.co_names:
            yield function.__globals__, name


@cache
def _tree(module: ModuleType) -> ast.Module:
    return ast.parse(inspect.getsource(module))

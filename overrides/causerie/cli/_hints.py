"""Reading types and descriptions from the SDK's own source."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any

from causerie_api.annotations import evaluable, tree
from causerie_api.model import Model


def hints(function: Callable[..., Any]) -> dict[str, Any]:
    """Return the types of a function's parameters, by name."""
    function = inspect.unwrap(function)
    return {name: value for name, value in evaluable(function).__annotations__.items() if name != "return"}


@cache
def field_docs(model: type[Model]) -> dict[str, str]:
    """Return the sentences that describe a model's fields, by name."""
    (body,) = (
        each.body
        for each in tree(sys.modules[model.__module__]).body
        if isinstance(each, ast.ClassDef) and each.name == model.__name__
    )
    docs = {}
    for field, text in pairwise(body):
        match field, text:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(sentence))):
                docs[name] = sentence
    return docs

"""The modules that all packages of one folder share: those of the runtime that they need."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from . import credentials
from .names import python_name

RUNTIME: Final = Path(__file__).parent / "runtime"


def package_name(path: Path) -> str:
    """Return the name of the package of a document, which no module beside it has."""
    name = python_name(path.stem)
    return f"{name}_" if name in {each.stem for each in RUNTIME.glob("*.py")} else name


def wanted(document: dict[str, Any]) -> set[str]:
    """Return the modules that a caller imports and what is generated does not: that of tokens."""
    return {"oauth"} if any(each.token_url for each in credentials.all_of(document)) else set()


def share(package: Path, names: set[str]) -> None:
    """Copy modules into a package: those with these names, those that its own import, and what they import."""
    pending = ["__init__", *names]
    for path in sorted(package.rglob("*.py")):
        pending += _imported(path, package)
    for name in pending:
        source, target = RUNTIME / f"{name}.py", package / f"{name}.py"
        if source.exists() and not target.exists():
            shutil.copyfile(source, target)
            pending += _imported(target, package)
    (package / "py.typed").touch()


def _imported(path: Path, package: Path) -> Iterator[str]:
    """Yield the names in the folder of the package that a module imports."""
    depth = len(path.relative_to(package).parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == depth:
            yield from [node.module.partition(".")[0]] if node.module else [each.name for each in node.names]

"""What the parts of the suite know of pytest and of Schemathesis."""

from __future__ import annotations

import ast
from pathlib import Path

import causerie_contract

FOLDER = Path(causerie_contract.__file__).parent


def imported(file: Path) -> set[str]:
    """Return the modules that a file imports; those of its own package by their names alone."""
    found = set[str]()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


MODULES = {file.relative_to(FOLDER).as_posix(): imported(file) for file in FOLDER.rglob("*.py")}


def test_pytest() -> None:
    """pytest is one face of the suite: the engine and the command import neither it nor that face."""
    face = {"pytest", "_plugin", "_collector"}

    assert {"_collector.py", "_entry.py", "_plugin.py", "conftest.py"} == {
        name for name, modules in MODULES.items() if face & modules and not name.startswith("test_")
    }


def test_schemathesis() -> None:
    """One module says what of Schemathesis' inner parts is needed."""
    assert {"_schemathesis.py"} == {
        name for name, modules in MODULES.items() if any(each.startswith("schemathesis.") for each in modules)
    }

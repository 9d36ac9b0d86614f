"""Generates a package from documents: the shared runtime, and a package for each document."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from . import audit, listed, openapi, targets, tuples
from .document import SpecError, join, load, resolved
from .names import is_too_long
from .package import build
from .part import generated, opened, part
from .prepare import prepared
from .shared import package_name, share, wanted
from .walk import Problem


def make(
    paths: Sequence[Path],
    package: Path,
    only: Collection[str] = (),
    skip: Collection[str] = (),
    *,
    is_open: bool = False,
    url: str = "",
) -> int:
    """Make a package from documents, or from a ``part`` of each, and return the number of operations.

    With ``is_open``, documents are ``opened`` first, and stderr says where. ``url`` is where they were read from, which
    servers may depend on. Raises ``SpecError``.
    """
    count = 0
    names: set[str] = set()
    package.mkdir()
    for path in paths:
        document = part(path, load(path), only, skip)
        if is_open:
            document, found = opened(document)
            for steps, problem in found:
                print(f"{path.name} {join(steps)}: read as it comes, for {problem}", file=sys.stderr)
        document = checked(path, document, url)
        output = package / package_name(path)
        if is_too_long(output.name):
            raise SpecError(path, ("#", f"no folder can be called {output.name}: give the file a shorter name"))
        if output.exists():
            raise SpecError(path, ("#", f"another document has the package {output.name} already: rename a file"))
        count += build(path, document, hashlib.sha256(path.read_bytes()).hexdigest(), output)
        tidy(path, output)
        names |= wanted(document)
    share(package, names)
    return count


def checked(path: Path, document: dict[str, Any], url: str = "") -> dict[str, Any]:
    """Return a document as it is generated from. Raises ``SpecError`` with everything that stands against it."""
    document = openapi.without_strays(document)
    _refuse(path, openapi.shape(document))
    _refuse(path, targets.dangling(document))
    document = generated(document)
    _refuse(path, openapi.rules(document))
    _refuse(path, listed.problems(document))
    document = prepared(resolved(document, url) if url else document)
    _refuse(path, audit.problems(document))
    tuples.name(document)
    return document


def _refuse(path: Path, found: Iterable[Problem]) -> None:
    problems = [(join(steps), problem) for steps, problem in found]
    if problems:
        raise SpecError(path, *problems)


def tidy(path: Path, folder: Path) -> None:
    """Format what was made, and drop imports that it does not need. Raises ``SpecError``, with ``path`` for a name."""
    options = ("--isolated", "--no-cache", "--target-version=py311")
    for arguments in (["check", "--select=F401,I,UP,PIE804,TC005", "--fix-only"], ["format", "--line-length=120"]):
        command = [sys.executable, "-P", "-m", "ruff", *arguments, *options, "."]
        result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if result.returncode:
            raise SpecError(path, ("#", f"what was made of it is not Python: {' '.join(result.stderr.split())}"))

"""The command ``causerie-generate``: a document in, a package out."""

from __future__ import annotations

import argparse
import keyword
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .document import SpecError
from .make import make
from .names import is_too_long, python_name


def main(arguments: Sequence[str]) -> int:
    """Generate a package from a document; return 0, or 1 if nothing was generated, with the reason on stderr."""
    parser = _parser()
    given = parser.parse_args(arguments)
    document: Path = given.document
    package: Path = given.package
    for name in filter(is_too_long, package.parts):
        parser.error(f"no folder can be called {name}: give it a shorter name")
    if package.exists():
        parser.error(f"{package} is there already: name a new folder, or remove it first")
    if not package.name.isidentifier() or keyword.iskeyword(package.name):
        parser.error(
            f"{package.name} is no name of a package in Python: name the folder {python_name(document.stem)}_api"
        )
    if given.url and not given.url.lower().startswith(("http://", "https://")):
        parser.error(f"{given.url} is no URL of a document: give a whole one, such as https://example.com/openapi.json")
    try:
        with tempfile.TemporaryDirectory() as scratch:
            fresh = Path(scratch, package.name)
            count = make([document], fresh, given.only, given.skip, is_open=given.open, url=given.url)
            shutil.copytree(fresh, package)
    except SpecError as error:
        print(f"{error}\n{package} was not touched.", file=sys.stderr)
        return 1
    print(f"{package} has {count} operations of {document.name}.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "causerie-generate", description="Make a package of Python from an OpenAPI document, 3.1 or 3.0."
    )
    parser.add_argument("document", type=Path, help="a file in YAML or JSON")
    parser.add_argument("package", type=Path, help="the folder of the package to make from it, a new one")
    parser.add_argument("--only", action="append", default=[], help="a tag or an operationId, which may be repeated")
    parser.add_argument("--skip", action="append", default=[], help="the same, of what is left out")
    parser.add_argument(
        "--open",
        action="store_true",
        help="allow any JSON for missing targets of a $ref, for objects that cannot be distinguished, and for types"
        " that no listed value has",
    )
    parser.add_argument("--url", default="", help="where the document is from, which relative servers depend on")
    return parser

"""Make ``generated/`` from ``spec/``: ``python codegen/generate.py [--check]``, or a package from a document of yours.

The same documents and templates give the same bytes. Everything is made in a scratch folder first, so a broken document
leaves ``generated/`` as it was, and what a document no longer has is gone afterwards.
"""

from __future__ import annotations

import argparse
import filecmp
import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import audit
import openapi
from causerie_spec import vendors
from document import SpecError, join, load
from names import python_name
from package import build
from part import opened, part
from prepare import prepared
from walk import Problem

HERE = Path(__file__).resolve().parent
SPEC = HERE.parent / "spec"
GENERATED = HERE.parent / "generated"


def generate(spec: Path, target: Path) -> None:
    """Make the package ``causerie_api`` in ``target`` from the documents in ``spec``. Raises ``SpecError``."""
    make([spec / f"{vendor}.yaml" for vendor in vendors(spec)], target / "causerie_api")


def make(
    paths: Sequence[Path],
    package: Path,
    only: Collection[str] = (),
    skip: Collection[str] = (),
    *,
    is_open: bool = False,
) -> int:
    """Make a package from documents, or from a ``part`` of each, and return the number of operations.

    With ``is_open``, documents are ``opened`` first, and stderr says where. Raises ``SpecError``.
    """
    count = 0
    shutil.copytree(HERE / "runtime", package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "py.typed").touch()
    for path in paths:
        document = part(path, load(path), only, skip)
        if is_open:
            document, found = opened(document)
            for steps, problem in found:
                print(f"{path.name} {join(steps)}: read as it comes, for {problem}", file=sys.stderr)
        document = checked(path, document)
        output = package / python_name(path.stem)
        count += build(path, document, hashlib.sha256(path.read_bytes()).hexdigest(), output)
        tidy(path, output)
    return count


def checked(path: Path, document: dict[str, Any]) -> dict[str, Any]:
    """Return a document as it is generated from. Raises ``SpecError`` with everything that stands against it."""
    _refuse(path, openapi.shape(document))
    _refuse(path, audit.dangling(document))
    _refuse(path, openapi.rules(document))
    document = prepared(document)
    _refuse(path, audit.problems(document))
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


def differences(expected: Path, actual: Path) -> list[str]:
    """Return the paths, relative to both folders, of the files that differ or are in one folder only."""
    files = {
        path.relative_to(root)
        for root in (expected, actual)
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    _, mismatch, missing = filecmp.cmpfiles(expected, actual, map(str, files), shallow=False)
    return sorted(mismatch + missing)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if generated/ is out of date")
    parser.add_argument("document", nargs="?", type=Path, help="a document of yours, in place of those in spec/")
    parser.add_argument("package", nargs="?", type=Path, help="the folder of the package to make from it, a new one")
    parser.add_argument("--only", action="append", default=[], help="a tag or an operationId, which may be repeated")
    parser.add_argument("--skip", action="append", default=[], help="the same, of what is left out")
    parser.add_argument(
        "--open",
        action="store_true",
        help="let be anything what a $ref does not lead to, and objects that cannot be told apart",
    )
    arguments = parser.parse_args()
    try:
        if arguments.document is None:
            return _generated(arguments.check)
        if arguments.package is None or arguments.package.exists():
            parser.error("name a folder for the package, which is not there yet")
        return _made(arguments.document, arguments.package, arguments)
    except SpecError as error:
        print(
            f"{error}\n{'generated/' if arguments.document is None else arguments.package} was not touched.",
            file=sys.stderr,
        )
        return 1


def _made(document: Path, package: Path, options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch, package.name)
        count = make([document], fresh, options.only, options.skip, is_open=options.open)
        shutil.copytree(fresh, package)
    print(f"{package} has {count} operations of {document.name}.")
    return 0


def _generated(check: bool) -> int:
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch, "generated")
        fresh.mkdir()
        generate(SPEC, fresh)
        changed = differences(fresh, GENERATED)
        if check and changed:
            print("generated/ does not match spec/ and codegen/:", *changed, sep="\n  ", file=sys.stderr)
            print("Run `make generate` and commit the result.", file=sys.stderr)
            return 1
        if changed:
            shutil.rmtree(GENERATED, ignore_errors=True)
            shutil.copytree(fresh, GENERATED)
    print(f"generated/ {'matches spec/' if not changed else f'was made anew: {len(changed)} files changed'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

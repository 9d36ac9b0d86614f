"""Make ``generated/`` from ``spec/``: ``python codegen/generate.py [--check]``.

The same documents and templates give the same bytes. Everything is made in a scratch folder first, so a broken document
leaves ``generated/`` as it was, and what a document no longer has is gone afterwards.
"""

from __future__ import annotations

import argparse
import filecmp
import shutil
import sys
import tempfile
from pathlib import Path

from causerie_codegen.document import SpecError
from causerie_codegen.make import make
from causerie_spec import vendors

HERE = Path(__file__).resolve().parent
SPEC = HERE.parent / "spec"
GENERATED = HERE.parent / "generated"


def generate(spec: Path, target: Path) -> None:
    """Make the package ``causerie_api`` in ``target`` from the documents in ``spec``. Raises ``SpecError``."""
    make([spec / f"{vendor}.yaml" for vendor in vendors(spec)], target / "causerie_api")


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
    arguments = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as scratch:
            fresh = Path(scratch, "generated")
            fresh.mkdir()
            generate(SPEC, fresh)
            changed = differences(fresh, GENERATED)
            if arguments.check and changed:
                print("generated/ does not match spec/ and codegen/:", *changed, sep="\n  ", file=sys.stderr)
                print("Run `make generate` and commit the result.", file=sys.stderr)
                return 1
            if changed:
                shutil.rmtree(GENERATED, ignore_errors=True)
                shutil.copytree(fresh, GENERATED)
    except SpecError as error:
        print(f"{error}\ngenerated/ was not touched.", file=sys.stderr)
        return 1
    print(f"generated/ {'matches spec/' if not changed else f'was made anew: {len(changed)} files changed'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

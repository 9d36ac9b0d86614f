"""Try every row of the matrix by itself, and all of them together: ``python -m tests.codegen.matrix [--page]``.

It prints what is not as a row says, and exits with 1 when anything is not. With ``--page`` it writes the page of the
documentation instead.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "codegen"))

from . import table, trial


def main() -> int:
    if "--page" in sys.argv:
        table.PAGE.write_text(table.page(), encoding="utf-8")
        return 0
    found = 0
    with tempfile.TemporaryDirectory() as scratch:
        for number, (part, row) in enumerate(table.rows()):
            folder = Path(scratch, str(number))
            folder.mkdir()
            for fault in trial.faults_alone(row, folder):
                found += 1
                sys.stdout.write(f"{part}: {row.name}: {fault}\n")
        for part, rows in table.PARTS.items():
            folder = Path(scratch, part)
            folder.mkdir()
            for fault in trial.faults_together(rows, folder, types=True):
                found += 1
                sys.stdout.write(f"{part}: {fault}\n")
    sys.stdout.write(f"{len([*table.rows()])} rows, {found} faults\n")
    return found > 0


if __name__ == "__main__":
    sys.exit(main())

"""`make demo`: the three vendors at work on this machine, and the contract suite over them.

Serves the mock vendors on a free port, runs the other scripts of this folder against it, runs the contract suite, and
prints one row for each documented operation. Exits with 1 when any of them is not good.
"""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

import causerie_mock
import causerie_spec

HERE = Path(__file__).resolve().parent
SCRIPTS = ("convocore.py", "raia.py", "raia_async.py", "zild.py")
Operation = tuple[str, str]


class Watched(causerie_mock.Mock):
    """A mock that counts the successes of each operation."""

    def __init__(self, vendor: str) -> None:
        super().__init__(vendor, check=True)
        self.successes: Counter[str] = Counter()
        self._routes = [
            (method.upper(), re.compile(re.sub(r"{\w+}", "[^/]+", path)), operation["operationId"])
            for path, item in sorted(causerie_mock.document(vendor)["paths"].items(), key=lambda each: "{" in each[0])
            for method, operation in item.items()
            if "operationId" in operation
        ]

    def handle(self, request: causerie_mock.Request) -> causerie_mock.Reply:
        reply = super().handle(request)
        if reply.status < 300:
            path = request.path.decode()
            matching = (
                name for method, route, name in self._routes if method == request.method and route.fullmatch(path)
            )
            self.successes[next(matching, "signed URL")] += 1
        return reply


def walk(console: Console) -> dict[Operation, int]:
    """Run the example scripts against the mocks; the successes of each operation."""
    mocks = [Watched(vendor) for vendor in causerie_mock.VENDORS]
    with causerie_mock.serve(mocks) as urls:
        for mock in mocks:
            ((_, credential),) = mock.headers().items()
            os.environ[causerie_spec.about(mock.vendor).variable] = credential.removeprefix("Bearer ")
            os.environ[f"{mock.vendor.upper()}_BASE_URL"] = urls[mock.vendor]
            console.print(f"{mock.vendor} is played at {urls[mock.vendor]}")
        for script in SCRIPTS:
            console.rule(f"examples/{script}", align="left")
            runpy.run_path(str(HERE / script), run_name="__main__")
    return {(mock.vendor, operation): count for mock in mocks for operation, count in mock.successes.items()}


def contract(console: Console) -> tuple[bool, list[dict[str, Any]]]:
    """Run the contract suite on two cores; return whether it passed, and a row of its report for each operation."""
    console.rule("contract suite", align="left")
    with tempfile.TemporaryDirectory() as folder:
        report, output = Path(folder, "report.json"), Path(folder, "output.txt")
        suite = HERE.parent / "contract_tests" / "causerie_contract"
        command = [sys.executable, "-m", "pytest", suite, "-q", "-n", "2", "--dist", "loadgroup"]
        with output.open("wb") as file:
            status = wait(console, subprocess.Popen([*command, f"--contract-report={report}"], stdout=file))
        console.print(output.read_text(errors="replace"), markup=False, highlight=False)
        return status == 0, json.loads(report.read_text())["operations"] if report.exists() else []


def wait(console: Console, process: subprocess.Popen[bytes]) -> int:
    """Return the exit status of a process; until it ends, say how long it has been running."""
    pause = 0.2 if console.is_terminal else 15
    start = time.monotonic()
    with process, console.status("") as status:
        while True:
            try:
                return process.wait(pause)
            except subprocess.TimeoutExpired:
                line = f"holding the three mock vendors against their documents, {time.monotonic() - start:.0f} s"
                status.update(line) if console.is_terminal else console.print(line)


def main() -> int:
    console = Console(highlight=False, width=100)
    calls = walk(console)
    passed, rows = contract(console)
    table = Table(title="Causerie: every documented operation", title_justify="left")
    for heading in ("vendor", "operation", "evidence"):
        table.add_column(heading, no_wrap=True)
    for heading in ("SDK calls", "contract cases", "verdict"):
        table.add_column(heading, justify="right")
    good = 0
    for row in rows:
        called = calls.get((row["vendor"], row["operation"]), 0)
        is_good = bool(called and row["cases"] and row["successes"] and not row["failures"])
        good += is_good
        verdict = "[green]good[/]" if is_good else "[red]failed[/]"
        table.add_row(row["vendor"], row["operation"], row["evidence"], str(called), str(row["cases"]), verdict)
    console.print(table)
    console.print(f"{good} of {len(rows)} operations are good; the contract suite {'passed' if passed else 'failed'}.")
    return 0 if passed and rows and good == len(rows) else 1


if __name__ == "__main__":
    sys.exit(main())

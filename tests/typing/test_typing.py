"""What is inferred and what is rejected, by three type checkers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def run(*command: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout


def mypy(path: Path) -> set[int]:
    """Lines with errors."""
    return {int(number) for number in re.findall(rf"{path.name}:(\d+): error", run("mypy", "--strict", str(path)))}


def pyright(path: Path) -> set[int]:
    """Lines with errors."""
    report = json.loads(run("pyright", "--outputjson", str(path)))
    return {each["range"]["start"]["line"] + 1 for each in report["generalDiagnostics"] if each["severity"] == "error"}


def ty(path: Path) -> set[int]:
    """Lines with errors."""
    output = run("ty", "check", "--output-format", "concise", "--python", sys.prefix, str(path))
    return {int(number) for number in re.findall(rf"{path.name}:(\d+):\d+: error", output)}


@pytest.fixture(params=[mypy, pyright, ty])
def checker(request: pytest.FixtureRequest) -> Callable[[Path], set[int]]:
    return request.param


def test_accepted(checker: Callable[[Path], set[int]]) -> None:
    """Correct use has the types that it should, and no errors."""
    assert set() == checker(HERE / "accepted.py")


def test_rejected(checker: Callable[[Path], set[int]]) -> None:
    """Each mistake is an error."""
    path = HERE / "rejected.py"
    marks = ("# error",) if checker is ty else ("# error", "# error, which ty does not see")
    marked = {number for number, line in enumerate(path.read_text().splitlines(), 1) if line.endswith(marks)}

    assert marked == checker(path)

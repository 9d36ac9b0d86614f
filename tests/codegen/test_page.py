"""The page about the command: its document, what is made of it, and what that prints."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.markdown import ROOT, blocks

PAGE = ROOT / "docs" / "generating.md"


def run(folder: Path, *command: object) -> str:
    done = subprocess.run([*map(str, command)], cwd=folder, capture_output=True, text=True, check=False)

    assert ("", 0) == (done.stderr, done.returncode)
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the page was followed, up to the call."""
    folder = tmp_path_factory.mktemp("page")
    (document,), (shown,), programs = (blocks(PAGE, language) for language in ("yaml", "console", "py"))
    (folder / "parcels.yaml").write_text(document, encoding="utf-8")
    for name, program in zip(("use.py", "stream.py"), programs, strict=True):
        (folder / name).write_text(program, encoding="utf-8")
    command, *expected = shown.splitlines()
    name, *arguments = command.removeprefix("$ ").split()

    assert expected == run(folder, Path(sys.executable).parent / name, *arguments).splitlines()
    return folder


def test_calls(folder: Path) -> None:
    """What the page calls prints what the page says."""
    printed = blocks(PAGE, "text")[0]

    assert printed == run(folder, sys.executable, "-W", "error", "use.py")


def test_streams(folder: Path) -> None:
    """Events and a file come as the page shows."""
    assert "moved 1 Bath\n" == run(folder, sys.executable, "-W", "error", "stream.py")
    assert b"%PDF" == (folder / "label.pdf").read_bytes()


def test_types(folder: Path) -> None:
    """What the page shows, and the package, have types that mypy accepts."""
    output = run(
        folder, sys.executable, "-m", "mypy", "--strict", "--config-file=", "use.py", "stream.py", "parcels_api"
    )

    assert output.startswith("Success: no issues found")

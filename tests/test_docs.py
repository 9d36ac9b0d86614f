"""What the documentation shows is true."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

import causerie_mock
from causerie.cli._commands import causerie
from causerie.testing import no_waiting
from tests.markdown import ROOT, blocks

PYTHON = [
    (path.stem, number, block)
    for path in sorted((ROOT / "docs").glob("*.md"))
    for number, block in enumerate(blocks(path, "python"))
]
TESTS = [each for each in PYTHON if "def test_" in each[2]]
SCRIPTS = [each for each in PYTHON if each not in TESTS]
CURL = shutil.which("curl")


def test_blocks_of_tests(tmp_path: Path) -> None:
    """Every block that holds tests is a file that pytest passes, where nothing but Causerie is installed for it."""
    for stem, number, block in TESTS:
        (tmp_path / f"test_{stem.replace('-', '_')}_{number}.py").write_text(block, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )

    assert 10 <= len(TESTS)
    assert 0 == done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("block", [block for *_, block in SCRIPTS], ids=[f"{stem}-{n}" for stem, n, _ in SCRIPTS])
def test_other_blocks(block: str, vendors: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every other block of Python runs as it stands, against the mock vendors."""
    monkeypatch.chdir(tmp_path)  # where it may leave files
    monkeypatch.setenv("DLT_DATA_DIR", str(tmp_path))  # and dlt too
    with no_waiting():
        exec(compile(block, "docs", "exec"), {"__name__": "__main__"})


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_blocks_have_types(checker: str, tmp_path: Path) -> None:
    """Every block of Python, of the README too, is what a strict type checker accepts."""
    for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for number, block in enumerate(blocks(path, "python")):
            (tmp_path / f"{path.stem.replace('-', '_')}_{number}.py").write_text(block, encoding="utf-8")
    files = sorted(map(str, tmp_path.glob("*.py")))
    strict = ["--strict", "--config-file", str(ROOT / "pyproject.toml")]
    options = strict if checker == "mypy" else ["--pythonpath", sys.executable]
    command = [sys.executable, "-m", checker, *options, *files]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)

    assert 50 <= len(files)
    assert 0 == done.returncode, done.stdout


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda path: path.name
)
def test_links(path: Path) -> None:
    """What a page links to in this repository is there."""
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))

    assert [] == [link for link in links if not (path.parent / link).exists()]


def test_commands() -> None:
    """Every target of make and every command of causerie that a page shows is there."""
    pages = sorted((ROOT / "docs").glob("*.md"))
    shown = "".join(block for path in pages for language in ("", "console") for block in blocks(path, language))
    named = [words.split() for words in re.findall(r"^(?:\$ )?((?:make|causerie)(?: \w[\w-]*)+)", shown, re.MULTILINE)]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert [] == [words for words in named if words[0] == "make" and f"\n{words[1]}: " not in makefile]
    assert [] == [words for words in named if words[0] == "causerie" and not is_command(words[1:])]


def is_command(words: list[str]) -> bool:
    """Whether the words are, or begin with, a command of ``causerie``."""
    command: click.Command | None = causerie
    for word in words:
        if isinstance(command, click.Group):
            command = command.get_command(click.Context(command), word)
    return command is not None


@pytest.mark.skipif(CURL is None, reason="curl is not installed.")
def test_blocks_of_shell() -> None:
    """What is sent with curl is answered, with success."""
    shown = [block for path in (ROOT / "docs").glob("*.md") for block in blocks(path, "sh")]
    with causerie_mock.serve() as urls:
        root = urls["raia"].removesuffix("/raia")
        commands = "".join(shown).replace("http://127.0.0.1:8765", root).replace("curl -s ", "curl -sSf ")
        done = subprocess.run(["sh", "-ec", commands], check=False, capture_output=True, text=True)

    assert "curl" in commands
    assert ("", 0) == (done.stderr, done.returncode)

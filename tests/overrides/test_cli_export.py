"""``causerie export``."""

from __future__ import annotations

import io
import re
import sys
from functools import partial
from pathlib import Path
from typing import Any

import orjson
import pytest
from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from causerie.cli import _export
from causerie.export import Progress as Progressed
from causerie.testing import ConvocoreMock, RaiaMock, no_waiting
from causerie_mock.raia.examples import DOCUMENTED_ID

from .test_cli import run


@pytest.fixture
def raia(raia_mock: RaiaMock, monkeypatch: pytest.MonkeyPatch) -> RaiaMock:
    """Serve raia on a port, with a few conversations, and set the environment that leads to it."""
    monkeypatch.setenv("RAIA_AGENT_SECRET_KEY", raia_mock.credentials[0])
    monkeypatch.setenv("RAIA_BASE_URL", raia_mock.url)
    raia_mock.seed(conversations=[{"messages": [{"message": "Hello"}]} for _ in range(3)])
    return raia_mock


def lines(path: Path) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def test_raia(raia: RaiaMock, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Conversations with their messages, and a sentence; nothing else where no terminal is."""
    target = str(tmp_path / "all.jsonl")

    assert (0, f"5 conversations in {target}\n", "") == run(capsys, "export", "raia", target)
    assert all("messages" in row for row in lines(tmp_path / "all.jsonl"))


def test_options(raia: RaiaMock, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every option of the library is one of the command."""
    target = str(tmp_path / "all.json")
    options = ["--format", "jsonl", "--no-messages", "--page-size", "2", "--concurrency", "1"]
    since = ["--since", "2025-01-01T00:00:00Z"]

    assert (0, f"4 conversations in {target}\n", "") == run(capsys, "export", "raia", target, *options, *since)
    assert (2, "") == run(capsys, "export", "raia", target, *options)[:2]
    assert (0, f"5 conversations in {target}\n", "") == run(capsys, "export", "raia", target, *options, "--overwrite")
    assert not any("messages" in row for row in lines(tmp_path / "all.json"))


def test_update(raia: RaiaMock, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--since last`` brings a file up to date, and says what was read for that."""
    target = str(tmp_path / "all.jsonl")
    run(capsys, "export", "raia", target)
    raia.clock.advance(60)
    new = raia.seed(conversations=[{}])["conversations"][0]["id"]
    raia.faults.add("status", operation="list_messages", path="*/messages", status=404, times=1)
    gone = run(capsys, "export", "raia", target, "--since", "last", "--concurrency", "1")
    updated = run(capsys, "export", "raia", target, "--since", "last")

    assert "deleted meanwhile" in gone[1]
    assert (0, "") == (updated[0], updated[2])
    assert re.fullmatch(rf"6 conversations in {target}, \d of them read now\n", updated[1])
    assert new in [row["id"] for row in lines(tmp_path / "all.jsonl")]


def test_convocore(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Convocore's agent is named before the target."""
    target = str(tmp_path / "all.jsonl")
    with ConvocoreMock() as mock:
        monkeypatch.setenv("CONVOCORE_API_KEY", mock.credentials[0])
        done = run(capsys, "export", "convocore", "agent123", target, "--base-url", mock.url)

    assert (0, f"2 conversations in {target}\n", "") == done


def test_what_the_vendor_cannot_show(raia: RaiaMock, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command names the conversations that are without their messages."""
    target = str(tmp_path / "all.jsonl")
    raia.faults.add("status", path=f"*/{DOCUMENTED_ID}/messages", status=500, times=3)
    with no_waiting():
        code, out, err = run(capsys, "export", "raia", target)

    assert (0, True) == (code, out.endswith(f" in {target}\n"))
    assert f"raia failed to show the messages of 1: {DOCUMENTED_ID}\n" == err


def test_failure(raia: RaiaMock, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A failure is a sentence and an exit code; another says that the same command goes on."""
    target = str(tmp_path / "all.jsonl")
    raia.faults.add("status", operation="list_conversations", query={"page": "1"}, status=500, times=1)
    first = run(capsys, "export", "raia", target, "--retries", "0")
    raia.faults.add("status", path=f"*/{DOCUMENTED_ID}/messages", status=500)
    raia.clock.advance(60)
    raia.client().conversations.update(DOCUMENTED_ID, title="The latest")
    second = run(capsys, "export", "raia", target, "--retries", "0", "--page-size", "3", "--concurrency", "1")
    third = run(capsys, "export", "raia", target)

    assert (7, "") == first[:2]
    assert (7, "") == second[:2]
    assert [1, 1] == [len(each[2].splitlines()) for each in (first, second)]
    assert second[2].endswith(". all.jsonl.part keeps 3 conversations: export again to go on from there\n")
    assert (0, f"5 conversations in {target}\n", "") == third


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["raia", "all.xlsx"], "Error: Invalid value for 'TARGET': 'all.xlsx' does not end in a format"),
        (
            ["raia", "all.jsonl", "--since", "yesterday"],
            "Error: Invalid value for '--since': 'yesterday' is not a time",
        ),
        (["raia", "all.jsonl", "--since", "last"], "Error: Invalid value for '--since': there is no finished export"),
        (["convocore", "agent123"], "Error: Missing argument 'TARGET'."),
        (["raia", "/", "--format", "jsonl"], "Error: Invalid value for 'TARGET': '/' is not the name of a file."),
        (
            ["raia", "all.jsonl", "--page-size", "99999999999999999999999"],
            "Error: Invalid value for '--page-size': 99999999999999999999999 is not in the range 1<=x<=10000.",
        ),
    ],
)
def test_usage(
    raia: RaiaMock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    sentence: str,
) -> None:
    """What makes no sense exits with 2, and leaves nothing behind."""
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, "export", *arguments)

    assert (2, "") == (code, out)
    assert err.splitlines()[-1].startswith(sentence)
    assert [] == list(tmp_path.iterdir())


def test_words(raia: RaiaMock, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is to be done is said in options of the command, not in Python."""
    target = tmp_path / "all.jsonl"
    run(capsys, "export", "raia", str(target))
    there = run(capsys, "export", "raia", str(target))
    target.write_text("what is this?\n")
    damaged = run(capsys, "export", "raia", str(target), "--since", "last")

    assert 2 == there[0]
    assert there[2].endswith("exists already; give --overwrite, or update it with --since last.\n")
    assert (1, "", f"Error: {target}: line 1 is not a conversation; export anew with --overwrite\n") == damaged


@pytest.mark.parametrize("command", [[], ["raia"], ["convocore"]])
def test_help(capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    """Help fits a terminal of 80 columns."""
    code, out, err = run(capsys, "export", *command, "--help")

    assert (0, "") == (code, err)
    assert 80 >= max(map(len, out.splitlines()))


def test_terminal(
    raia: RaiaMock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """At a terminal, a bar on standard error shows how far it is."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "100")
    target = str(tmp_path / "all.jsonl")
    code, out, err = run(capsys, "export", "raia", target)

    assert (0, f"5 conversations in {target}\n") == (code, out)
    assert "reading" in err
    assert "writing" in err
    assert "5/5" in err


def test_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rate is that of this run, in conversations a second: what runs before have read is no part of it."""
    now, drawn = 0.0, io.StringIO()
    console = Console(file=drawn, force_terminal=True, width=100)
    monkeypatch.setattr(_export, "Progress", partial(Progress, get_time=lambda: now, auto_refresh=False))
    with _export._progress(console) as show:
        for done in (50_000, 51_000, 52_000):
            now += 1
            show(Progressed(done, 100_000))

    assert "52000/100000 1,000/s 0:00:48" in Text.from_ansi(drawn.getvalue()).plain

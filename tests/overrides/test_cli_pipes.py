"""``causerie export`` to standard output, and what it says where no terminal is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import orjson
import pytest

from causerie import _clock
from causerie.cli import _export
from causerie.export import Progress
from causerie.export._stage import Checkpoint, Row
from causerie.export._stream import _Out
from causerie.testing import ConvocoreMock, RaiaMock, no_waiting
from causerie_mock.raia.examples import DOCUMENTED_ID

from .test_cli import run
from .test_cli_export import lines, raia

__all__ = ["raia"]

CAUSERIE = str(Path(sys.executable).with_name("causerie"))
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such shell, names and signals.")


def shell(command: str) -> subprocess.CompletedProcess[str]:
    """Return what a shell says of a command, in which $CAUSERIE is ours."""
    environment = {**os.environ, "CAUSERIE": CAUSERIE}
    return subprocess.run(
        ["bash", "-c", command], check=False, capture_output=True, text=True, env=environment, timeout=100
    )


@pytest.mark.parametrize("target", ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_lines(raia: RaiaMock, tmp_path: Path, capsys: pytest.CaptureFixture[str], target: str) -> None:
    """Under every name of standard output, it has the lines that a file would have; a sentence is on the other one."""
    run(capsys, "export", "raia", str(tmp_path / "all.jsonl"))
    code, out, err = run(capsys, "export", "raia", target)

    assert (0, "5 conversations on standard output\n") == (code, err)
    assert lines(tmp_path / "all.jsonl") == [orjson.loads(line) for line in out.splitlines()]


def test_nothing_is_left(
    raia: RaiaMock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No file is written beside standard output."""
    monkeypatch.chdir(tmp_path)

    assert 0 == run(capsys, "export", "raia", "-")[0]
    assert [] == [*tmp_path.iterdir()]


def test_file_of_that_name(
    raia: RaiaMock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is called - is written as ./-, as everywhere."""
    monkeypatch.chdir(tmp_path)

    assert 0 == run(capsys, "export", "raia", "./-", "--format", "jsonl")[0]
    assert 5 == len(lines(tmp_path / "-"))


def test_options(raia: RaiaMock, capsys: pytest.CaptureFixture[str]) -> None:
    """What says what is read is as it is with a file."""
    options = ["--format", "ndjson", "--no-messages", "--page-size", "2", "--since", "2025-01-01T00:00:00Z"]
    code, out, err = run(capsys, "export", "raia", "-", *options)

    assert (0, "4 conversations on standard output\n") == (code, err)
    assert not any("messages" in orjson.loads(line) for line in out.splitlines())


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            ["--since", "last"],
            "'--since': standard output cannot be brought up to date: give a time with its zone, or a file as target.",
        ),
        (
            ["--overwrite"],
            "'--overwrite': nothing is there to replace on standard output: leave it out, or give a file as target.",
        ),
        (
            ["--format", "csv"],
            "'--format': standard output takes JSON Lines, not csv: leave it out, or give a file as target.",
        ),
        (
            ["--format", "ndjson.gz"],
            "'--format': standard output takes JSON Lines, not ndjson.gz: leave it out, or give a file as target.",
        ),
    ],
)
def test_refused(raia: RaiaMock, capsys: pytest.CaptureFixture[str], options: list[str], sentence: str) -> None:
    """What makes sense for a file alone is named with what to do, and nothing is sent."""
    before = len(raia.requests)
    code, out, err = run(capsys, "export", "raia", "-", *options)

    assert (2, "") == (code, out)
    assert f"Error: Invalid value for {sentence}" == err.splitlines()[-1]
    assert before == len(raia.requests)


def test_convocore(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Convocore's list is read twice, and what has gone out does not go out again."""
    with ConvocoreMock() as mock:
        monkeypatch.setenv("CONVOCORE_API_KEY", mock.credentials[0])
        code, out, err = run(capsys, "export", "convocore", "agent123", "-", "--base-url", mock.url)

    assert (0, "2 conversations on standard output\n") == (code, err)
    assert 2 == len({orjson.loads(line)["ID"] for line in out.splitlines()}) == len(out.splitlines())


def test_changed_meanwhile() -> None:
    """A conversation that has changed since it went out goes out again, and is one conversation.

    Half an emoji is an id like any other.
    """
    sent: list[bytes] = []
    out = _Out(sent.append, Checkpoint({}, ""))
    out.add([Row("\ud83d", "1", b"{}"), Row("d", "1", b"[]")], out.checkpoint)
    out.add([Row("\ud83d", "2", b"{2}")], out.checkpoint)

    assert [b"{}\n", b"[]\n", b"{2}\n"] == sent
    assert 2 == len(out)
    assert [True, False, True] == [out.has("\ud83d", "2"), out.has("\ud83d", "1"), out.has("d", "1")]
    out.close()


def test_failure(raia: RaiaMock, capsys: pytest.CaptureFixture[str]) -> None:
    """What went out before a failure is said, and that a file would be gone on with."""
    raia.faults.add("status", operation="list_conversations", status=500, times=1)
    first = run(capsys, "export", "raia", "-", "--retries", "0")
    raia.clock.advance(60)
    raia.client().conversations.update(DOCUMENTED_ID, title="The latest")
    raia.faults.add("status", path=f"*/{DOCUMENTED_ID}/messages", status=500)
    options = ["--retries", "0", "--page-size", "3", "--concurrency", "1"]
    code, out, err = run(capsys, "export", "raia", "-", *options)

    assert (7, "") == first[:2]
    assert "went out" not in first[2]
    assert (7, 3) == (code, len(out.splitlines()))
    assert err.endswith(". 3 conversations went out; to a file, the same export would go on from there\n")
    assert 1 == len(err.splitlines())


def test_what_the_vendor_cannot_show(raia: RaiaMock, capsys: pytest.CaptureFixture[str]) -> None:
    """Conversations without their messages are named on standard error."""
    raia.faults.add("status", path=f"*/{DOCUMENTED_ID}/messages", status=500, times=3)
    with no_waiting():
        code, out, err = run(capsys, "export", "raia", "-")

    assert (0, 5) == (code, len(out.splitlines()))
    assert f"raia failed to show the messages of 1: {DOCUMENTED_ID}" == err.splitlines()[-1]


def test_terminal(raia: RaiaMock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """At a terminal no bar stands among the lines, and no line moves the cursor."""
    raia.seed(conversations=[{"title": "a\x9b2Jb\u202ec"}])
    for stream in (sys.stdout, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    code, out, err = run(capsys, "export", "raia", "-")

    assert (0, "6 conversations on standard output\n") == (code, err)
    assert r"a\u009b2Jb\u202ec" in out
    assert "a\x9b2Jb\u202ec" in [orjson.loads(line).get("title") for line in out.splitlines()]


@POSIX
def test_redirected(raia: RaiaMock, tmp_path: Path) -> None:
    """A shell's redirection gets the lines alone; /dev/stdout is not the file that it leads to."""
    done = shell(f'"$CAUSERIE" export raia /dev/stdout --no-messages > "{tmp_path}/all.txt"')

    assert (0, "", "5 conversations on standard output\n") == (done.returncode, done.stdout, done.stderr)
    assert 5 == len(lines(tmp_path / "all.txt"))
    assert ["all.txt"] == [path.name for path in tmp_path.iterdir()]


@POSIX
def test_reader_has_enough(raia: RaiaMock) -> None:
    """``| head -1`` gets one line: nothing else is said, no more is asked for, and the exit code is SIGPIPE's."""
    raia.seed(conversations=[{"title": "x" * 20_000} for _ in range(60)])
    before = len(raia.requests)
    done = shell('"$CAUSERIE" export raia - --no-messages --page-size 2 | head -1; exit ${PIPESTATUS[0]}')
    requests = len(raia.requests) - before

    assert (141, "") == (done.returncode, done.stderr)
    assert [str] == [type(orjson.loads(line)["id"]) for line in done.stdout.splitlines()]
    assert 30 > requests


@POSIX
def test_disk_is_full(raia: RaiaMock) -> None:
    """Where the lines have no room, a sentence says so."""
    if not Path("/dev/full").exists():
        pytest.skip("The system has no device that is always full.")
    done = shell('"$CAUSERIE" export raia - > /dev/full')

    assert (1, "Error: No space left on device\n") == (done.returncode, done.stderr)


def interrupted(*_: object, **__: object) -> Any:
    raise KeyboardInterrupt


def test_interrupted(
    raia: RaiaMock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C says that the same command goes on, where there is something to go on with; then it does."""
    target = tmp_path / "all.jsonl"
    with monkeypatch.context() as patch:
        patch.setattr("causerie.export._export.write", interrupted)
        late = run(capsys, "export", "raia", str(target))
    again = run(capsys, "export", "raia", str(target))
    with monkeypatch.context() as patch:
        patch.setattr("causerie.cli._export.export", interrupted)
        early = run(capsys, "export", "raia", str(tmp_path / "other.jsonl"))
    with monkeypatch.context() as patch:
        patch.setattr("causerie.cli._export.stream", interrupted)
        piped = run(capsys, "export", "raia", "-")

    sentence = f"Interrupted: {target}.part keeps what was read, and the same command goes on from there\n"
    assert (130, "", sentence) == late
    assert (0, f"5 conversations in {target}\n", "") == again
    assert [(130, "", "")] * 2 == [early, piped]


@POSIX
def test_interrupt_of_a_process(raia: RaiaMock, tmp_path: Path) -> None:
    """A real SIGINT in the midst of requests ends in that sentence, and in no traceback."""
    raia.faults.add("delay", path=f"*/{DOCUMENTED_ID}/messages", seconds=30, times=1)
    target = tmp_path / "all.jsonl"
    command = [CAUSERIE, "export", "raia", str(target), "--concurrency", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            while not any(each.operation == "list_messages" for each in raia.requests):
                assert process.poll() is None
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
        finally:
            process.kill()

    assert (130, "") == (process.returncode, out)
    assert f"Interrupted: {target}.part keeps what was read, and the same command goes on from there\n" == err


def test_plain_progress(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where no terminal is, a line every ten seconds says how far an export is, without control characters."""
    now = [0.0]
    monkeypatch.setattr(_clock, "now", lambda: now[0])
    with _export._progress(_export._console()) as show:
        for moment, progress in (
            (1, Progress(50, 1200)),
            (10, Progress(1150, 1200)),
            (19, Progress(1160, 1200)),
            (21, Progress(1170, None)),
            (40, Progress(1200, 1200, is_writing=True)),
        ):
            now[0] = moment
            show(progress)

    assert (
        "1,150 of 1,200 conversations read\n"
        "1,170 conversations read\n"
        "1,200 of 1,200 conversations read, writing the file\n"
    ) == capsys.readouterr().err

"""The command ``causerie``."""

from __future__ import annotations

import contextlib
import importlib.metadata
import io
import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from unittest.mock import Mock

import click
import pytest

import causerie_mock
from causerie.cli import main
from causerie.cli._failure import CODES


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int | str | None, str, str]:
    """Return the exit code, standard output and standard error."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    printed = capsys.readouterr()
    return caught.value.code, printed.out, printed.err


def without(module: str, *arguments: str) -> tuple[int, str]:
    """Return the exit code and standard error where ``module`` is not installed."""
    program = f"import sys; sys.modules[{module!r}] = None; from causerie.cli import main; main({list(arguments)!r})"
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    return done.returncode, done.stderr


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    """Help names every command, and fits a terminal of 80 columns."""
    code, out, err = run(capsys, "--help")

    assert (0, "") == (code, err)
    assert re.search(r"^  mock +Serve mock vendors", out, re.MULTILINE)
    assert re.search(r"^  spec +Show documents", out, re.MULTILINE)
    assert 80 >= max(map(len, out.splitlines()))


def test_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    """Help lists every exit code."""
    _, out, _ = run(capsys, "--help")
    listed = {int(code) for code in re.findall(r"^    (\d+) ", out, re.MULTILINE)}

    assert {0, 1, 2, 130, 141, *CODES} == listed


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The version is the package's."""
    assert (0, f"causerie {importlib.metadata.version('causerie')}\n", "") == run(capsys, "--version")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["mcok"], "No such command 'mcok'"),
        (["--prot"], "No such option"),
        (["mock", "acme"], "'acme' is not a vendor; choose from convocore, raia, zild."),
        (["mock", "--port", "many"], "'many' is not a port; give a number from 0 to 65535."),
        (["mock", "raia", "--prot"], "unrecognized arguments: --prot"),
    ],
)
def test_usage(capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str) -> None:
    """Arguments that make no sense are refused in one sentence, and exit with 2."""
    code, out, err = run(capsys, *arguments)

    assert (2, "") == (code, out)
    assert sentence in err.splitlines()[-1]
    assert "python -m" not in err


def test_mock_help(capsys: pytest.CaptureFixture[str]) -> None:
    """The mock's help is the mock's own, under the name that was typed."""
    code, out, _ = run(capsys, "mock", "--help")

    assert 0 == code
    assert out.startswith("usage: causerie mock [-h]")


def test_spec(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """``causerie spec`` is the contract suite's own command: a document does not drift from itself."""
    document = causerie_mock.document("zild")
    file = tmp_path / "zild.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    code, out, err = run(capsys, "spec", "drift", "zild", str(file))

    assert (0, "") == (code, err)
    assert "zild: 0 differences, 0 known, 0 new, 0 stale entries\n" == out


def test_spec_show(capsys: pytest.CaptureFixture[str]) -> None:
    """``causerie spec show`` has operations and fields with how they are known."""
    code, out, err = run(capsys, "spec", "show", "zild", "start_proactive_conversation")

    assert (0, "") == (code, err)
    assert "  channelId                    integer · documented\n" in out


def test_check(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """``causerie check`` is the contract suite, and its exit code that of the command."""
    asked = []

    def check(arguments: tuple[str, ...], *, prog: str) -> int:
        asked.append((prog, *arguments))
        return 1

    monkeypatch.setattr("causerie_contract._check.check", check)

    assert (1, "", "") == run(capsys, "check", "--vendor", "raia", "--help")
    assert [("causerie check", "--vendor", "raia", "--help")] == asked


@pytest.mark.parametrize(("shell", "word"), [("bash", "complete -o nosort"), ("zsh", "#compdef"), ("fish", "function")])
def test_completion(shell: str, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The script for a shell is click's."""
    code, out, _ = run(capsys, "completion", shell)

    assert 0 == code
    assert word in out
    assert "_CAUSERIE_COMPLETE" in out


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("causerie ra", ["raia"]),
        ("causerie raia c", ["conversations", "chat"]),
        ("causerie raia conversations set-mode c1 ", ["ai", "manual"]),
        ("causerie raia conversations update c1 --st", ["--status"]),
        ("causerie raia --h", ["--help"]),
    ],
)
def test_completions(
    typed: str, offered: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Commands, options and values are completed from their beginnings."""
    monkeypatch.setenv("_CAUSERIE_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(len(typed.split(" ")) - 1))
    code, out, _ = run(capsys)

    assert 0 == code
    assert offered == [line.removeprefix("plain,") for line in out.splitlines()]


@pytest.mark.parametrize("error", [KeyboardInterrupt, click.Abort])
def test_interrupt(
    error: type[BaseException], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An interrupt, also while something is asked for, ends the command without a word."""

    def interrupt(arguments: tuple[str, ...], *, prog: str) -> int:
        raise error

    monkeypatch.setattr("causerie_mock.__main__.main", interrupt)

    assert (130, "", "") == run(capsys, "mock")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FileNotFoundError(2, "No such file or directory", "a\nb"), "a b: No such file or directory"),
        (OSError("disk\x1b[2J full"), "disk\ufffd[2J full"),
    ],
)
def test_system(error: OSError, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What the system refuses is a sentence as well."""
    monkeypatch.setattr("causerie_mock.__main__.main", Mock(side_effect=error))

    assert (1, "", f"Error: {said}\n") == run(capsys, "mock")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("code", "arguments"),
    [(0, "--version"), (0, "mock --help"), (2, "raia nonsense"), (6, "raia conversations get c1")],
)
def test_closed_streams(code: int, arguments: str, closed: str) -> None:
    """A command that is begun without a standard stream does what it would do with it."""
    program = f'exec "$0" -c "from causerie.cli import main; main()" {arguments} {closed}'
    environment = {**os.environ, "RAIA_AGENT_SECRET_KEY": "k", "RAIA_BASE_URL": "http://127.0.0.1:1"}
    done = subprocess.run(
        ["/bin/sh", "-c", program, sys.executable], check=False, capture_output=True, text=True, env=environment
    )

    assert code == done.returncode
    assert "Traceback" not in done.stderr


def test_missing_stream(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What is read from a standard stream that is missing has come to its end."""
    monkeypatch.setattr(sys, "stdin", None)
    run(capsys, "--version")
    missing = sys.stdin

    assert missing is not None
    with missing:
        assert "" == missing.read()


class Broken(io.RawIOBase):
    """What cannot be written to."""

    def __init__(self, error: OSError) -> None:
        self.error = error

    def writable(self) -> bool:
        return True

    def write(self, _: object) -> int:
        raise self.error


@pytest.mark.parametrize("arguments", [["--version"], ["mock", "--help"]], ids=" ".join)
@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (OSError(28, "No space left on device"), 1, "Error: No space left on device\n"),
        (BrokenPipeError(32, "Broken pipe"), 141, ""),
    ],
    ids=["full", "broken"],
)
def test_output_fails(
    error: OSError,
    code: int,
    said: str,
    arguments: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Output that cannot be written ends in one sentence, or in none when the reader has simply had enough.

    The interpreter tries to write once more when it ends, and finds nothing left.
    """
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BufferedWriter(Broken(error))))

    assert (code, "", said) == run(capsys, *arguments)
    with contextlib.suppress(ValueError):  # it is closed
        sys.stdout.flush()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGPIPE, and other pipes.")
def test_broken_pipe() -> None:
    """A reader of only the beginning hears nothing of the rest."""
    command = [Path(sys.executable).with_name("causerie"), "completion", "zsh"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()

    assert b"" == err


def test_spec_help(capsys: pytest.CaptureFixture[str]) -> None:
    """Its help has the name that was typed."""
    code, out, _ = run(capsys, "spec", "--help")

    assert 0 == code
    assert out.startswith("usage: causerie spec [-h]")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process.")
def test_mock() -> None:
    """``causerie mock`` serves what is named until it is interrupted."""
    command = [Path(sys.executable).with_name("causerie"), "mock", "zild", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
            assert url is not None
            with urllib.request.urlopen(f"{url[0]}/_causerie/vendors") as answer:
                assert 200 == answer.status
            process.send_signal(signal.SIGINT)
            process.communicate()
        finally:
            process.kill()

    assert 0 == process.returncode


def test_extra_cli_is_missing() -> None:
    """Without the extra, the command says what to install."""
    assert (1, 'The command causerie needs click: in a checkout of Causerie, pip install ".[cli]"\n') == without(
        "click", "--help"
    )


def test_extra_contract_is_missing() -> None:
    """Without the extra, ``causerie spec`` says what to install."""
    expected = 'Error: causerie spec needs yaml: in a checkout of Causerie, pip install ".[contract]"\n'

    assert (1, expected) == without("yaml", "spec")


def test_extra_mock_is_missing() -> None:
    """Without the extra, ``causerie mock`` says what to install, and the rest of the command works."""
    expected = 'Error: the mock vendors need jsonschema_rs: in a checkout of Causerie, pip install ".[mock]"\n'

    assert (1, expected) == without("jsonschema_rs", "mock")
    assert (0, "") == without("jsonschema_rs", "--help")

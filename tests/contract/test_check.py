"""The suite as a command."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from causerie_contract import _check
from causerie_contract._check import check
from causerie_contract._progress import Lines, LiveLine, Progress, progress_on
from causerie_contract._report import Files
from causerie_contract._result import Result
from causerie_contract._suite import Suite
from causerie_mock import RAIA_KEYS, Mock, serve
from causerie_spec import load
from tests.contract.conftest import Faulty, Run, reduced, without, write
from tests.contract.reports import HOSTILE, failed, sound

Printed = pytest.CaptureFixture[str]
PROG = "causerie check"


def usage(capsys: Printed, *arguments: str) -> str:
    """Return what is said of a command line that makes no sense."""
    with pytest.raises(SystemExit) as ended:
        check(arguments, prog=PROG)

    assert 2 == ended.value.code
    return capsys.readouterr().err


def test_help(capsys: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Help has the options of the suite, and none of pytest's."""
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit) as ended:
        check(["--help"], prog=PROG)
    out = capsys.readouterr().out

    assert 0 == ended.value.code
    assert out.startswith("usage: causerie check [options]\n")
    assert {"--vendor", "--allow-recipient", "--contract-html", "--junit"} <= {*re.findall(r"--[\w-]+", out)}
    assert "--maxfail" not in out
    assert 80 >= max(map(len, out.splitlines()))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--contract-report=a", "--junit=./a"), "is given twice; a report needs a file of its own."),
        (("--document=doc.json", "--contract-html=doc.json"), "is given twice; a report needs a file of its own."),
        (("--operations=,",), "names of operations are needed, with commas between, unlike ','"),
        (("--operations=",), "names of operations are needed, with commas between, unlike ''"),
    ],
)
def test_options_that_would_lose_something(
    arguments: tuple[str, ...], sentence: str, capsys: Printed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two files that are one are refused, and so is a choice of nothing; no file is touched."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "doc.json").write_text(json.dumps(load("zild")), encoding="utf-8")
    error = usage(capsys, "--vendor=zild", *arguments)

    assert sentence in error
    assert ["doc.json"] == [path.name for path in tmp_path.iterdir()]
    assert load("zild") == json.loads((tmp_path / "doc.json").read_text(encoding="utf-8"))


class Full(io.StringIO):
    """A stream that takes nothing more."""

    def write(self, text: str) -> int:
        """Refuse it."""
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("kind", [Lines, LiveLine])
def test_progress_that_nobody_can_see(kind: type[Lines | LiveLine]) -> None:
    """A stream that is full or closed ends no run."""
    closed = io.StringIO()
    closed.close()
    for stream in (Full(), closed):
        progress = kind(stream)
        progress.begin("zild", "examples")
        progress.count()
        progress.end()

    assert Progress is type(progress_on(None)) is type(progress_on(closed))


@pytest.mark.parametrize("arguments", [("-k", "get_user"), ("-n", "2"), ("-x",), ("--junitxml=a.xml",)], ids=" ".join)
def test_options_of_pytest(arguments: tuple[str, ...], capsys: Printed) -> None:
    """An option that only pytest has is refused by its name, with where it is taken."""
    error = usage(capsys, "--vendor=zild", *arguments)

    assert f"unrecognized arguments: {' '.join(arguments)}; " in error
    assert error.endswith("there is pytest --pyargs causerie_contract\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--live",), "--live and --target scratch are about a server; name it with --base-url."),
        (("--budget=3",), "--resume-cleanup need --live."),
        (("--max-examples=0",), "--max-examples is 0; give a number above 0."),
        (("--parameter=path.id",), "argument --parameter: NAME=VALUE is needed, unlike 'path.id'"),
        (("--vend=zild",), "unrecognized arguments: --vend=zild"),
    ],
)
def test_usage(arguments: tuple[str, ...], sentence: str, capsys: Printed) -> None:
    """What makes no sense is refused with a sentence, and without one word of what else there is."""
    error = usage(capsys, *arguments)

    assert sentence in error
    assert 2 == len(error.splitlines())


@pytest.mark.parametrize("option", ["--junit", "--contract-report", "--contract-sarif", "--contract-html"])
def test_reports_that_cannot_be_written(option: str, capsys: Printed, tmp_path: Path) -> None:
    """It is said before anything is tested."""
    error = usage(capsys, "--vendor=zild", f"{option}={tmp_path}")

    assert error.endswith(f"{tmp_path}: Is a directory; name another file for the report\n")


@pytest.mark.parametrize("place", ["nowhere/run.jsonl", "there", "."])
def test_a_journal_that_cannot_be_made(
    place: str, capsys: Printed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said before anything is sent or written."""
    monkeypatch.setenv("RAIA_AGENT_SECRET_KEY", RAIA_KEYS[0])
    (tmp_path / "there").touch()
    report = tmp_path / "report.json"
    server = ("--vendor=raia", "--base-url=http://127.0.0.1:9", "--live", "--write=create_conversation")
    error = usage(capsys, *server, f"--journal={tmp_path / place}", f"--contract-report={report}")

    assert f"error: --journal: {tmp_path / place} " in error
    assert not report.exists()
    assert ["there"] == [each.name for each in tmp_path.iterdir()]


def test_reports_that_are_lost(capsys: Printed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found is told all the same, and the other reports are written."""
    taken, other = tmp_path / "a.json", tmp_path / "a.xml"
    write_first = Files.write

    def first(files: Files, results: Iterable[Result]) -> None:
        write_first(files, results)
        taken.unlink()
        taken.mkdir()
        monkeypatch.setattr(Files, "write", write_first)

    monkeypatch.setattr(Files, "write", first)
    files = (f"--contract-report={taken}", f"--junit={other}")
    status = check(["--vendor=zild", "--max-examples=1", *files], prog=PROG)
    printed = capsys.readouterr()

    assert 1 == status
    assert "zild (mock in process, seed 1): " in printed.out
    assert printed.err.endswith(f"{taken}: Is a directory; this report is not written\n")
    assert 0 == len([*ElementTree.parse(other).iter("failure")])


def test_control_characters(capsys: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a server says moves no cursor and colours nothing."""
    monkeypatch.setattr(_check, "_lines", lambda _: ["\x1b[31mred\ud800"])
    check(["--vendor=zild", "--max-examples=1"], prog=PROG)

    assert "\N{SYMBOL FOR ESCAPE}[31mred\N{REPLACEMENT CHARACTER}\n" == capsys.readouterr().out


@pytest.mark.parametrize("option", ["--strict", "--strict-inferences"])
def test_strict(option: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What contradicts an inference alone fails where it is asked for."""
    asked = list[Suite]()

    def hold(suite: Suite, *_: object) -> int:
        asked.append(suite)
        return 0

    monkeypatch.setattr(_check, "_hold", hold)
    check([], prog=PROG)
    check([option], prog=PROG)

    assert [False, True] == [suite.settings.strict_inferences for suite in asked]


def test_green(capsys: Printed, tmp_path: Path) -> None:
    """The mock passes; phases are told on standard error, and JUnit's XML has the tests that pytest has."""
    status = check(["--vendor=zild", "--max-examples=2", f"--junit={tmp_path / 'a.xml'}"], prog=PROG)
    printed = capsys.readouterr()
    cases = list(ElementTree.parse(tmp_path / "a.xml").iter("testcase"))

    assert 0 == status
    assert printed.out.startswith("zild (mock in process, seed 1): ")
    assert printed.out.endswith("known reason\nno failures\n")
    assert [f"zild: {phase}" for phase in ("examples", "coverage", "fuzzing", "stateful", "behaviour")] == (
        printed.err.splitlines()
    )
    assert 7 == len(cases)
    assert [] == [case for case in cases if case.find("failure") is not None]


def test_same_claims(run: Run) -> None:
    """pytest has a test for each verdict that the command gives."""
    done = run("--vendor=zild", "--collect-only", "-q")

    assert "7 tests collected" in done.stdout


def test_red(capsys: Printed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The overview comes first, then what is wrong with each operation, and at last what was done."""
    monkeypatch.setenv("RAIA_AGENT_SECRET_KEY", RAIA_KEYS[0])
    document = write(tmp_path, reduced("raia", "list_conversation_states", "set_conversation_mode"))
    files = [f"--junit={tmp_path / 'a.xml'}", f"--contract-report={tmp_path / 'a.json'}"]
    with serve([Faulty("raia", without("updatedAt"))]) as urls:
        status = check(
            ["--vendor=raia", "--base-url", urls["raia"], "--target=scratch", f"--document={document}", *files],
            prog=PROG,
        )
    out = capsys.readouterr().out
    report = json.loads((tmp_path / "a.json").read_text("utf-8"))
    failures = {
        (case.get("classname"), case.get("name")): "".join(failure.itertext())
        for case in ElementTree.parse(tmp_path / "a.xml").iter("testcase")
        for failure in case.iter("failure")
    }
    parts = (
        "raia: 2 findings about 2 operations: ",
        "FAILED raia.list_conversation_states: conforms to the document\n",
        "raia set_conversation_mode (PUT /external/conversations/{conversationId}/mode): Response violates schema\n",
        "raia (http://127.0.0.1:",
        f"\n{len(failures)} failures\n",
    )

    assert 1 == status
    assert sorted(map(out.index, parts)) == [*map(out.index, parts)]
    assert max(map(len, out.splitlines())) <= 200
    assert 'violates required: "updatedAt" is' in failures["raia.set_conversation_mode", "conforms to the document"]
    assert {"list_conversation_states", "set_conversation_mode"} == {each["operation"] for each in report["findings"]}
    assert RAIA_KEYS[0] not in out + (tmp_path / "a.xml").read_text("utf-8")


def test_junit(tmp_path: Path) -> None:
    """JUnit's XML has what a failure is about, whatever the server said."""
    Files(junit=tmp_path / "new" / "a.xml").write([failed(), sound()])
    first, second = ElementTree.parse(tmp_path / "new" / "a.xml").getroot()
    case = next(each for each in first if each.get("name") == "conforms to the document")

    assert [
        *(
            "raia.get_conversation: conforms to the document",
            "raia.update_conversation: conforms to the document",
        ),
        *("raia: there is no warning", "raia.get_conversation: all that the document allows was seen"),
        "raia: every reason in witnesses.toml is needed",
    ] == [f"{each.get('classname')}: {each.get('name')}" for each in first if each.find("failure") is not None]
    assert (str(len(first)), "5", "0") == (first.get("tests"), first.get("failures"), second.get("failures"))
    assert HOSTILE.replace("\x07", "␇") in "".join(case.itertext())
    assert [
        *("operation", "evidence", "check", "pointer", "keyword", "contradicts", "line"),
        *("pointer", "keyword", "contradicts", "line", "check"),
    ] == [each.get("name") for each in case.iter("property")]


def test_live(capsys: Printed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What will be done on a live server is said first; and an earlier run is cleaned up in place of a test."""
    monkeypatch.setenv("RAIA_AGENT_SECRET_KEY", RAIA_KEYS[0])
    with serve([Mock("raia")]) as urls:
        where = ["--vendor=raia", "--base-url", urls["raia"], "--live", f"--journal={tmp_path / 'journal.jsonl'}"]
        check([*where, "--write=create_conversation", "--rate=500"], prog=PROG)
        told = capsys.readouterr().out
        again = check([*where, "--resume-cleanup"], prog=PROG)

    assert told.startswith("live: raia at 127.0.0.1, with the credential in RAIA_")
    assert "\nRemoved: every conversation of the conversation user " in told
    assert (0, "Nothing more is to be removed.\n") == (again, capsys.readouterr().out)


class Terminal(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        """Say that it is one."""
        return True


def test_progress() -> None:
    """A terminal has one line that changes and is gone at the end; other streams have a line for each phase."""
    shown: dict[type, str] = {}
    for stream in (Terminal(), io.StringIO()):
        progress = progress_on(stream)
        progress.begin("raia", "fuzzing")
        for _ in range(3):
            progress.count()
        progress.end()
        shown[type(progress)] = stream.getvalue()

    assert "raia: fuzzing\n" == shown[Lines]
    assert shown[LiveLine].startswith("\r\x1b[2Kraia: fuzzing, 0 requests, 0 s")
    assert shown[LiveLine].endswith("\r\x1b[2K")


def test_really() -> None:
    """What the suite cannot make sense of is 2 for whoever calls the command."""
    program = "import sys; from causerie.cli import main; main(['check', '--vendor', 'zild', '--live'])"
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)

    assert 2 == done.returncode
    assert "--live and --target scratch are about a server; name it with --base-url." in done.stderr

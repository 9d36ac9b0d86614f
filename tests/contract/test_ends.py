"""Runs that are interrupted or killed leave reports that say so; `--operations` limits a run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from causerie_contract._oracle import run as oracle
from causerie_contract._result import INTERRUPTED
from causerie_contract._run import run
from causerie_contract._settings import Settings
from causerie_contract._suite import Suite
from causerie_contract._target import mock_in_process
from causerie_mock import Mock, Reply, Request
from causerie_spec import load
from causerie_spec.documents import operations
from tests.contract.conftest import Faulty, Run, without

FILES = ("--contract-report=a.json", "--contract-sarif=a.sarif", "--contract-html=a.html")
PYTEST = ("pytest", "--pyargs", "causerie_contract", "--junitxml=a.xml")
CHECK = ("causerie", "check", "--junit=a.xml")
WORKERS = ("-n2", "--dist=loadgroup")


@pytest.mark.parametrize(
    ("face", "name"),
    [
        (PYTEST, "SIGINT"),
        (PYTEST, "SIGKILL"),
        ((*PYTEST, *WORKERS), "SIGINT"),
        ((*PYTEST, *WORKERS), "SIGTERM"),
        (CHECK, "SIGINT"),
        (CHECK, "SIGTERM"),
        (CHECK, "SIGKILL"),
    ],
    ids=[
        *("pytest, SIGINT", "pytest, SIGKILL", "workers, SIGINT to all", "workers, SIGTERM to the first"),
        *("check, SIGINT", "check, SIGTERM", "check, SIGKILL"),
    ],
)
def test_signals(tmp_path: Path, face: tuple[str, ...], name: str) -> None:
    """Whatever ends a run, its reports say of each vendor that it was not tested to its end."""
    command = [sys.executable, "-m", *face, *FILES, "--vendor=raia", "--vendor=zild", "--max-examples=400"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, start_new_session=True) as process:
        for _ in range(600):
            if (tmp_path / "a.json").exists():
                break
            time.sleep(0.1)
        time.sleep(2)
        if name == "SIGINT":  # as a terminal sends it: to all
            os.killpg(process.pid, signal.SIGINT)
        else:
            process.send_signal(getattr(signal, name))
        process.communicate(timeout=60)
    report = json.loads((tmp_path / "a.json").read_text("utf-8"))
    errors = {entry["vendor"]: " ".join(entry["errors"]) for entry in report["vendors"]}
    is_told = name != "SIGKILL"

    assert {"raia", "zild"} == errors.keys()
    assert ("interrupted" if is_told else "not come to its end") in errors["raia"]
    assert "No findings, and not enough seen" in (tmp_path / "a.html").read_text("utf-8")
    assert not json.loads((tmp_path / "a.sarif").read_text("utf-8"))["runs"][0]["invocations"][0]["executionSuccessful"]
    if is_told:
        failures = ElementTree.parse(tmp_path / "a.xml").iter("failure")
        assert any("interrupted" in "".join(each.itertext()) for each in failures)
        assert (130 if "check" in face else pytest.ExitCode.INTERRUPTED) == process.returncode


class Stopped(Mock):
    """A vendor during whose tests somebody ends the run."""

    def __init__(self, vendor: str, count: int) -> None:
        super().__init__(vendor)
        self._left = count

    def handle(self, request: Request) -> Reply:
        """Return the reply; one of many presses Ctrl-C."""
        self._left -= 1
        if not self._left:
            signal.raise_signal(signal.SIGINT)
        return super().handle(request)


@pytest.mark.parametrize("count", [60, 1_000])
def test_what_was_found_stands(count: int) -> None:
    """The result of an interrupted run has what was found until then, and says that it was interrupted."""
    document = load("zild")
    result = run("zild", document, mock_in_process("zild", document, Stopped("zild", count)), Settings())

    assert INTERRUPTED == result.ended
    assert ["The run ended early, as it was interrupted."] == result.errors
    assert 0 < result.cases < count


def test_no_further_vendor_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    """After an interruption the vendors that are left have a result that says so."""
    suite = Suite(("zild", "raia"), Settings(max_examples=1))
    suite.is_interrupted = True
    result = suite.result("raia")

    assert ["Nothing is known of raia: the run ended early, as it was interrupted."] == result.errors
    assert 0 == result.cases


def test_some_operations(run: Run, tmp_path: Path) -> None:
    """A run of some operations tests these alone, by all phases; vendors that have none of them are left out."""
    unheard = ("-W", "ignore::pytest.PytestWarning")
    done = run("--operations=get_user,create_user", "--contract-report=a.json", "--junitxml=a.xml", *unheard)
    report = json.loads((tmp_path / "a.json").read_text("utf-8"))
    (vendor,) = report["vendors"]
    tests = [case.get("name") or "" for case in ElementTree.parse(tmp_path / "a.xml").iter("testcase")]

    assert (0, "raia") == (done.returncode, vendor["vendor"])
    assert {"get_user", "create_user"} == {entry["operation"] for entry in report["operations"]}
    assert all(entry["checks"]["model"] for entry in report["operations"])
    assert all("raia" in name for name in tests)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("get_usr", "there is no operation 'get_usr'; did you mean 'get_user' or"),
        ("get_user,nothing_at_all_like_it", "there is no operation 'nothing_at_all_like_it'."),
    ],
)
def test_unknown_operations(run: Run, asked: str, sentence: str) -> None:
    """An unknown operation is refused by its name, with similar names."""
    done = run(f"--operations={asked}")

    assert pytest.ExitCode.USAGE_ERROR == done.returncode
    assert f"--operations: {sentence}" in done.stderr


def test_faults_of_others_are_not_told() -> None:
    """The model calls other operations, too, and says nothing of what is wrong with them."""
    document = load("raia")
    found: list[tuple[str, ...]] = []
    for asked in ("get_conversation", "get_user"):

        def spoil(value: Any) -> Any:
            return without("createdAt")(value) if isinstance(value, dict) and "conversationUserId" in value else value

        target = mock_in_process("raia", document, Faulty("raia", spoil))
        settings = Settings(operations=(asked,), shrink=False)
        found.append(tuple(each.operation for each in oracle("raia", document, target, settings)))

    assert [("get_conversation",), ()] == found


def test_every_operation_is_known() -> None:
    """All operations of a vendor together are the whole of it."""
    names = tuple(operations(load("zild")))
    suite = Suite(("zild", "raia"), Settings(operations=names))

    assert ("zild",) == suite.vendors
    assert load("zild")["paths"].keys() == suite.document("zild")["paths"].keys()

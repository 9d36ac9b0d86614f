"""Operations that reach people, on a server that is no mock: judged with people who may be reached, or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from causerie_contract._check import check
from causerie_contract._oracle import run as oracle
from causerie_contract._settings import Settings
from causerie_contract._target import server
from causerie_mock import RAIA_KEYS, ZILD_TOKENS, Mock, serve
from causerie_spec import load

from .conftest import Faulty

_PERSON, _ADDRESS = "+4915112345678", "ada@example.com"
_SENTENCE = (
    "Nothing was judged of the behaviour of start_proactive_conversation: it reaches people, and none is named with "
    "--allow-recipient."
)


def _forgetful(conversations: Any) -> Any:
    """Return the conversations without their latest message."""
    return [{**each, "messages": each["messages"][:-1]} for each in conversations]


def test_it_finds_what_it_could_not() -> None:
    """Without people the model says nothing of a server that forgets messages, and with somebody it does."""
    document = load("zild")
    with serve([Faulty("zild", _forgetful)]) as urls:
        target = server(urls["zild"], ZILD_TOKENS[0])
        without_people = oracle("zild", document, target, Settings(shrink=False), parts=["chapters"])
        found = oracle("zild", document, target, Settings(shrink=False, recipients=(_PERSON,)), parts=["chapters"])

    assert [] == without_people
    assert ["start_proactive_conversation"] == [finding.operation for finding in found]


@pytest.mark.parametrize(
    ("vendor", "secret", "operation"),
    [("zild", ZILD_TOKENS[0], "start_proactive_conversation"), ("raia", RAIA_KEYS[0], "start_conversation")],
)
def test_nobody_else_is_reached(vendor: str, secret: str, operation: str) -> None:
    """Good requests name those people alone, and a server that does as the mock gives no finding."""
    document, bodies = load(vendor), list[str]()

    def observe(name: str, request: httpx.Request, _: httpx.Response) -> None:
        if name == operation:
            bodies.append(request.content.decode())

    with serve([Mock(vendor)]) as urls:
        target = server(urls[vendor], secret)
        settings = Settings(shrink=False, recipients=(_PERSON, _ADDRESS))
        found = [
            finding
            for _ in range(2)  # the second time meets people who are known
            for finding in oracle(vendor, document, target, settings, observe, parts=["chapters", "values", "races"])
        ]

    assert [] == found
    assert all(_PERSON in body or _ADDRESS in body for body in bodies)
    assert {True} == {any(each in body for body in bodies) for each in (_PERSON, _ADDRESS)}


@pytest.mark.parametrize("recipients", [(), (f"--allow-recipient={_PERSON}",)])
def test_what_is_said(
    recipients: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The summary and the report in JSON say what was not judged, and only then."""
    monkeypatch.setenv("ZILD_TOKEN", ZILD_TOKENS[0])
    report = tmp_path / "report.json"
    with serve([Mock("zild")]) as urls:
        check(
            [
                *("--vendor=zild", f"--base-url={urls['zild']}", "--target=scratch", "--max-examples=1"),
                *(f"--contract-report={report}", *recipients),
            ],
            prog="causerie check",
        )
    said = " ".join(capsys.readouterr().out.split())
    (summary,) = json.loads(report.read_text(encoding="utf-8"))["vendors"]

    assert (not recipients) == (f"zild: {_SENTENCE}" in said)
    assert ([] if recipients else ["start_proactive_conversation"]) == summary["unreached"]
    assert (not recipients) == (_SENTENCE in summary["overview"])


def test_a_mock_reaches_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    """People are named for a server alone."""
    with pytest.raises(SystemExit, match="2"):
        check([f"--allow-recipient={_PERSON}"], prog="causerie check")

    assert "--allow-recipient needs --live or --target scratch: a mock reaches nobody." in capsys.readouterr().err

"""Two faults of one operation are two findings."""

from __future__ import annotations

import json

import attrs
import pytest

from causerie_contract._finding import Finding, Violation
from causerie_contract._ledger import Ledger
from causerie_contract._oracle import run as oracle
from causerie_contract._run import run
from causerie_contract._settings import Settings
from causerie_contract._target import mock_in_process
from causerie_mock import Mock, Reply, Request
from causerie_spec import load

from .conftest import reduced


class Crashing(Mock):
    """raia, which crashes for one reason or the other when a user is to be made."""

    def handle(self, request: Request) -> Reply:
        """Crash, or return the reply."""
        if request.method == "POST" and request.path.endswith(b"/users"):
            words = f"no mailer for request {len(request.body)}" if b'"email"' in request.body else "null pointer"
            return Reply.json(500, {"status": 500, "message": words})
        return super().handle(request)


def test_two_crashes() -> None:
    """Crashes with different words are told apart, and each is told once."""
    document = reduced("raia", "create_user")
    result = run("raia", document, mock_in_process("raia", document, Crashing("raia")), Settings(max_examples=2))
    crashes = [finding.problem for finding in result.findings if finding.title == "Server error"]

    assert [1, 1] == [sum(words in each for each in crashes) for words in ("no mailer", "null pointer")]


@pytest.mark.parametrize(("is_allowed", "expected"), [(True, ["type", "model: x"]), (False, ["type"])])
def test_two_faults_of_one_field(is_allowed: bool, expected: list[str]) -> None:
    """A value of the wrong type explains why the model is contradicted there, unless another value is wrong as well."""
    document = load("raia")
    ledger = Ledger("raia", document, mock_in_process("raia", document), Settings())
    finding = Finding("raia", "get_user", "GET /x", "fuzzing", "check", "c", "", "", 200, (), None, ())
    wrong = Violation("answer /title", "type", "", "/x/title", None)
    for violation in (wrong, attrs.evolve(wrong, keyword="model: x", is_allowed=is_allowed)):
        ledger.add(attrs.evolve(finding, violations=(violation,)))

    assert expected == [each.keyword for one in ledger.result.findings for each in one.violations]


class Shouting(Mock):
    """raia, whose titles are in capitals."""

    def handle(self, request: Request) -> Reply:
        """Return the reply, with its title changed."""
        reply = super().handle(request)
        if request.method != "POST" or not request.path.endswith(b"/conversations") or reply.status != 201:
            return reply
        shown = json.loads(reply.body)
        return Reply.json(201, shown | {"title": shown["title"].upper()} if shown.get("title") else shown)


def test_what_stands_there_is_allowed() -> None:
    """The model says of a wrong value whether the document allows it."""
    document = load("raia")
    target = mock_in_process("raia", document, Shouting("raia"))
    (found,) = oracle("raia", document, target, Settings(shrink=False), parts=["chapters"])

    assert [True] == [each.is_allowed for each in found.violations]

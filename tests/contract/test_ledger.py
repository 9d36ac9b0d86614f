"""Each finding once, and what only contradicts an inference of ours told apart."""

from __future__ import annotations

import attrs
import pytest
from schemathesis.engine.recorder import CaseNode
from schemathesis.generation import GenerationMode

from causerie_contract._finding import Finding, Violation
from causerie_contract._ledger import Ledger
from causerie_contract._live import draw
from causerie_contract._schema import schema
from causerie_contract._settings import Settings
from causerie_contract._target import mock_in_process
from causerie_spec.documents import load
from causerie_spec.evidence import Evidence

PROMISED = Violation("answer /a", "type", "", "/a", Evidence("documented", "page"))
GUESSED = Violation("answer /b", "type", "", "/b", Evidence("inferred", why="we think so"))
FINDING = Finding("raia", "get_conversation", "GET /x", "fuzzing", "check", "ST1", "", "", 200, (), None, ())


@pytest.fixture
def ledger(real: bool, strict: bool) -> Ledger:
    """Return the book of a run on a mock, or on something else."""
    document = load("raia")
    target = attrs.evolve(mock_in_process("raia", document), real=real)
    return Ledger("raia", document, target, Settings(strict_inferences=strict))


@pytest.mark.parametrize(
    ("real", "strict", "failing", "reported"),
    [
        (False, False, ["/a", "/b"], []),
        (False, True, ["/a", "/b"], []),
        (True, False, ["/a"], ["/b"]),
        (True, True, ["/a", "/b"], []),
    ],
)
def test_inferences(ledger: Ledger, failing: list[str], reported: list[str]) -> None:
    """On a server that is no mock, what contradicts an inference alone fails only on request; either is told once."""
    result = ledger.result
    for operation in ("get_conversation", "list_messages"):
        ledger.add(attrs.evolve(FINDING, operation=operation, violations=(PROMISED, GUESSED)))
    found = result.operations["get_conversation"].findings

    assert failing == [each.schema for finding in found for each in finding.violations]
    assert reported == [each.schema for finding in result.reported for each in finding.violations]
    assert {("list_messages",)} == {finding.also for finding in (*found, *result.reported)}
    assert [] == result.operations["list_messages"].findings


@pytest.mark.parametrize(("real", "strict"), [(True, False)])
def test_no_place(ledger: Ledger) -> None:
    """What breaks the promise of no single place, such as a crash, fails everywhere."""
    ledger.add(FINDING)

    assert [FINDING] == ledger.result.operations["get_conversation"].findings


def test_refused_again() -> None:
    """What is deleted cannot be deleted: however often a phase asks for it again, that counts once."""
    document, settings = load("convocore"), Settings()
    target = mock_in_process("convocore", document)
    ledger = Ledger("convocore", document, target, settings)
    operation = schema("convocore", document, target, settings)["/agents/{agentId}/convos/{conversationId}"]["DELETE"]
    (case,) = draw(operation.as_strategy(generation_mode=GenerationMode.POSITIVE), 1, 1)
    case.path_parameters = {"agentId": "agent123", "conversationId": "agent123_convo456"}
    statuses = []
    for name, deletions in (("examples", 3), ("fuzzing", 2)):
        with ledger.phase(name):
            for _ in range(deletions):
                response = case.call()
                ledger.count(
                    CaseNode(value=case, parent_id=None, transition=None, is_transition_applied=False),
                    response,
                    alone=True,
                )
                statuses.append(response.status_code)
    tally = ledger.result.operations["delete_conversation"]

    assert [200, 404, 404, 404, 404] == statuses
    assert (5, 2, 1) == (tally.cases, tally.valid, tally.accepted)

"""Sequences of requests to a server that need not do the same again."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis.errors import FlakyStrategyDefinition

from causerie_contract import _sequences
from causerie_contract._run import run
from causerie_contract._settings import Settings
from causerie_contract._target import mock_in_process
from tests.contract.conftest import reduced


@pytest.mark.parametrize(
    ("is_real", "expected"), [(True, [(7, 10), (8, 7), (9, 4), (10, 1)]), (False, [(7, 10)])], ids=["real", "mock"]
)
def test_what_is_left_begins_anew(
    is_real: bool, expected: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a server that is never reset does something else, the other sequences follow."""
    asked = list[tuple[int, int]]()

    def fail(machine: Any, settings: Any) -> None:
        asked.append((machine._hypothesis_internal_use_seed, settings.max_examples))
        machine.ledger.result.scenarios += 3
        raise FlakyStrategyDefinition("Inconsistent data generation")

    monkeypatch.setattr(_sequences._Sequence, "run", classmethod(fail), raising=False)
    document = reduced("raia", "list_conversations", "get_conversation")
    target = attrs.evolve(mock_in_process("raia", document), real=is_real)
    result = run("raia", document, target, Settings(seed=7, max_examples=10))

    assert expected == asked
    assert (not is_real) == any("Sequences of requests" in each for each in result.errors)

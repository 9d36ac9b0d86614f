"""Every text that a sequence may draw, in every step that takes one: what a draw only meets with one seed of ten."""

from __future__ import annotations

import contextlib
import functools
from typing import Any

import hypothesis
import pytest
from hypothesis.errors import NoSuchExample

from causerie_contract._oracle import run
from causerie_contract._oracle._machine import TEXTS, Machine
from causerie_contract._settings import Settings
from causerie_contract._target import mock_in_process
from causerie_contract._vendor import vendor_of
from causerie_spec.documents import load, vendors

_FIND = hypothesis.settings(database=None, derandomize=True, max_examples=60)


@functools.cache
def _drawn(strategy: Any, text: str) -> Any:
    """Return the text where a strategy draws it, and the simplest value of the others."""

    def is_wanted(value: Any) -> bool:
        return text in (value.values() if isinstance(value, dict) else (value,)) or not _has_texts(strategy)

    with contextlib.suppress(NoSuchExample):
        return hypothesis.find(strategy, is_wanted, settings=_FIND)
    return hypothesis.find(strategy, lambda _: True, settings=_FIND)


def _has_texts(drawn: Any) -> bool:
    return repr(TEXTS[0]) in repr(drawn)


def _steps(machine: Machine) -> None:
    """Take each step with each text, as far as its condition holds; the second time, there are records."""
    for _ in range(2):
        for rule in machine.rules:
            strategies = rule.arguments
            for text in TEXTS if _has_texts(strategies) else TEXTS[:1]:
                if all(condition(machine) for condition in rule.preconditions):
                    rule.function(machine, **{name: _drawn(each, text) for name, each in strategies.items()})


@pytest.mark.parametrize("vendor", vendors())
def test_every_text(vendor: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sound vendor has no findings, whichever of the texts is written."""
    document, oracle = load(vendor), vendor_of(vendor).oracle
    assert oracle is not None
    monkeypatch.setattr(oracle[1], "chapters", (_steps,))

    assert [] == run(vendor, document, mock_in_process(vendor, document), Settings(), parts=("chapters",))

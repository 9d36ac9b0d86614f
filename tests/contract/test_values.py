"""Every value in every field: what a server changes or does not take is found, and by nothing else."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest

from causerie_contract._oracle import run as oracle
from causerie_contract._oracle._corpus import CORPUS
from causerie_contract._settings import Settings
from causerie_contract._target import mock_in_process
from causerie_mock import Mock, Reply, Request
from causerie_spec import load

from .test_kinds import Change, Mutant, body, each, text


class Refusing(Mock):
    """A vendor that does not take one sign, whichever field it stands in."""

    def handle(self, request: Request) -> Reply:
        """Return the reply, or an error of the server."""
        if "\\u2066" in request.body.decode("ascii", "backslashreplace") or "\u2066".encode() in request.body:
            return Reply.json(500, {"status": 500, "message": "Incorrect string value"})
        return super().handle(request)


def names(change: Callable[[str], str]) -> Change:
    """Return what changes every name of an inner object."""

    def changed(value: Any, depth: int = 0) -> Any:
        if isinstance(value, dict):
            return {change(name) if depth > 1 else name: changed(inner, depth + 1) for name, inner in value.items()}
        return [changed(inner, depth + 1) for inner in value] if isinstance(value, list) else value

    return changed


def lists(change: Callable[[list[Any]], list[Any]]) -> Change:
    """Return what changes every list."""

    def changed(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: changed(inner) for name, inner in value.items()}
        return change([changed(inner) for inner in value]) if isinstance(value, list) else value

    return changed


def cut(depth: int) -> Change:
    """Return what replaces objects that lie too deep."""

    def changed(value: Any, left: int = depth) -> Any:
        if isinstance(value, dict):
            return {name: changed(inner, left - 1) for name, inner in value.items()} if left else "[object Object]"
        return [changed(inner, left - 1) for inner in value] if isinstance(value, list) else value

    return changed


KINDS: dict[str, Callable[[str], Mock]] = {
    "long texts are cut": lambda vendor: Mutant(
        vendor, text(lambda value: value[:9000] if len(value) < 20000 else value)
    ),
    "joined letters are parted": lambda vendor: Mutant(vendor, text(lambda value: value.replace("ﬁ", "fi"))),
    "soft hyphens are dropped": lambda vendor: Mutant(vendor, text(lambda value: value.replace("\u00ad", ""))),
    "integers are doubles": lambda vendor: Mutant(
        vendor, body(each(lambda value: int(float(value)) if type(value) is int else value))
    ),
    "ends of lines are those of Unix": lambda vendor: Mutant(vendor, text(lambda value: value.replace("\r\n", "\n"))),
    "texts end at a NUL": lambda vendor: Mutant(vendor, text(lambda value: value.split("\0")[0])),
    "percent escapes are decoded": lambda vendor: Mutant(vendor, text(unquote)),
    "dates are times": lambda vendor: Mutant(
        vendor, text(lambda value: re.sub(r"^\d{4}-\d\d-\d\d$", r"\g<0>T00:00:00Z", value))
    ),
    "fractions are hundredths": lambda vendor: Mutant(
        vendor, body(each(lambda value: round(value, 2) if isinstance(value, float) else value))
    ),
    "dots in names are underscores": lambda vendor: Mutant(vendor, body(names(lambda name: name.replace(".", "_")))),
    "names are in lower case": lambda vendor: Mutant(vendor, body(names(str.lower))),
    "lists are flat": lambda vendor: Mutant(
        vendor, body(lists(lambda found: [item for each in found for item in (each if type(each) is list else [each])]))
    ),
    "nothing lies deep": lambda vendor: Mutant(vendor, body(cut(7))),
    "a sign that is not taken": Refusing,
}


@pytest.mark.parametrize("vendor", ["convocore", "raia"])
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_found(kind: str, vendor: str) -> None:
    """Each kind of fault is found."""
    assert found(kind, vendor, "values")


@pytest.mark.parametrize(
    "kind",
    [
        *("joined letters are parted", "texts end at a NUL", "fractions are hundredths", "lists are flat"),
        *("dots in names are underscores", "nothing lies deep"),
    ],
)
def test_it_is_found_in_an_answer(kind: str) -> None:
    """It is found, too, where nothing but the answer to the write shows what was written, as JSON text."""
    assert found(kind, "zild", "values")


@pytest.mark.parametrize(
    ("change", "reader"),
    [
        (lambda sent: {**sent, "turns": sent["turns"][:50]}, "replace_messages"),
        (lambda sent: {**sent, "message": sent["message"][:4000]}, "send_messages"),
        (lambda sent: {**sent, "prompt": html.escape(sent["prompt"])}, "export_conversation"),
    ],
)
def test_messages_are_looked_at(change: Change, reader: str) -> None:
    """What is said, in turns, as a message or as a prompt, comes back as it was sent."""

    def changed(sent: Any) -> Any:
        try:
            return change(sent)
        except (KeyError, TypeError, AttributeError):
            return sent

    document = load("convocore")
    target = mock_in_process("convocore", document, Mutant("convocore", body(changed)))
    seen = oracle("convocore", document, target, Settings(shrink=False), parts=["values"])

    assert [reader] == [finding.operation for finding in seen]


@pytest.mark.parametrize("kind", ["long texts are cut", "joined letters are parted", "soft hyphens are dropped"])
def test_nothing_else_finds_it(kind: str) -> None:
    """Neither what is always the same nor bad requests show it."""
    assert not found(kind, "raia", "chapters", "sweep")


def test_where_a_text_is_not_taken() -> None:
    """A finding names the field, also where nothing shows it again."""
    places = {
        violation.where
        for finding in found("a sign that is not taken", "raia", "values", shrink=True)
        for violation in finding.violations
    }

    assert {"body /title", "body /context"} <= places


def test_the_corpus_has_every_kind_of_text() -> None:
    """Lengths, letters that could be composed, joined signs, another direction, and signs without width."""
    assert {0, 255, 1000, 10000} <= {len(text) for text in CORPUS}
    assert all(any(sign in text for text in CORPUS) for sign in ("e\u0301", "\u200d", "\u05e9", "\u202e", "\u200b"))


def found(kind: str, vendor: str, *parts: str, shrink: bool = False) -> list[object]:
    """Return what these parts of the model find."""
    document = load(vendor)
    target = mock_in_process(vendor, document, KINDS[kind](vendor))
    return [*oracle(vendor, document, target, Settings(shrink=shrink), parts=parts)]  # type: ignore[arg-type]

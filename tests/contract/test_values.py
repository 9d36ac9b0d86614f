"""Every value in every field: what a server changes or does not take is found, and by nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from causerie_contract._oracle import run as oracle
from causerie_contract._oracle._corpus import CORPUS
from causerie_contract._settings import Settings
from causerie_contract._target import mock_in_process
from causerie_mock import Mock, Reply, Request
from causerie_spec import load

from .test_kinds import Mutant, body, each, text


class Refusing(Mock):
    """A vendor that does not take one sign, whichever field it stands in."""

    def handle(self, request: Request) -> Reply:
        """Return the reply, or an error of the server."""
        if "\\u2066" in request.body.decode("ascii", "backslashreplace") or "\u2066".encode() in request.body:
            return Reply.json(500, {"status": 500, "message": "Incorrect string value"})
        return super().handle(request)


KINDS: dict[str, Callable[[str], Mock]] = {
    "long texts are cut": lambda vendor: Mutant(
        vendor, text(lambda value: value[:9000] if len(value) < 20000 else value)
    ),
    "joined letters are parted": lambda vendor: Mutant(vendor, text(lambda value: value.replace("ﬁ", "fi"))),
    "soft hyphens are dropped": lambda vendor: Mutant(vendor, text(lambda value: value.replace("\u00ad", ""))),
    "integers are doubles": lambda vendor: Mutant(
        vendor, body(each(lambda value: int(float(value)) if type(value) is int else value))
    ),
    "a sign that is not taken": Refusing,
}


@pytest.mark.parametrize("vendor", ["convocore", "raia"])
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_found(kind: str, vendor: str) -> None:
    """Each kind of fault is found."""
    assert found(kind, vendor, "values")


@pytest.mark.parametrize("kind", KINDS)
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
    assert {0, 1000, 10000} <= {len(text) for text in CORPUS}
    assert all(any(sign in text for text in CORPUS) for sign in ("e\u0301", "\u200d", "\u05e9", "\u202e", "\u200b"))


def found(kind: str, vendor: str, *parts: str, shrink: bool = False) -> list[object]:
    """Return what these parts of the model find."""
    document = load(vendor)
    target = mock_in_process(vendor, document, KINDS[kind](vendor))
    return [*oracle(vendor, document, target, Settings(shrink=shrink), parts=parts)]  # type: ignore[arg-type]

"""A mutant: a mock, or a document, with one fault."""

from __future__ import annotations

import abc
import contextlib
import copy
import functools
import itertools
import random
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

import attrs

import causerie_mock
from causerie_contract._target import Target
from causerie_mock import Mock, Reply, Request
from causerie_spec.documents import load

#: How often each operator is tried on a vendor, where it fits more operations and fields than that.
EACH = 1


@attrs.define
class Site:
    """What the suite gets: the mock, the document that the suite holds against it, and how often the fault showed."""

    mock: Mock
    document: dict[str, Any]
    fired: int = 0
    #: How the suite reaches the mock; None for a call in this process.
    target: Target | None = None

    def fire(self) -> None:
        """Count that the fault has made a difference."""
        self.fired += 1


@attrs.frozen
class Mutant(abc.ABC):
    """One fault. `equivalent` says why no client could tell, or why it stays within what is promised."""

    #: What is mutated.
    kind: ClassVar[str]
    vendor: str
    operator: str
    #: The operations whose promises it breaks.
    operations: tuple[str, ...]
    #: The place and the change.
    change: str
    equivalent: str | None = attrs.field(default=None, kw_only=True)

    @abc.abstractmethod
    def site(self) -> contextlib.AbstractContextManager[Site]:
        """Keep the fault in place while the context lasts."""

    def __str__(self) -> str:
        operations = ",".join(self.operations) if len(self.operations) < 3 else f"{len(self.operations)} operations"
        return f"{self.vendor} {self.kind}: {self.operator}: {operations}: {self.change}"


def document(vendor: str) -> dict[str, Any]:
    """Return a copy of the vendor's document to change: reading it anew takes longer than most mutants live."""
    return copy.deepcopy(_read(vendor))


_read = functools.cache(load)


class Faulty(Mock):
    """A mock that lives through the faults of its parts, as a server does: an exception is an empty 500."""

    def handle(self, request: Request) -> Reply:
        try:
            return super().handle(request)
        except Exception:  # noqa: BLE001 - whatever the fault leads to
            return Reply.empty(500)


class Sound(Mutant):
    """No mutant at all: the baseline."""

    kind = "none"

    @contextlib.contextmanager
    def site(self) -> Iterator[Site]:
        """Give the mock and its document as they are."""
        yield Site(Mock(self.vendor), document(self.vendor))


def baseline() -> list[Mutant]:
    """Return, for each vendor, a mutant without any fault."""
    return [
        Sound(vendor, "baseline", tuple(operation.id for operation in Mock(vendor)._contract.operations()), "nothing")
        for vendor in causerie_mock.VENDORS
    ]


def every(each: int = EACH) -> list[Mutant]:
    """Return all mutants, in a fixed order; where a change is tried in many places, only `each` of a vendor."""
    from tests.kill_rate import answers, behaviour, documents

    return [*answers.mutants(each), *behaviour.mutants(each), *documents.mutants(each)]


def few(mutants: Iterable[Mutant], each: int) -> list[Mutant]:
    """Draw `each` of every operator from one vendor's mutants: the same ones every time."""
    by_operator: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        by_operator.setdefault(mutant.operator, []).append(mutant)
    return [
        mutant
        for operator, found in by_operator.items()
        for mutant in random.Random(operator).sample(found, min(each, len(found)))
    ]


def sample(count: int) -> list[Mutant]:
    """Draw `count` mutants that are not equivalent, of as many operators as possible: the same ones every time."""
    groups: dict[tuple[str, str, str], list[Mutant]] = {}
    for mutant in every():
        if mutant.equivalent is None:
            groups.setdefault((mutant.vendor, mutant.kind, mutant.operator), []).append(mutant)
    rounds = itertools.zip_longest(*groups.values())
    found = [mutant for row in rounds for mutant in row if mutant is not None]
    step = len(groups) / count
    return [found[int(index * step)] for index in range(count)]

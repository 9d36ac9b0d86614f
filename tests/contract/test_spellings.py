"""Ids that are almost right, strange bodies, and lists at their bounds: a server that is wrong there is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from causerie_contract._oracle import run as oracle
from causerie_contract._oracle._spellings import misspelled
from causerie_contract._settings import Settings
from causerie_contract._target import mock_in_process
from causerie_mock import Mock, Reply, Request
from causerie_spec import load

from .test_kinds import Mutant


class Broken(Mock):
    """A vendor that fails on what `breaks` says."""

    def __init__(self, vendor: str, breaks: Callable[[Request], bool]) -> None:
        super().__init__(vendor)
        self._breaks = breaks

    def handle(self, request: Request) -> Reply:
        """Return the reply, or an error of the server."""
        return Reply.json(500, {"status": 500}) if self._breaks(request) else super().handle(request)


def path(change: Callable[[bytes], bytes]) -> Callable[[Mock, Request], Request]:
    """Return a reader that changes each segment of a path that names no part of the interface."""

    def ask(_: Mock, request: Request) -> Request:
        segments = [each if each.isalpha() and each.islower() else change(each) for each in request.path.split(b"/")]
        return attrs.evolve(request, path=b"/".join(segments))

    return ask


def length(name: str, most: int) -> Callable[[Request], bool]:
    """Return what says that a list of a body is longer."""

    def longer(request: Request) -> bool:
        try:
            value: Any = json.loads(request.body)
            return len(value[name]) > most
        except (ValueError, LookupError, TypeError, RecursionError):
            return False

    return longer


@pytest.mark.parametrize("vendor", ["convocore", "raia"])
@pytest.mark.parametrize(
    "change",
    [bytes.lower, lambda text: text.replace(b"%20", b""), lambda text: text.split(b"%00")[0]],
    ids=["in any case", "trimmed", "up to a NUL"],
)
def test_an_id_that_is_almost_right(vendor: str, change: Callable[[bytes], bytes]) -> None:
    """A server that finds a record by another text than its id is found."""
    assert ["model: id-has-one-spelling"] == codes(Mutant(vendor, path(change)), "spellings")


@pytest.mark.parametrize("vendor", ["convocore", "raia"])
@pytest.mark.parametrize("sign", [b"%22", b"%27", b"%F0%9F", b"x" * 1000], ids=["quote", "apostrophe", "emoji", "long"])
def test_an_id_that_breaks_a_server(vendor: str, sign: bytes) -> None:
    """An id that leads to an error of the server is found."""
    assert codes(Broken(vendor, lambda request: sign in request.path), "spellings")


@pytest.mark.parametrize("vendor", ["convocore", "raia", "zild"])
@pytest.mark.parametrize("sign", [b"ud800", b"[" * 50], ids=["half a pair", "deep"])
def test_a_body_that_breaks_a_server(vendor: str, sign: bytes) -> None:
    """Half of a surrogate pair and deep nesting may be refused, and are no error of the server."""

    def breaks(request: Request) -> bool:
        return sign in request.body and b"[" * 1000 not in request.body

    assert codes(Broken(vendor, breaks), "sweep")


@pytest.mark.parametrize("most", [24, 20])
@pytest.mark.parametrize(
    ("vendor", "name"),
    [("convocore", "items"), ("convocore", "turns"), ("zild", "recipient"), ("raia", "files")],
)
def test_a_list_that_is_too_long_for_a_server(vendor: str, name: str, most: int) -> None:
    """A server that does not take as many items as the document allows is found."""
    assert codes(Broken(vendor, length(name, most)), "sweep")


class BodyFirst(Mock):
    """A vendor that looks at the body before the credential."""

    def handle(self, request: Request) -> Reply:
        """Return the reply."""
        own = tuple((name.lower().encode(), value.encode()) for name, value in self.headers(0).items())
        others = tuple(each for each in request.headers if each[0].lower() != own[0][0])
        known = attrs.evolve(request, headers=(*others, *own))
        return super().handle(known if request.body == b"[]" else request)


@pytest.mark.parametrize("vendor", ["convocore", "raia", "zild"])
def test_a_body_that_is_looked_at_first(vendor: str) -> None:
    """A wrong credential is told before a wrong body."""
    assert ["model: order-of-problems"] == codes(BodyFirst(vendor), "sweep")


def test_a_scheme_in_one_case() -> None:
    """A server of Zild that knows its scheme in one case alone is found: it stands in Authorization."""

    def ask(_: Mock, request: Request) -> Request:
        headers = [each for each in request.headers if not each[1].startswith(b"bearer ")]
        return attrs.evolve(request, headers=tuple(headers))

    assert ["model: scheme-is-in-any-case"] == codes(Mutant("zild", ask), "sweep")


def codes(mock: Mock, part: Any) -> list[str]:
    """Return what this part of the model finds first."""
    document = load(mock.vendor)
    target = mock_in_process(mock.vendor, document, mock)
    return [each.code for each in oracle(mock.vendor, document, target, Settings(shrink=False), parts=[part])]


@pytest.mark.parametrize(
    ("right", "counts"),
    [
        ("agent123_convo456", False),
        ("5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b", False),
        ("1041", True),
        ("conv_1041", True),
    ],
)
def test_ids_that_count(right: str, *, counts: bool) -> None:
    """Where ids are numbers, no other number is asked for: it may be the id of somebody else's record."""
    numbers = {right[:-1], f"{right}0", "7"} & {*misspelled(right)}

    assert (0 if counts else 3) == len(numbers)


@pytest.mark.parametrize("right", ["V1StGXR8_Z5jdHi6B-my-", "a", "a-b", "conv_", "-"])
def test_no_text_is_empty(right: str) -> None:
    """An empty text in a path would be another path, and the id itself is not almost right."""
    assert {"", right}.isdisjoint(misspelled(right))

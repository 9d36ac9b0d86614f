"""What the sweep asks for without a step that makes it."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import httpx
import pytest

from causerie_contract._oracle._base import Base
from causerie_contract._oracle._bench import Bench
from causerie_contract._oracle._contract import Contract
from causerie_contract._oracle._ground import Ground
from causerie_contract._oracle._session import Session
from causerie_contract._settings import Settings
from causerie_contract._target import mock_in_process
from causerie_contract._vendor import vendor_of
from causerie_mock import Mock
from causerie_spec import load, operations

DOCUMENT = load("raia")


def base() -> Base:
    """Return a base that makes nothing."""
    known = vendor_of("raia").oracle
    assert known is not None
    return attrs.evolve(known[0], ready=(), bodies=lambda _: {})


@pytest.fixture
def ground() -> Iterator[Ground]:
    """Return what a run on the mock finds."""
    target = mock_in_process("raia", DOCUMENT, Mock("raia"))
    with httpx.Client(transport=target.sender()) as client:
        bench = Bench("raia", Contract(DOCUMENT), target, Settings(), lambda *_: None, lambda _: None, client)
        yield Ground(Session(bench), base())


def test_what_is_seen_is_read(ground: Ground) -> None:
    """Each operation that reads gets ids from answers, unless it needs one that only a write's answer has."""
    reading = {name for name, (method, _) in operations(DOCUMENT).items() if method == "get"}

    assert reading - {"get_prompt_response"} == {name for name in reading if ground._can(name)}


def test_what_is_seen_is_not_written(ground: Ground) -> None:
    """An operation that writes does not get them: they may be somebody else's."""
    writing = [name for name, (method, path) in operations(DOCUMENT).items() if method != "get" and "{" in path]

    assert writing
    assert not any(ground._can(name) or ground._path(name) for name in writing)

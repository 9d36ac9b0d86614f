"""Connections under threads, forks, event loops and cancels: every call gets its own answer, and no place is lost."""

from __future__ import annotations

import pytest

from .sharing import BEHIND, cells, observe


@pytest.mark.parametrize(("scene", "kind", "route"), list(cells()))
def test_each_gets_its_own_answer(scene: str, kind: str, route: str) -> None:
    """Every call gets its own answer, with a new connection in each process and loop, and after a spoiled answer."""
    outcome = observe(scene, kind, route)

    assert 0 == outcome.foreign
    assert 0 == outcome.repeated
    # aiohttp refuses an answer with text behind it if both come together: a connection error, and nothing is repeated.
    if (kind, scene) != ("aiohttp", "text behind an answer"):
        assert outcome.calls == outcome.answered
    if scene in BEHIND:
        assert outcome.calls == outcome.connections
    if scene == "fork":
        assert 3 == outcome.connections

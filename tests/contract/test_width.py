"""Lines for the terminal."""

from __future__ import annotations

import shlex

import pytest

from causerie_contract._width import WIDTH, narrow

CURL = (
    "curl -X POST -H 'Authorization: [Filtered]' -d '{\"title\": \"it'\"'\"'s a title\"}' " + "http://server.test/" * 5
)


@pytest.mark.parametrize(
    "text", ["", "short", "word " * 200, "x" * 1000, "    indented " + "word " * 90, "a\n\nb", "curl '"]
)
def test_nothing_is_lost(text: str) -> None:
    """All words of a long line stand in lines that are short enough."""
    lines = narrow([text])

    assert "".join(text.split()) == "".join("".join(lines).split())
    assert max(map(len, lines)) <= WIDTH


@pytest.mark.parametrize("indent", ["", "  "])
def test_shell(indent: str) -> None:
    """A line for the shell still is one."""
    lines = narrow([indent + CURL])

    assert len(lines) > 1
    assert max(map(len, lines)) <= WIDTH
    assert shlex.split(CURL) == shlex.split("\n".join(lines).replace("\\\n", ""))


def test_a_long_word() -> None:
    """A word for the shell that is too long is cut, and that is said."""
    lines = narrow([f"curl -d {'x' * 500} http://server.test"])

    assert max(map(len, lines)) <= WIDTH
    assert "(cut; the reports have it whole)" in "".join(lines)


def test_no_shell() -> None:
    """A line that only looks like one for the shell is wrapped."""
    lines = narrow([f"curl '{'word ' * 50}"])

    assert "".join(f"curl '{'word ' * 50}".split()) == "".join("".join(lines).split())

"""What reports may show of what a server says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from causerie_contract._target import Target
from causerie_spec.redact import MASK

TARGET = Target("a server", "http://vendor.test", "secret", other="secret too")


@pytest.mark.parametrize(
    ("text", "shown"),
    [("the secret is out", f"the {MASK} is out"), ("secret too", MASK), ("half \ud83d", "half \\ud83d")],
)
def test_mask(text: str, shown: str) -> None:
    """Credentials are masked, the longer one first; what has no encoding is spelled."""
    assert shown == TARGET.mask(text)


@given(st.text(st.characters(exclude_categories=())))
def test_every_text_can_be_written(text: str) -> None:
    """Whatever a server says, a report of it has an encoding."""
    assert TARGET.mask(text).encode("utf-8").decode("utf-8") == TARGET.mask(text)

"""Secrets are taken out of texts, however they are spelled there."""

from __future__ import annotations

import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from causerie_spec.mask import masked
from causerie_spec.redact import MASK


@pytest.mark.parametrize(
    "spell",
    [
        str,
        str.lower,
        repr,
        json.dumps,
        lambda text: json.dumps(json.dumps(text)),
        lambda text: json.dumps(text, ensure_ascii=False),
        quote,
        lambda text: quote(text, ""),
        lambda text: quote_plus(text).lower(),
    ],
)
@given(secret=st.text("aZ9/+= \"'\\é%", min_size=8))
def test_spellings(spell: object, secret: str) -> None:
    """JSON, JSON in JSON, Python and URLs spell a secret in their own ways."""
    assert callable(spell)
    spelled = spell(secret)

    assert MASK in masked(f"before {spelled} after", [secret])
    assert secret.lower() not in masked(f"before {spelled} after", [secret]).lower()


def test_several() -> None:
    """A secret that begins another leaves nothing of the longer one, and none is no secret."""
    assert f"{MASK} {MASK} c" == masked("a-key-and-more a-key c", ["a-key", "a-key-and-more", ""])
    assert "text" == masked("text", [])

"""Masks secrets in texts, in all their spellings."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, quote_plus

from .redact import MASK


def masked(text: str, secrets: Iterable[str]) -> str:
    """Return `text` with the secrets masked, in upper or lower case, and as written in JSON, Python or a URL."""
    known = frozenset(filter(None, secrets))
    return _pattern(known).sub(MASK, text) if known else text


@functools.cache
def _pattern(secrets: frozenset[str]) -> re.Pattern[str]:
    spellings = {each for secret in secrets for each in _spellings(secret)}
    return re.compile("|".join(map(re.escape, sorted(spellings, key=len, reverse=True))), re.IGNORECASE)


def _spellings(secret: str) -> Iterator[str]:
    escaped = json.dumps(secret)[1:-1]
    yield from (secret, repr(secret)[1:-1], escaped, json.dumps(secret, ensure_ascii=False)[1:-1])
    yield json.dumps(escaped)[1:-1]  # JSON in a text of JSON
    yield from (quote(secret, errors="replace"), quote(secret, "", errors="replace"))
    yield quote_plus(secret, errors="replace")

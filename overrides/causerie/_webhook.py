"""The body of a webhook call: reading it, checking it for a secret, and removing the secret.

No error shows the body, which is a person's conversation and may hold a secret.
"""

from __future__ import annotations

import hmac
import json
import re
from hashlib import sha256
from itertools import accumulate
from typing import Any, Final

import orjson

from ._errors import ArgumentError

_DEEPEST: Final = 100
_BRACKET: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"|[][{}]')
"""A bracket, or a string, in which brackets do not count."""
_STARS: Final = "***"


Body = bytes | bytearray | memoryview | str


def read(body: Body) -> dict[str, Any]:
    """Return the JSON object in a body. Raises ``ArgumentError``.

    Half of a surrogate pair, as from a text that was cut, becomes U+FFFD, as whenever text is written as UTF-8.
    """
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:  # of anything, be it no text
        value = _mended(body)
    if not isinstance(value, dict):
        raise ArgumentError("body", "it is not a JSON object: give the call's body as it came")
    return value


def _mended(body: Body) -> Any:
    """Read JSON that orjson refuses because of half a surrogate pair; return None if that is not the reason."""
    try:
        text = json.dumps(json.loads(_text(body)), ensure_ascii=False)
        return orjson.loads(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    except (TypeError, ValueError, RecursionError):
        return None


def _text(body: Body) -> str:
    return body if isinstance(body, str) else bytes(body).decode("utf-8", "surrogatepass")


def check(body: Body) -> None:
    """Raise ``ArgumentError`` unless every JSON parser can read a text, and reads the same from it.

    If an object has a name twice, this parser takes the last value, and another may take the first. Many parsers cannot
    read more than 100 levels.
    """
    text = _text(body)
    steps = (1 if mark in "[{" else -1 for mark in _BRACKET.findall(text) if mark in "[]{}")
    if max(accumulate(steps)) > _DEEPEST:
        raise ArgumentError("body", f"it is nested deeper than {_DEEPEST} levels")
    json.loads(text, object_pairs_hook=_once, parse_int=str, parse_float=str)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    named = dict(pairs)
    if len(named) < len(pairs):
        raise ArgumentError("body", "an object in it has a name twice, so that its meaning is unclear")
    return named


def is_secret(given: object, expected: str) -> bool:
    """Return whether a value is the secret. Digests are compared, so that the time reveals nothing about it."""
    return isinstance(given, str) and hmac.compare_digest(_digest(given), _digest(expected))


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()


def conceal(value: dict[str, Any], name: str, secret: str) -> None:
    """Remove ``name`` from a JSON object, and replace the secret elsewhere in it with stars.

    Changes the object and everything in it.
    """
    pending: list[Any] = [value]
    while pending:
        each = pending.pop()
        if isinstance(each, dict):
            kept = [(_concealed(key, secret), _concealed(one, secret)) for key, one in each.items() if key != name]
            each.clear()
            each.update(kept)
            pending += [one for _, one in kept]
        elif isinstance(each, list):
            each[:] = [_concealed(one, secret) for one in each]
            pending += each


def _concealed(value: Any, secret: str) -> Any:
    """Return the value without the secret, which may be a part of a string or of the digits of a number."""
    if isinstance(value, str):
        text = value.replace(secret, _STARS)
        return "" if secret in text else text  # of stars, or of what stood beside them
    if isinstance(value, int | float) and secret in str(value):
        return _concealed(str(value), secret)
    return value

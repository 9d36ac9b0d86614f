"""The body of a webhook's call: read, held against a secret, and freed of it.

None of the errors shows the body, which is somebody's conversation and may hold a secret.
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
"""A bracket, or a text, whose brackets are none."""
_STARS: Final = "***"


Body = bytes | bytearray | memoryview | str


def read(body: Body) -> dict[str, Any]:
    """Return the JSON object that a body is. Raises ``ArgumentError``.

    Half of an emoji, where somebody cut a text, becomes U+FFFD, as it does wherever text is written as UTF-8.
    """
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:  # of anything, be it no text
        value = _mended(body)
    if not isinstance(value, dict):
        raise ArgumentError("body", "it is not a JSON object: give the call's body as it came")
    return value


def _mended(body: Body) -> Any:
    """Read what orjson refuses for half of an emoji; None for what it refuses without that as well."""
    try:
        text = json.dumps(json.loads(_text(body)), ensure_ascii=False)
        return orjson.loads(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    except (TypeError, ValueError, RecursionError):
        return None


def _text(body: Body) -> str:
    return body if isinstance(body, str) else bytes(body).decode("utf-8", "surrogatepass")


def check(body: Body) -> None:
    """Make sure that every reader of a JSON text can read it, and reads the same. Raises ``ArgumentError``.

    Where an object has a name twice, this parser reads the last value, and another may read the first. Many parsers
    cannot read more than 100 levels.
    """
    text = _text(body)
    steps = (1 if mark in "[{" else -1 for mark in _BRACKET.findall(text) if mark in "[]{}")
    if max(accumulate(steps)) > _DEEPEST:
        raise ArgumentError("body", f"it is nested deeper than {_DEEPEST} levels")
    json.loads(text, object_pairs_hook=_once, parse_int=str, parse_float=str)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    named = dict(pairs)
    if len(named) < len(pairs):
        raise ArgumentError("body", "an object in it has a name twice, so that nobody can tell what was meant")
    return named


def is_secret(given: object, expected: str) -> bool:
    """Return whether a value is the secret, in a time that tells nothing about it: their digests are compared."""
    return isinstance(given, str) and hmac.compare_digest(_digest(given), _digest(expected))


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()


def conceal(value: dict[str, Any], name: str, secret: str) -> None:
    """Take ``name`` out of a JSON object, and the secret wherever else it stands, which becomes stars.

    The object is changed, with all that is in it.
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
    """Return the value without the secret, which may be a part of a text, or of the digits of a number."""
    if isinstance(value, str):
        text = value.replace(secret, _STARS)
        return "" if secret in text else text  # of stars, or of what stood beside them
    if isinstance(value, int | float) and secret in str(value):
        return _concealed(str(value), secret)
    return value

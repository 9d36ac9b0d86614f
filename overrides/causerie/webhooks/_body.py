"""The body of a call, read without showing it."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import orjson

from .._errors import ArgumentError


def read(body: bytes | bytearray | memoryview | str) -> dict[str, Any]:
    """Return the JSON object of a body. Raises ``ArgumentError``, which does not show it: it is somebody's."""
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        value = _read_slowly(body)
    if not isinstance(value, dict):
        raise ArgumentError("body", "it is not a JSON object: give the call's body as it came")
    return value


def _read_slowly(body: bytes | bytearray | memoryview | str) -> Any:
    """Read what orjson refuses, such as half of an emoji; None where it is no JSON for anybody."""
    try:
        text = body if isinstance(body, str) else bytes(body).decode("utf-8", "surrogatepass")
        return json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def digest(text: str) -> bytes:
    """Return what is compared in place of a secret: it has one length, whatever the secret is."""
    return sha256(text.encode("utf-8", "surrogatepass")).digest()

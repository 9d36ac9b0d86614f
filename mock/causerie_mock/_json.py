"""Strict JSON: only what RFC 8259 allows, in UTF-8, without the extensions of Python's parser."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

import orjson

# behaviour: bodies-are-limited
#: The deepest nesting that is read. Real servers limit it too (System.Text.Json: 64, jsonschema-rs: 255).
MAX_DEPTH = 100

_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")


def decode(body: bytes, max_depth: int = MAX_DEPTH) -> Any:
    """Return the value in `body`, if it is not nested too deeply. Raises `ValueError` with a sentence otherwise."""
    # behaviour: malformed-body-is-refused, last-of-repeated-keys-counts, strange-body-breaks-nothing
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError("The body is not UTF-8.") from None
    if is_deeper(text, max_depth):
        raise ValueError(f"The body is nested deeper than {max_depth} levels.")
    try:
        value = _DECODER.decode(text)
        if "\\u" in text:
            encode(value)  # JSON can contain a lone surrogate, but it cannot be stored or sent.
    except ValueError as error:
        raise ValueError(f"The body is not JSON: {error}"[:200]) from None
    return value


def encode(value: Any) -> bytes:
    """Return `value` as compact JSON in UTF-8."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:  # an integer beyond 64 bits, which JSON allows but orjson does not
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")


def copied(value: Any) -> Any:
    """Return a copy of a JSON value. Raises `ValueError` with a sentence for a value that is not JSON."""
    try:
        body = json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except (RecursionError, TypeError, ValueError) as error:
        raise ValueError(f"{error}.") from None
    return decode(body)


def is_deeper(text: str, max_depth: int) -> bool:
    """Return whether the body is nested deeper. This is checked before parsing, because the parser recurses."""
    if text.count("[") + text.count("{") <= max_depth:
        return False
    depth = deepest = 0
    for bracket in _BRACKET.findall(_STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest > max_depth


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a JSON number")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"{text[:40]} is too large a number")
    return number


# json.loads would create a decoder for every call with a hook. orjson reads integers beyond 64 bits as floats.
_DECODER = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite)

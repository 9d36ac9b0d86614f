"""Decoders for the bodies of answers that are not models."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .jsontext import read
from .model import DecodeError
from .schema import Mismatch, Schema


def decoder(operation: str, schema: Schema) -> Callable[[bytes], Any]:
    """Return a function that decodes any JSON; an empty body is ``None``. It raises ``DecodeError``."""

    def decode(content: bytes) -> Any:
        if not content.strip():
            return None
        try:
            value = read(content)
        except ValueError as error:
            raise DecodeError(operation, "", f"not JSON: {error}") from None
        try:
            if schema.decode is not None:
                return schema.decode(value)
            schema.check(value)
        except Mismatch as error:
            raise DecodeError(operation, error.path, error.problem) from None
        return value

    return decode


def text(content: bytes) -> str:
    """Decode a text. Raises ``DecodeError`` for one that is not UTF-8."""
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise DecodeError("text", "", f"not UTF-8: {error.reason} at byte {error.start}") from None


def binary(content: bytes) -> bytes:
    """Return the bytes unchanged."""
    return content

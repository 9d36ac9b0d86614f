"""Finds the differences between a value and its schema, with their places in the document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import attrs
from jsonschema_rs import Draft202012Validator, ValidationError, ValidationErrorKind

from .pointer import Pointer, describing, spell


@attrs.frozen
class Fault:
    """One difference between a value and the document."""

    #: The place in the value; empty for the whole value, and for differences that do not concern a body.
    instance: Pointer
    keyword: str
    problem: str
    #: The place in the document.
    schema: Pointer


class Schemas:
    """The schemas of a document by their place, compiled on first use.

    If `mask` is given, it replaces values in the problems.
    """

    def __init__(self, document: dict[str, Any], mask: str | None = None) -> None:
        self._document = document
        self._mask = mask
        # The document is the root, so that errors have the schema's place in the document.
        self._root = {name: document.get(name, {}) for name in ("paths", "components")}
        self._compiled: dict[Pointer, Draft202012Validator] = {}

    def allows(self, schema: Pointer, value: Any) -> bool:
        """Return whether the schema at a place allows the value."""
        return self._validator(schema).is_valid(value)

    def faults(self, schema: Pointer, value: Any) -> Iterator[Fault]:
        """Yield all differences between the value and the schema at a place."""
        for error in self.errors(schema, value):
            instance, place = places(self._document, error)
            yield Fault(instance, error.kind.name, error.message, place)

    def errors(self, schema: Pointer, value: Any) -> Iterator[ValidationError]:
        """Yield the validator's errors; for alternatives, those of the intended one."""
        for error in self._validator(schema).iter_errors(value):
            yield from causes(error)

    def _validator(self, schema: Pointer) -> Draft202012Validator:
        if schema not in self._compiled:
            root = {"$ref": f"#{quote(spell(schema))}", **self._root}
            self._compiled[schema] = Draft202012Validator(root, validate_formats=True, mask=self._mask)
        return self._compiled[schema]


def causes(error: ValidationError) -> Iterator[ValidationError]:
    """Yield the errors behind an error: for `anyOf` and `oneOf`, those of the intended alternative.

    That is the first alternative with the value's type. If there is none, or if more than one alternative fits, yields
    the error itself.
    """
    alternatives = getattr(error.kind, "context", ())
    if all(alternatives):
        for alternative in alternatives:
            if all(inner.kind.name != "type" or inner.instance_path != error.instance_path for inner in alternative):
                for inner in alternative:
                    yield from causes(inner)
                return
    yield error


def places(document: Any, error: ValidationError) -> tuple[Pointer, Pointer]:
    """Return the place of an error in the value and in the document. A missing part has the place it would have."""
    instance: Pointer = tuple(error.instance_path)
    schema: Pointer = tuple(error.schema_path)
    if isinstance(error.kind, ValidationErrorKind.Required):
        missing = error.kind.property
        return (*instance, missing), describing(document, schema[:-1], (missing,))
    return instance, schema

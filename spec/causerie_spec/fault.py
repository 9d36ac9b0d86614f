"""What in a value departs from its schema, and where the document says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import attrs
from jsonschema_rs import Draft202012Validator, ValidationError, ValidationErrorKind

from .pointer import Pointer, describing, spell


@attrs.frozen
class Fault:
    """One thing in which a value departs from the document."""

    #: The place in the value; empty for the whole, and for what is not about a body.
    instance: Pointer
    keyword: str
    problem: str
    #: The place in the document.
    schema: Pointer


class Schemas:
    """The schemas of a document by their place, compiled when they are first needed.

    With `mask`, that stands in the problems in place of values.
    """

    def __init__(self, document: dict[str, Any], mask: str | None = None) -> None:
        self._document = document
        self._mask = mask
        # As the root, so that errors say where in the document the schema stands.
        self._root = {name: document.get(name, {}) for name in ("paths", "components")}
        self._compiled: dict[Pointer, Draft202012Validator] = {}

    def allows(self, schema: Pointer, value: Any) -> bool:
        """Say whether the schema that stands there allows the value."""
        return self._validator(schema).is_valid(value)

    def faults(self, schema: Pointer, value: Any) -> Iterator[Fault]:
        """Return everything in which the value departs from the schema that stands there."""
        for error in self.errors(schema, value):
            instance, place = places(self._document, error)
            yield Fault(instance, error.kind.name, error.message, place)

    def errors(self, schema: Pointer, value: Any) -> Iterator[ValidationError]:
        """Return the same as the validator says it: of alternatives, the errors of the one that was meant."""
        for error in self._validator(schema).iter_errors(value):
            yield from causes(error)

    def _validator(self, schema: Pointer) -> Draft202012Validator:
        if schema not in self._compiled:
            root = {"$ref": f"#{quote(spell(schema))}", **self._root}
            self._compiled[schema] = Draft202012Validator(root, validate_formats=True, mask=self._mask)
        return self._compiled[schema]


def causes(error: ValidationError) -> Iterator[ValidationError]:
    """Yield the errors behind one: of the alternatives of `anyOf` and `oneOf`, those of the one that was meant.

    That is the first one whose type is the value's type. The error itself when there is none, or when it is that more
    than one alternative fits.
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
    """Return where the error is in the value and in the document; what is missing has the place it would have."""
    instance: Pointer = tuple(error.instance_path)
    schema: Pointer = tuple(error.schema_path)
    if isinstance(error.kind, ValidationErrorKind.Required):
        missing = error.kind.property
        return (*instance, missing), describing(document, schema[:-1], (missing,))
    return instance, schema

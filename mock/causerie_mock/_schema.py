"""A compiled JSON Schema of the document."""

from __future__ import annotations

import itertools
from typing import Any

from jsonschema_rs import Draft202012Validator

from ._exchange import Issue

_MAX_ISSUES = 10
_MAX_MESSAGE = 200


class Schema:
    """Validates values; the schema's references lead into `components`."""

    def __init__(self, schema: Any, components: Any) -> None:
        self._validator = Draft202012Validator({"allOf": [schema], "components": components}, validate_formats=True)

    def issues(self, value: Any) -> list[Issue]:
        """Return at most ten issues of `value`, each with a JSON pointer; none if it is valid."""
        if self._validator.is_valid(value):
            return []
        errors = itertools.islice(self._validator.iter_errors(value), _MAX_ISSUES)
        return [Issue(_pointer(error.instance_path), error.message[:_MAX_MESSAGE]) for error in errors]


def _pointer(path: list[str | int]) -> str:
    return "".join("/" + str(token).replace("~", "~0").replace("/", "~1") for token in path)

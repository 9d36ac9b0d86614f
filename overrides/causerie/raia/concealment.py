"""Hiding the secrets in raia's answers from logs and tracebacks."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from causerie_api.model import Model

from .._secret import Secret

M = TypeVar("M", bound=Model)

# The document does not describe all settings of skills, so a secret is recognized by its name.
_SECRET_NAME = re.compile(r"^headers$|key|secret|token|password|credential", re.IGNORECASE)


def concealed(model: M) -> M:
    """Return a copy whose repr shows neither a webhook's headers nor strings whose names suggest a secret."""
    return type(model).from_dict(_hidden(model.to_dict(), is_secret=False))


def _hidden(value: Any, *, is_secret: bool) -> Any:
    if isinstance(value, dict):
        return {
            name: _hidden(item, is_secret=is_secret or _SECRET_NAME.search(name) is not None)
            for name, item in value.items()
        }
    if isinstance(value, list):
        return [_hidden(item, is_secret=is_secret) for item in value]
    return Secret(value) if is_secret and isinstance(value, str) else value

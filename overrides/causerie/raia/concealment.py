"""What raia's answers hold and nobody should see in a log or a traceback."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from causerie_api.model import Model

from .._secret import Secret

M = TypeVar("M", bound=Model)

# Settings of skills are not all described: a name has to tell.
_TELLING = re.compile(r"^headers$|key|secret|token|password|credential", re.IGNORECASE)


def concealed(model: M) -> M:
    """Return a copy that does not show the headers of a webhook, nor texts whose name says that they are secret."""
    return type(model).from_dict(_hidden(model.to_dict(), is_secret=False))


def _hidden(value: Any, *, is_secret: bool) -> Any:
    if isinstance(value, dict):
        return {
            name: _hidden(each, is_secret=is_secret or _TELLING.search(name) is not None)
            for name, each in value.items()
        }
    if isinstance(value, list):
        return [_hidden(each, is_secret=is_secret) for each in value]
    return Secret(value) if is_secret and isinstance(value, str) else value

"""The outcome of one of many calls."""

from __future__ import annotations

from typing import Generic, TypeVar

import attrs

from ._errors import CauserieError

T = TypeVar("T")


@attrs.frozen
class Outcome(Generic[T]):
    """A call's value, or its error."""

    value: T | None
    error: CauserieError | None = None

    def unwrap(self) -> T:
        """Return the value, or raise the error."""
        if self.error is not None:
            raise self.error
        return self.value  # type: ignore[return-value]

"""Help for tests of code that uses Palaver."""

from __future__ import annotations

from ._clock import no_waiting

__all__ = ["no_waiting"]

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import schema
from ...model import Model, field


class Recordings(Model):
    """Recordings of a conversation."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    current: dict[str, Any] | None = field("current", schema.nullable(schema.OBJECT))
    """That of the current session, null when there is none."""
    sessions: list[dict[str, Any]] = field("sessions", schema.array(schema.OBJECT))
    """Those of the sessions before."""

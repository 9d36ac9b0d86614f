from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import schema
from ...model import Model, field


class SessionData(Model):
    """The turns of a conversation by session."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    turns: list[dict[str, Any]] = field("turns", schema.array(schema.OBJECT))
    """The turns of the current session."""
    sessions: list[list[dict[str, Any]]] = field("sessions", schema.array(schema.array(schema.OBJECT)))
    """The turns of each session before."""
    current_session_ts: int = field("currentSessionTs", schema.INTEGER)
    """Unix time of the current session; the unit is not documented."""
    all_session_timestamps: list[int] = field("allSessionTimestamps", schema.array(schema.INTEGER))
    """Unix times of all sessions; the unit is not documented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from .. import models

if TYPE_CHECKING:
    from ..models.turn import Turn


class SessionData(Model):
    """The turns of a conversation by session."""

    __slots__ = ()

    turns: list[Turn] = field("turns", schema.array(schema.ref(lambda: models.Turn)))
    """The turns of the current session."""
    sessions: list[list[Turn]] = field("sessions", schema.array(schema.array(schema.ref(lambda: models.Turn))))
    """The turns of each session before."""
    current_session_ts: int = field("currentSessionTs", schema.INTEGER)
    """Unix time of the current session; the unit is not documented."""
    all_session_timestamps: list[int] = field("allSessionTimestamps", schema.array(schema.INTEGER))
    """Unix times of all sessions; the unit is not documented."""

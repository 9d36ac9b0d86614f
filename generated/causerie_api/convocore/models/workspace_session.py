from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.session_data import SessionData


class WorkspaceSession(Model):
    """The sessions of one conversation."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    convo_id: str = field("convoId", schema.STRING)
    """Id of the conversation."""
    agent_id: str = field("agentId", schema.STRING)
    """Id of the agent."""
    session_data: SessionData = field("sessionData", schema.ref(lambda: models.SessionData))
    """The turns of a conversation by session."""
    agent_name: str | Unset = field("agentName", schema.STRING, default=UNSET)
    """Name of the agent."""
    user_name: str | Unset = field("userName", schema.STRING, default=UNSET)
    """Full name of the user."""
    user_email: str | Unset = field("userEmail", schema.STRING, default=UNSET)
    """Email address of the user."""
    user_phone: str | Unset = field("userPhone", schema.STRING, default=UNSET)
    """Phone number of the user."""
    origin: str | Unset = field("origin", schema.STRING, default=UNSET)
    """Channel of the conversation."""
    state: str | Unset = field("state", schema.STRING, default=UNSET)
    """Who is talking; a plain text here."""

from __future__ import annotations

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class VoiceflowSession(Model):
    """Session of the conversation at Voiceflow."""

    __slots__ = ()

    session_key: str | Unset = field("sessionKey", schema.STRING, default=UNSET)
    """Key of the session."""
    project_id: str | Unset = field("projectId", schema.STRING, default=UNSET)
    """Id of the Voiceflow project."""
    environment_alias: str | Unset = field("environmentAlias", schema.STRING, default=UNSET)
    """Alias of the Voiceflow environment."""
    updated_at: int | Unset = field("updatedAt", schema.INTEGER, default=UNSET)
    """Unix time of the last change."""

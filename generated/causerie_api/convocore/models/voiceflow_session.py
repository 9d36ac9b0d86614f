from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.voiceflow_runtime import VoiceflowRuntime, VoiceflowRuntimeValue


class VoiceflowSession(Model):
    """Session of the conversation at Voiceflow."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    session_key: str | Unset = field("sessionKey", schema.STRING, default=UNSET)
    """Key of the session."""
    project_id: str | Unset = field("projectId", schema.STRING, default=UNSET)
    """Id of the Voiceflow project."""
    environment_alias: str | Unset = field("environmentAlias", schema.STRING, default=UNSET)
    """Alias of the Voiceflow environment."""
    updated_at: int | Unset = field("updatedAt", schema.INTEGER, default=UNSET)
    """Unix time of the last change; the unit is not documented."""
    resolved_runtime: VoiceflowRuntime | Unset = field(
        "resolvedRuntime", schema.enum(lambda: models.VoiceflowRuntime), default=UNSET
    )
    """Runtime of a Voiceflow project."""


if TYPE_CHECKING:

    class VoiceflowSessionParams(TypedDict, total=False):
        """The fields of ``VoiceflowSession`` as keyword arguments."""

        session_key: str | Unset
        project_id: str | Unset
        environment_alias: str | Unset
        updated_at: int | Unset
        resolved_runtime: VoiceflowRuntimeValue | Unset

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.agent_skill import AgentSkill
    from ..models.agent_status import AgentStatus


class Agent(Model):
    """The agent that a secret key belongs to."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    organization_id: str = field("organizationId", schema.STRING)
    """Id of the agent's organization."""
    organization_name: str = field("organizationName", schema.STRING)
    """Name of the agent's organization."""
    id: str = field("id", schema.STRING)
    """Id of the agent."""
    name: str = field("name", schema.STRING)
    """Name."""
    public_name: str = field("publicName", schema.STRING)
    """Name that users see."""
    role: str = field("role", schema.STRING)
    """Role; not explained."""
    vector_store_id: str = field("vectorStoreId", schema.STRING)
    """Id of the store with the agent's documents."""
    ai_config: dict[str, Any] = field("aiConfig", schema.OBJECT)
    """A JSON object of any shape."""
    status: AgentStatus = field("status", schema.enum(lambda: models.AgentStatus))
    """Whether an agent is in use."""
    skills: list[AgentSkill] = field("skills", schema.array(schema.ref(lambda: models.AgentSkill)))
    """What the agent can do; secrets such as keys are among their settings."""
    description: str | Unset = field("description", schema.STRING, default=UNSET)
    """Description."""
    avatar_url: str | Unset = field("avatarUrl", schema.STRING, default=UNSET)
    """URL of a picture."""
    tags: list[str] | None | Unset = field("tags", schema.nullable(schema.array(schema.STRING)), default=UNSET)
    """Tags."""
    restrict_documents_to_owner_only: bool | Unset = field(
        "restrictDocumentsToOwnerOnly", schema.BOOLEAN, default=UNSET
    )
    """True shows documents to their owner alone (presumably)."""

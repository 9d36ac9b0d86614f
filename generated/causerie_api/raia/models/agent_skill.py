from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.agent_webhook import AgentWebhook
    from ..models.skill_name import SkillName
    from ..models.skill_status import SkillStatus


class AgentSkill(Model):
    """One skill of an agent; what a single skill has beyond this is kept."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    system_name: SkillName = field("systemName", schema.enum(lambda: models.SkillName))
    """Which skill it is."""
    status: SkillStatus = field("status", schema.enum(lambda: models.SkillStatus))
    """Whether a skill is in use."""
    name: str | Unset = field("name", schema.STRING, default=UNSET)
    """Name; only the skill WEBHOOK has it."""
    description: str | Unset = field("description", schema.STRING, default=UNSET)
    """Description; only the skill WEBHOOK has it."""
    api_key: str | Unset = field("apiKey", schema.STRING, default=UNSET)
    """A key; only the skill API has it."""
    webhooks: list[AgentWebhook] | Unset = field(
        "webhooks", schema.array(schema.ref(lambda: models.AgentWebhook)), default=UNSET
    )
    """The agent's webhooks; only the skill WEBHOOK has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Required, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class SummaryItem(Model):
    """One transcript to summarize."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    convo_id: str = field("convoId", schema.STRING)
    """Id of the conversation."""
    agent_id: str = field("agentId", schema.STRING)
    """Id of the agent."""
    transcript: str = field("transcript", schema.STRING)
    """The transcript."""
    message_count: int = field("messageCount", schema.INTEGER)
    """Number of messages in it."""
    agent_lang: str | Unset = field("agentLang", schema.STRING, default=UNSET)
    """Language of the agent."""
    force_regenerate: bool | Unset = field("forceRegenerate", schema.BOOLEAN, default=UNSET)
    """True to write it anew when there is a summary."""


if TYPE_CHECKING:

    class SummaryItemParams(TypedDict, total=False):
        """The fields of ``SummaryItem`` as keyword arguments."""

        convo_id: Required[str]
        agent_id: Required[str]
        transcript: Required[str]
        message_count: Required[int]
        agent_lang: str | Unset
        force_regenerate: bool | Unset

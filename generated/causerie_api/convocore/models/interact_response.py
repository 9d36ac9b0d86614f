from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.interact_metadata import InteractMetadata
    from ..models.shown_element import ShownElement


class InteractResponse(Model):
    """What the agent said; a lean answer has `assistantText`, `uiEngineSummary`, `kbDocsRetrieved` and
    `imagesShown`, a verbose one the rest."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    success: bool = field("success", schema.BOOLEAN)
    """True when the turn succeeded."""
    error: str | Unset = field("error", schema.STRING, default=UNSET)
    """Why the turn failed."""
    assistant_text: str | Unset = field("assistantText", schema.STRING, default=UNSET)
    """What the agent said."""
    ui_engine_summary: list[ShownElement] | Unset = field(
        "uiEngineSummary", schema.array(schema.ref(lambda: models.ShownElement)), default=UNSET
    )
    """What the agent showed beside the text."""
    kb_docs_retrieved: list[str] | Unset = field("kbDocsRetrieved", schema.array(schema.STRING), default=UNSET)
    """Documents of the knowledge base that were read."""
    images_shown: list[str] | Unset = field("imagesShown", schema.array(schema.STRING), default=UNSET)
    """URLs of the pictures that were shown."""
    turns: list[dict[str, Any]] | Unset = field("turns", schema.array(schema.OBJECT), default=UNSET)
    """The turns of the answer."""
    last_bot_message: str | Unset = field("lastBotMessage", schema.STRING, default=UNSET)
    """Text of the agent's last message."""
    current_node_id: str | Unset = field("currentNodeId", schema.STRING, default=UNSET)
    """Id of the node in which the flow stands."""
    debug_messages: list[str] | Unset = field("debugMessages", schema.array(schema.STRING), default=UNSET)
    """What the runtime logged."""
    metadata: InteractMetadata | Unset = field("metadata", schema.ref(lambda: models.InteractMetadata), default=UNSET)
    """What a turn used."""

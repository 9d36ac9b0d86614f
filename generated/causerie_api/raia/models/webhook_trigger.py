from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class WebhookTrigger(OpenStrEnum):
    """What a webhook is called upon; the single conditions are not explained."""

    EACH_MESSAGE = "each_message"
    END_DIALOG = "end_dialog"
    START_DIALOG = "start_dialog"
    CHAT_CURRENTLY_UNAVAILABLE = "chat_currently_unavailable"
    AUTO_ARCHIVE_CONVERSATION = "auto_archive_conversation"
    MANUAL = "manual"


WebhookTriggerValue: TypeAlias = (
    WebhookTrigger
    | Literal[
        "each_message",
        "end_dialog",
        "start_dialog",
        "chat_currently_unavailable",
        "auto_archive_conversation",
        "manual",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""

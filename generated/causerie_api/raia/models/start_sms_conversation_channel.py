from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class StartSmsConversationChannel(OpenStrEnum):
    """Always `sms`."""

    SMS = "sms"


StartSmsConversationChannelValue: TypeAlias = StartSmsConversationChannel | Literal["sms",] | str
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""

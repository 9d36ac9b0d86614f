from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class StartEmailConversationChannel(OpenStrEnum):
    """Always `email`."""

    EMAIL = "email"


StartEmailConversationChannelValue: TypeAlias = StartEmailConversationChannel | Literal["email",] | str
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""

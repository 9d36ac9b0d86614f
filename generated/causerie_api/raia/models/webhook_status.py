from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class WebhookStatus(OpenStrEnum):
    """Whether a webhook is called."""

    ACTIVE = "active"
    INACTIVE = "inactive"


WebhookStatusValue: TypeAlias = (
    WebhookStatus
    | Literal[
        "active",
        "inactive",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""

from __future__ import annotations

from ...enums import OpenStrEnum


class WebhookStatus(OpenStrEnum):
    """Whether a webhook is called."""

    ACTIVE = "active"
    INACTIVE = "inactive"

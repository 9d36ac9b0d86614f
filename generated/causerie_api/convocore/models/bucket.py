from __future__ import annotations

from ...enums import OpenStrEnum


class Bucket(OpenStrEnum):
    """Region that the agent is kept in; the first value is Europe and the second North America."""

    VOICEGLOW_EU = "voiceglow-eu"
    VALUE_1 = "(default)"

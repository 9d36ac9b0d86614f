from __future__ import annotations

from ...enums import OpenStrEnum


class ExportSource(OpenStrEnum):
    """Where an export was read."""

    SUPABASE = "supabase"

from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class ExportSource(OpenStrEnum):
    """Where an export was read."""

    SUPABASE = "supabase"


ExportSourceValue: TypeAlias = ExportSource | Literal["supabase",] | str
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""

from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class ExportFormat(OpenStrEnum):
    """Format of an export."""

    CSV = "csv"
    JSON = "json"


ExportFormatValue: TypeAlias = (
    ExportFormat
    | Literal[
        "csv",
        "json",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""

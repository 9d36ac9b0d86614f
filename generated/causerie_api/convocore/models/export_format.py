from __future__ import annotations

from ...enums import OpenStrEnum


class ExportFormat(OpenStrEnum):
    """Format of an export."""

    CSV = "csv"
    JSON = "json"

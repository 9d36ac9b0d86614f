from __future__ import annotations

from ...enums import OpenStrEnum


class ExportMode(OpenStrEnum):
    """Whether an export is a page or a selection by ids."""

    PAGINATED = "paginated"
    SELECTED = "selected"

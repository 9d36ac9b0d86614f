from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class ExportMode(OpenStrEnum):
    """Whether an export is a page or a selection by ids."""

    PAGINATED = "paginated"
    SELECTED = "selected"


ExportModeValue: TypeAlias = (
    ExportMode
    | Literal[
        "paginated",
        "selected",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""

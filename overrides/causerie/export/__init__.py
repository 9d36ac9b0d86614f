"""Exports every conversation of one or more agents to one file: JSON Lines, CSV, Parquet or DuckDB.

``export`` reads page by page, stores what it has read beside the target, and puts the target in place when it is
complete. A run that was killed continues where it stopped. Parquet and DuckDB need ``causerie[export]``. ``pages``
yields the same conversations page by page, for code that stores them itself.
"""

from ._errors import AgentsError, ExportError
from ._export import ExportOptions, export
from ._exported import Exported
from ._pages import ExportPage, PageOptions, pages
from ._reading import Progress

__all__ = [
    "AgentsError",
    "ExportError",
    "ExportOptions",
    "ExportPage",
    "Exported",
    "PageOptions",
    "Progress",
    "export",
    "pages",
]

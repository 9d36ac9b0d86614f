"""Every conversation of an agent, or of several, in one file: JSON Lines, CSV, Parquet or DuckDB.

``export`` reads page by page, keeps what it has read beside the target, and puts the target in place when all is there.
A run that was killed goes on where it stopped. Parquet and DuckDB need ``causerie[export]``.
``pages`` yields the same conversations page by page, for whatever keeps them itself.
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

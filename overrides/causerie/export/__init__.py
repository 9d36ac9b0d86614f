"""Every conversation of an agent in one file: JSON Lines, CSV, Parquet or DuckDB.

``export`` reads page by page, keeps what it has read beside the target, and puts the target in place when all is there.
A run that was killed goes on where it stopped. Parquet and DuckDB need ``causerie[export]``.
"""

from ._errors import ExportError
from ._export import Exported, ExportOptions, export
from ._reading import Progress

__all__ = ["ExportError", "ExportOptions", "Exported", "Progress", "export"]

"""Writes the reports of a run to files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import attrs

from causerie_spec.documents import vendors

from ._html import page
from ._junit import junit
from ._result import Result
from ._sarif import sarif
from ._whole import write


@attrs.frozen
class Files:
    """The paths of the reports; None for a report that is not wanted."""

    json: Path | None = None
    sarif: Path | None = None
    html: Path | None = None
    junit: Path | None = None

    def write(self, results: Iterable[Result]) -> None:
        """Write all reports about `results`, and make the folders that are missing.

        Raises `OSError` for the first that cannot be written, once the others are.
        """
        ordered = sorted(results, key=lambda result: vendors().index(result.vendor))
        reports: tuple[tuple[Path | None, Callable[[], str]], ...] = (
            (self.json, lambda: _json(content(ordered))),
            (self.sarif, lambda: _json(sarif(ordered))),
            (self.html, lambda: page(ordered)),
            (self.junit, lambda: junit(ordered)),
        )
        failures = list[OSError]()
        for path, report in reports:
            if path is not None:
                try:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    write(path, report())
                except OSError as error:
                    failures.append(error)
        if failures:
            raise failures[0]


def content(results: Sequence[Result]) -> dict[str, list[dict[str, Any]]]:
    """Return the report in JSON.

    It is an object of lists: `vendors` (of `Result.summary`), `operations` (of `Result.entry`), `findings` (the fields
    of `Finding`), `reported` (the same, for what is told and no failure) and `witnesses` (the fields of `Unwitnessed`).
    """
    return {
        "vendors": [result.summary for result in results],
        "operations": [result.entry(name) for result in results for name in result.operations],
        "findings": [attrs.asdict(finding) for result in results for finding in result.findings],
        "reported": [attrs.asdict(finding) for result in results for finding in result.reported],
        "witnesses": [attrs.asdict(each) for result in results for each in result.unwitnessed],
    }


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"

"""The report of an invocation, put together from properties of its tests, so that pytest-xdist may divide them."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from palaver_contract._result import Result

Property = tuple[str, dict[str, list[dict[str, Any]]]]

_NAME = "palaver_contract"


def vendor_property(result: Result) -> Property:
    """The property of a test that puts the vendor into the report."""
    return _NAME, {"vendors": [result.summary]}


def operation_property(result: Result, operation: str) -> Property:
    """The property of a test that puts the operation and its findings into the report."""
    findings = [dataclasses.asdict(finding) for finding in result.operations[operation].findings]
    return _NAME, {"operations": [result.entry(operation)], "findings": findings}


class Report:
    """A pytest plugin that writes `path` (when there is one), and a line for each vendor to the terminal.

    The file is an object of three lists: `vendors` (of `Result.summary`), `operations` (of `Result.entry`) and
    `findings` (the fields of `Finding`). What was deselected is not in it.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._content: dict[str, list[dict[str, Any]]] = {"vendors": [], "operations": [], "findings": []}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Collects what a test has to report."""
        if report.when == "call":
            for name, value in report.user_properties:
                if name == _NAME:
                    self._add(value)

    def pytest_sessionfinish(self) -> None:
        """Writes the file."""
        if self._path is not None:
            text = json.dumps(self._content, indent=2, ensure_ascii=False)
            self._path.write_text(text + "\n", encoding="utf-8")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """One line for each vendor."""
        if self._content["vendors"]:
            terminalreporter.section("contract")
            for line in self._lines():
                terminalreporter.line(line)

    def _add(self, content: Any) -> None:
        for kind, entries in content.items():
            self._content[kind] += entries

    def _lines(self) -> Iterator[str]:
        for vendor in self._content["vendors"]:
            plural = "" if vendor["operations"] == 1 else "s"
            yield (
                f"{vendor['vendor']} ({vendor['target']}, seed {vendor['seed']}): {vendor['cases']} cases on "
                f"{vendor['operations']} operation{plural}, {vendor['linked_scenarios']} of {vendor['scenarios']} "
                f"sequences linked, {vendor['seconds']:.1f} s, {vendor['cases_per_second']:.0f} cases/s"
            )

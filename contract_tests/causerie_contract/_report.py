"""The reports of an invocation, put together from properties of its tests, so that pytest-xdist may divide them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

from causerie_spec.documents import vendors
from causerie_spec.evidence import promised_by

from ._finding import Finding
from ._html import page
from ._result import INTERRUPTED, Result
from ._sarif import sarif
from ._width import narrow

Content = dict[str, list[dict[str, Any]]]
Property = tuple[str, Any]

_NAME = "causerie_contract"
#: Lines that the terminal shows of a list; the other reports have them all.
_SHOWN = 5


def vendor_property(result: Result) -> Property:
    """Return the property of a test by which the vendor gets into the report."""
    reported = [attrs.asdict(finding) for finding in result.reported]
    return _NAME, {"vendors": [result.summary], "reported": reported}


def operation_property(result: Result, operation: str) -> Property:
    """Return the property of a test by which the operation, its findings and its witnesses get into the report."""
    findings = [attrs.asdict(finding) for finding in result.operations[operation].findings]
    witnesses = [attrs.asdict(each) for each in result.unwitnessed if each.operation == operation]
    return _NAME, {"operations": [result.entry(operation)], "findings": findings, "witnesses": witnesses}


def told_properties(result: Result, operation: str) -> Iterator[Property]:
    """Yield properties of a test that say, in reports of pytest such as JUnit's, what its failure is about."""
    yield "operation", f"{result.vendor}.{operation}"
    yield "evidence", promised_by(result.operations[operation].evidence)
    for finding in result.found(operation):
        yield "check", f"{finding.check} ({finding.code})"
        yield from _told(finding)


def _told(finding: Finding) -> Iterator[Property]:
    for violation in finding.violations:
        yield "pointer", f"{finding.file}#{violation.schema}"
        yield "keyword", violation.keyword
        yield "contradicts", promised_by(violation.evidence)
        if violation.line:
            yield "line", str(violation.line)


def take_property(report: pytest.TestReport) -> None:
    """Move our properties to where they travel unseen, as reports of pytest would print them."""
    ours = [value for name, value in report.user_properties if name == _NAME]
    report.user_properties = [each for each in report.user_properties if each[0] != _NAME]
    vars(report)[_NAME] = ours


class Report:
    """A pytest plugin that writes the report to files, and a line for each vendor to the terminal.

    It is an object of lists: `vendors` (of `Result.summary`), `operations` (of `Result.entry`), `findings` (the fields
    of `Finding`), `reported` (the same, for what is told and no failure) and `witnesses` (the fields of `Unwitnessed`).
    What was deselected is not in it. `path` is that of the JSON file, `sarif_path` that of the SARIF file and
    `html_path` that of the page; None for none.
    """

    def __init__(
        self,
        path: Path | None,
        sarif_path: Path | None = None,
        html_path: Path | None = None,
        unheld: Callable[[], Iterable[Result]] = lambda: (),
    ) -> None:
        self._path = path
        self._sarif_path = sarif_path
        self._html_path = html_path
        self._unheld = unheld
        self._is_interrupted = False
        self._content = _nothing()

    @pytest.hookimpl(tryfirst=True)  # pytest-xdist has a loop of its own
    def pytest_runtestloop(self) -> None:
        """Write files that hold in case that the run is killed."""
        content = _nothing()
        for result in self._unheld():
            content["vendors"].append({**result.summary, "errors": ["The run has not come to its end, or was killed."]})
        self._write(content)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Collect what a test has to report."""
        if report.when == "call":
            for content in vars(report).get(_NAME, ()):
                for kind, entries in content.items():
                    self._content[kind] += entries

    def pytest_keyboard_interrupt(self) -> None:
        """Note that somebody has stopped the run."""
        self._is_interrupted = True

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the files; of an interrupted run they say of each vendor what is not known."""
        known = {entry["vendor"] for entry in self._content["vendors"]}
        for result in self._unheld() if self._is_interrupted else ():
            if result.vendor not in known:
                self._fail(session, result)
        if self._is_interrupted or any(entry["ended"] == INTERRUPTED for entry in self._content["vendors"]):
            session.exitstatus = pytest.ExitCode.INTERRUPTED
        for entries in self._content.values():  # whichever worker came first
            entries.sort(key=lambda entry: vendors().index(entry["vendor"]))
        self._write(self._content)

    def _fail(self, session: pytest.Session, result: Result) -> None:
        """Have all reports of pytest say that a vendor was not tested to its end."""
        name, content = vendor_property(result)
        report = pytest.TestReport(
            f"{__package__}/test_vendors.py::test_run_is_complete[{result.vendor}]",
            (f"{__package__}/test_vendors.py", 0, "test_run_is_complete"),
            {},
            "failed",
            "\n".join(narrow(result.errors)),
            "call",
        )
        vars(report)[name] = [content]
        session.config.hook.pytest_runtest_logreport(report=report)

    def _write(self, content: Content) -> None:
        if self._path is not None:
            _write(self._path, _json(content))
        if self._sarif_path is not None:
            _write(self._sarif_path, _json(sarif(content)))
        if self._html_path is not None:
            _write(self._html_path, page(content))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Write a line for each vendor, what contradicts our inferences alone, and what was never seen."""
        if self._content["vendors"]:
            terminalreporter.section("contract")
            for vendor in self._content["vendors"]:
                overview = (f"  {sentence}" for sentence in vendor["overview"])
                told = (*self._reported(vendor["vendor"]), *self._witnesses(vendor["vendor"]))
                for line in narrow([_line(vendor), *overview, *told]):
                    terminalreporter.line(line)

    def _reported(self, vendor: str) -> Iterator[str]:
        ours = [entry for entry in self._content["reported"] if entry["vendor"] == vendor]
        told = [(entry["operation"], violation) for entry in ours for violation in entry["violations"]]
        if told:
            yield f"  contradicts what we infer, and is no failure: {len(told)}"
        for operation, violation in told[:_SHOWN]:
            yield f"    {operation}: {violation['where']}: {violation['problem']}"
        if len(told) > _SHOWN:
            yield f"    and {len(told) - _SHOWN} more"

    def _witnesses(self, vendor: str) -> Iterator[str]:
        ours = [entry for entry in self._content["witnesses"] if entry["vendor"] == vendor]
        unexplained = [entry for entry in ours if not entry["reason"]]
        if ours:
            yield f"  never seen: {len(unexplained)} without and {len(ours) - len(unexplained)} with a known reason"
        for entry in unexplained[:_SHOWN]:
            yield f"    {entry['operation']}: {entry['what']}, at #{entry['pointer']}"
        if len(unexplained) > _SHOWN:
            yield f"    and {len(unexplained) - _SHOWN} more"


def _line(vendor: dict[str, Any]) -> str:
    plural = "" if vendor["operations"] == 1 else "s"
    return (
        f"{vendor['vendor']} ({vendor['target']}, seed {vendor['seed']}): {vendor['cases']} cases on "
        f"{vendor['operations']} operation{plural}, {vendor['linked_scenarios']} of {vendor['scenarios']} "
        f"sequences linked, {vendor['seconds']:.1f} s, {vendor['cases_per_second']:.0f} cases/s"
    )


def _nothing() -> Content:
    return {"vendors": [], "operations": [], "findings": [], "reported": [], "witnesses": []}


def _json(content: Any) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _write(path: Path, text: str) -> None:
    """Write a file as pytest's own reports are written, and make the folders that are missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")

"""Collects results through pytest, which pytest-xdist may distribute among processes."""

from __future__ import annotations

import pickle
from collections.abc import Generator
from typing import Any

import pytest

from ._report import Files
from ._result import INTERRUPTED, Result
from ._suite import Suite
from ._summary import asides, counts
from ._verdict import is_complete
from ._width import narrow

#: What a report of a test has the result under.
_NAME = "causerie_contract_result"
_COMPLETE = "test_run_is_complete"


class Shipper:
    """A pytest plugin of each testing process, which attaches the result to its first report about a vendor."""

    def __init__(self) -> None:
        self._shipped = set[str]()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Attach the result to a report of a test."""
        report = yield
        result = item.funcargs.get("result") if isinstance(item, pytest.Function) else None
        if call.when == "call" and isinstance(result, Result) and result.vendor not in self._shipped:
            self._shipped.add(result.vendor)
            # pytest-xdist takes no objects. It comes from a process of our own.
            vars(report)[_NAME] = pickle.dumps(result)
        return report


class Collector:
    """A pytest plugin of the first process, which collects the results, writes the reports, and prints the summary."""

    def __init__(self, suite: Suite, files: Files) -> None:
        self._suite = suite
        self._files = files
        self._results = dict[str, Result]()
        self._is_interrupted = False
        #: The vendors of which pytest knows whether their run is complete.
        self._told = set[str]()

    @pytest.hookimpl(tryfirst=True)  # pytest-xdist has a loop of its own
    def pytest_runtestloop(self) -> None:
        """Write preliminary reports, in case the run is killed."""
        self._files.write(map(self._suite.pending, self._suite.vendors))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Collect the results."""
        shipped: Any = vars(report).pop(_NAME, None)
        if shipped is not None:
            result: Result = pickle.loads(shipped)  # noqa: S301 - made above
            self._results.setdefault(result.vendor, result)
        if report.when == "call" and report.nodeid.rpartition("::")[2].startswith(f"{_COMPLETE}["):
            self._told.add(report.nodeid.rpartition("[")[2].removesuffix("]"))

    def pytest_keyboard_interrupt(self) -> None:
        """Note that the run was interrupted."""
        self._is_interrupted = True

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the reports; of an interrupted run they say of each vendor what is not known."""
        if self._is_interrupted:
            for vendor in self._suite.vendors:
                result = self._results.setdefault(vendor, self._suite.unheld(vendor))
                if vendor not in self._told:
                    _fail(session, result)
        if self._is_interrupted or any(result.ended == INTERRUPTED for result in self._results.values()):
            session.exitstatus = pytest.ExitCode.INTERRUPTED
        self._files.write(self._results.values())

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print a summary of what is wrong, what was tested, and what was never seen."""
        if self._results:
            terminalreporter.section("contract")
        for result in self._results.values():
            overview = (f"  {sentence}" for sentence in result.overview)
            for line in narrow([counts(result), *overview, *asides(result), *result.notes]):
                terminalreporter.line(line)


def _fail(session: pytest.Session, result: Result) -> None:
    """Have all of pytest's reports say that a vendor was not tested completely."""
    failure = is_complete(result).failure
    if failure:
        report = pytest.TestReport(
            f"{__package__}/test_vendors.py::{_COMPLETE}[{result.vendor}]",
            (f"{__package__}/test_vendors.py", 0, _COMPLETE),
            {},
            "failed",
            "\n".join(narrow([failure])),
            "call",
        )
        session.config.hook.pytest_runtest_logreport(report=report)

"""The suite as a pytest plugin: its options, its results and its reports."""

from __future__ import annotations

import contextlib
from collections.abc import Generator

import pytest

from ._collector import Collector, Shipper
from ._options import add_options, read_files, read_suite
from ._signals import sigterm_as_interrupt
from ._suite import Suite
from ._verdict import Verdict
from ._width import narrow

_SUITE = pytest.StashKey[Suite]()


def suite_of(config: pytest.Config) -> Suite:
    """Return the suite that the command line asked for."""
    if _SUITE not in config.stash:
        raise pytest.UsageError("The contract suite runs by its name: pytest --pyargs causerie_contract")
    return config.stash[_SUITE]


def settle(verdict: Verdict) -> None:
    """End a test as the verdict says."""
    if verdict.skipped:
        pytest.skip(verdict.skipped)
    if verdict.failure:
        pytest.fail("\n".join(narrow([verdict.failure])), pytrace=False)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the suite's options."""
    add_options(lambda title: parser.getgroup(title).addoption)


def pytest_configure(config: pytest.Config) -> None:
    """Read the options."""
    asked = config.option
    asked.strict_inferences |= "--strict" in config.invocation_params.args  # the workers of pytest-xdist get it as well
    try:
        suite = config.stash[_SUITE] = read_suite(asked)
    except ValueError as error:
        raise pytest.UsageError(str(error)) from None
    if asked.live and _is_distributed(config):
        raise pytest.UsageError("--live keeps one budget, and so needs one process: leave -n, -d, --dist and --tx out.")
    config.addinivalue_line("markers", "xdist_group: with pytest-xdist and --dist loadgroup, one vendor per worker")
    config.pluginmanager.register(Shipper())
    if not hasattr(config, "workerinput"):  # set in the workers of pytest-xdist
        config.pluginmanager.register(Collector(suite, read_files(asked)))
    stack = contextlib.ExitStack()
    stack.enter_context(sigterm_as_interrupt())
    config.add_cleanup(stack.close)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Print what will be done to a live server before it is done; or clean up there instead of testing."""
    suite, asked = suite_of(session.config), session.config.option
    try:
        cleaned = suite.clean_up() if asked.resume_cleanup else None
        if cleaned is None:
            suite.check_journal()
        lines = suite.plan() if cleaned is None else cleaned.told
    except ValueError as error:
        raise pytest.UsageError(str(error)) from None
    for line in lines:
        session.config.get_terminal_writer().line(line)
    if cleaned is not None:
        pytest.exit(cleaned.verdict, returncode=int(cleaned.left and not asked.leave))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Take credentials out of everything that a failure shows, tracebacks with local variables included."""
    report = yield
    mask = suite_of(item.config).mask
    text = report.longreprtext
    if mask(text) != text:
        report.longrepr = mask(text)
    report.sections = [(name, mask(content)) for name, content in report.sections]
    return report


def _is_distributed(config: pytest.Config) -> bool:
    """Return whether other processes of pytest-xdist do the work, or this is one of them."""
    asked = config.option
    given = (getattr(asked, name, None) for name in ("numprocesses", "distload", "tx"))
    return hasattr(config, "workerinput") or any(given) or getattr(asked, "dist", "no") != "no"

"""The suite's options and reports, as a pytest plugin."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Generator
from pathlib import Path

import pytest

from palaver_contract._documents import VENDORS
from palaver_contract._report import Report
from palaver_contract._settings import Settings
from palaver_contract._suite import CREDENTIALS, Suite

_SUITE = pytest.StashKey[Suite]()

_DEFAULTS = Settings()


def suite_of(config: pytest.Config) -> Suite:
    """What the command line asked for."""
    if _SUITE not in config.stash:
        raise pytest.UsageError("The contract suite runs by its name: pytest --pyargs palaver_contract")
    return config.stash[_SUITE]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The suite's options."""
    group = parser.getgroup("palaver contract")
    group.addoption("--vendor", action="append", choices=VENDORS, help="a vendor to test; all when left out")
    # pytest-base-url, where it is installed, has this option already, and means the same by it.
    with contextlib.suppress(ValueError):
        group.addoption(
            "--base-url",
            metavar="URL",
            help="the server to test, up to where the document's paths begin, in place of a mock; needs --vendor and "
            f"the credential in {', '.join(CREDENTIALS.values())}. The suite creates, changes and deletes there",
        )
    group.addoption(
        "--target",
        choices=("process", "port"),
        default="process",
        help="where the mock is: in this process, or on a port (default: %(default)s)",
    )
    group.addoption("--document", type=Path, metavar="FILE", help="a document in place of the vendor's")
    group.addoption(
        "--parameter",
        action="append",
        type=_parameter,
        default=[],
        metavar="NAME=VALUE",
        help="a fixed value of a parameter, such as path.agentId=agent123; may be repeated",
    )
    group.addoption(
        "--seed",
        type=int,
        default=_DEFAULTS.seed,
        metavar="N",
        help="the same seed and choice of tests make the same requests (default: %(default)s)",
    )
    group.addoption(
        "--max-examples",
        type=int,
        default=_DEFAULTS.max_examples,
        metavar="N",
        help="generated requests for each operation, and sequences for each vendor (default: %(default)s)",
    )
    group.addoption("--contract-report", type=Path, metavar="FILE", help="a report to write, in JSON")


def pytest_configure(config: pytest.Config) -> None:
    """Reads the options."""
    asked = config.option
    try:
        config.stash[_SUITE] = Suite(
            vendors=tuple(dict.fromkeys(asked.vendor or VENDORS)),
            settings=Settings(asked.seed, asked.max_examples, dict(asked.parameter)),
            where=asked.target,
            base_url=asked.base_url,
            path=asked.document,
        )
    except ValueError as error:
        raise pytest.UsageError(str(error)) from None
    config.addinivalue_line("markers", "xdist_group: with pytest-xdist and --dist loadgroup, one vendor per worker")
    if not hasattr(config, "workerinput"):  # set in the workers of pytest-xdist
        config.pluginmanager.register(Report(asked.contract_report))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Takes credentials out of everything that a failure shows, tracebacks with local variables included."""
    report = yield
    mask = suite_of(item.config).mask
    text = report.longreprtext
    if mask(text) != text:
        report.longrepr = mask(text)
    report.sections = [(name, mask(content)) for name, content in report.sections]
    return report


def _parameter(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not separator:
        raise argparse.ArgumentTypeError(f"NAME=VALUE is needed, unlike {text!r}")
    return name, value

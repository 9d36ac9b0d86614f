"""The suite's options and reports, as a pytest plugin."""

from __future__ import annotations

import argparse
import contextlib
import functools
import signal
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from causerie_spec import about, vendors

from ._limits import RATE
from ._report import Report, take_property
from ._settings import Live, Settings
from ._suite import Suite
from ._width import narrow

_SUITE = pytest.StashKey[Suite]()

_DEFAULTS = Settings()
_LIVE = Live()


def suite_of(config: pytest.Config) -> Suite:
    """Return the suite that the command line asked for."""
    if _SUITE not in config.stash:
        raise pytest.UsageError("The contract suite runs by its name: pytest --pyargs causerie_contract")
    return config.stash[_SUITE]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the suite's options."""
    group = parser.getgroup("causerie contract")
    variables = ", ".join(about(vendor).variable for vendor in vendors())
    group.addoption("--vendor", action="append", choices=vendors(), help="a vendor to test; all when left out")
    # pytest-base-url, where it is installed, has this option already, and means the same by it.
    with contextlib.suppress(ValueError):
        group.addoption(
            "--base-url",
            metavar="URL",
            help="the server to test, up to where the document's paths begin, in place of a mock; needs --vendor and "
            f"the credential in {variables}, and --live or --target scratch",
        )
    group.addoption(
        "--target",
        choices=("process", "port", "scratch"),
        default="process",
        help="where the mock is, in this process or on a port; or scratch: the server of --base-url is there to be "
        "tested, and the suite creates, changes and deletes on it (default: %(default)s)",
    )
    live = parser.getgroup("causerie contract on a live server")
    live.addoption("--live", action="store_true", help="the server of --base-url is one that others use: only read")
    live.addoption(
        "--write",
        type=_names,
        default=(),
        metavar="OPERATIONS",
        help="with --live, operations that may write, with commas between; what they make is removed; needs --journal",
    )
    live.addoption(
        "--bill",
        type=_names,
        default=(),
        metavar="OPERATIONS",
        help="with --live, operations that read and are billed, with commas between; without it none of them is sent",
    )
    live.addoption(
        "--rate",
        type=float,
        metavar="N",
        help=f"requests in a second (default: {RATE:g}, or fewer where the document has a limit)",
    )
    live.addoption("--budget", type=int, metavar="N", help=f"requests in all (default: {_LIVE.budget})")
    live.addoption(
        "--time-limit",
        type=float,
        metavar="SECONDS",
        help=f"after which nothing is sent any more (default: {_LIVE.seconds:g})",
    )
    live.addoption(
        "--allow-recipient",
        action="append",
        default=[],
        metavar="WHOM",
        help="a phone number, an email address, an id of a person or a URL that --write may reach; may be repeated",
    )
    live.addoption(
        "--leave",
        action="store_true",
        help="what --write makes may stay, where no operation removes it or the vendor does not do it",
    )
    live.addoption("--journal", type=Path, metavar="FILE", help="a new file that notes what --write makes")
    live.addoption(
        "--resume-cleanup",
        action="store_true",
        help="test nothing; remove what the run of --journal made, which was killed",
    )
    group.addoption(
        "--operations",
        type=_names,
        default=(),
        metavar="OPERATIONS",
        help="the operations to test, with commas between; all when left out. Sequences call others beside them",
    )
    group.addoption(
        "--strict-inferences",
        action="store_true",
        help="fail if a server contradicts only what we infer, or have seen; without it that is told. pytest's own "
        "--strict does the same",
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
    group.addoption("--contract-sarif", type=Path, metavar="FILE", help="the same in SARIF 2.1.0")
    group.addoption("--contract-html", type=Path, metavar="FILE", help="the same as a page to look at, in one file")


def pytest_configure(config: pytest.Config) -> None:
    """Read the options."""
    asked = config.option
    asked.strict_inferences |= "--strict" in config.invocation_params.args  # the workers of pytest-xdist get it as well
    try:
        config.stash[_SUITE] = Suite(
            vendors=tuple(dict.fromkeys(asked.vendor or vendors())),
            settings=Settings(
                asked.seed,
                asked.max_examples,
                dict(asked.parameter),
                asked.operations,
                strict_inferences=asked.strict_inferences,
                live=_live(asked, distributed=_distributed(config)),
            ),
            where=asked.target,
            base_url=asked.base_url,
            path=asked.document,
        )
    except ValueError as error:
        raise pytest.UsageError(str(error)) from None
    config.addinivalue_line("markers", "xdist_group: with pytest-xdist and --dist loadgroup, one vendor per worker")
    if not hasattr(config, "workerinput"):  # set in the workers of pytest-xdist
        suite = config.stash[_SUITE]
        config.pluginmanager.register(
            Report(
                asked.contract_report,
                asked.contract_sarif,
                asked.contract_html,
                lambda: map(suite.unheld, suite.vendors),
            )
        )
    if threading.current_thread() is threading.main_thread():
        # As Ctrl-C: a run that is to end says what it found.
        before = signal.signal(signal.SIGTERM, signal.default_int_handler)
        config.add_cleanup(functools.partial(_restore, before))


def _restore(handler: Any) -> None:
    signal.signal(signal.SIGTERM, handler)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Say what will be done to a live server, before it is done; or clean up there, in place of testing."""
    suite = suite_of(session.config)
    try:
        cleaned = suite.clean_up() if session.config.option.resume_cleanup else None
        lines = suite.plan() if cleaned is None else cleaned.told
    except ValueError as error:
        raise pytest.UsageError(str(error)) from None
    for line in lines:
        session.config.get_terminal_writer().line(line)
    if cleaned is not None:
        failed = cleaned.left and not session.config.option.leave
        said = "Something is left." if cleaned.left else "Nothing more is to be removed."
        pytest.exit(said, returncode=int(failed))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was done to a live server."""
    for line in suite_of(terminalreporter.config).notes():
        for part in narrow([line]):
            terminalreporter.line(part)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Take credentials out of everything that a failure shows, tracebacks with local variables included."""
    report = yield
    take_property(report)
    mask = suite_of(item.config).mask
    text = report.longreprtext
    if mask(text) != text:
        report.longrepr = mask(text)
    report.sections = [(name, mask(content)) for name, content in report.sections]
    return report


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in text.split(",") if (name := part.strip())))


def _distributed(config: pytest.Config) -> bool:
    """Say whether other processes of pytest-xdist do the work, or this is one of them."""
    asked = config.option
    given = (getattr(asked, name, None) for name in ("numprocesses", "distload", "tx"))
    return hasattr(config, "workerinput") or any(given) or getattr(asked, "dist", "no") != "no"


def _live(asked: argparse.Namespace, *, distributed: bool) -> Live | None:
    limits = {"rate": asked.rate, "budget": asked.budget, "seconds": asked.time_limit}
    given = {name: value for name, value in limits.items() if value is not None}
    if not asked.live:
        others = (asked.write, asked.bill, asked.resume_cleanup, asked.journal, asked.leave, asked.allow_recipient)
        if given or any(others):
            raise ValueError(
                "--rate, --budget, --time-limit, --write, --bill, --journal, --leave, --allow-recipient and "
                "--resume-cleanup need --live."
            )
        return None
    if distributed:
        raise ValueError("--live keeps one budget, and so needs one process: leave -n, -d, --dist and --tx out.")
    return Live(
        write=asked.write,
        bill=asked.bill,
        recipients=tuple(asked.allow_recipient),
        journal=asked.journal,
        leave=asked.leave,
        **given,
    )


def _parameter(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not separator:
        raise argparse.ArgumentTypeError(f"NAME=VALUE is needed, unlike {text!r}")
    return name, value

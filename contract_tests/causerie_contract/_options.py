"""The suite's options, defined once for the command and for pytest, and read into settings."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from causerie_spec import about, vendors

from ._limits import RATE
from ._report import Files
from ._settings import Live, Settings
from ._suite import OTHER, Suite

_DEFAULTS = Settings()
_LIVE = Live()


def add_options(group: Callable[[str], Callable[..., Any]]) -> None:
    """Add the suite's options. `group` takes the title of a group, and returns what adds an option to it."""
    add = group("causerie contract")
    variables = ", ".join(about(vendor).variable for vendor in vendors())
    add("--vendor", action="append", choices=vendors(), help="a vendor to test; all when left out")
    # pytest-base-url, where it is installed, has this option already, and means the same by it.
    with contextlib.suppress(ValueError):
        add(
            "--base-url",
            metavar="URL",
            help="the server to test, up to where the document's paths begin, in place of a mock; needs --vendor and "
            f"the credential in {variables}, and --live or --target scratch",
        )
    add(
        "--target",
        choices=("process", "port", "scratch"),
        default="process",
        help="where the mock is, in this process or on a port; or scratch: the server of --base-url is there to be "
        "tested, and the suite creates, changes and deletes on it (default: %(default)s)",
    )
    add(
        "--other-credential",
        action="store_true",
        help="with --target scratch, try whether one tenant sees what another one has, whose credential is in the "
        f"variable with {OTHER} behind its name, such as {about(vendors()[0]).variable}{OTHER}",
    )
    add(
        "--operations",
        type=_names,
        default=(),
        metavar="OPERATIONS",
        help="the operations to test, with commas between; all when left out. Sequences call others beside them",
    )
    add(
        "--strict-inferences",
        action="store_true",
        help="fail if a server contradicts only what we infer, or have seen; without it that is told. --strict does "
        "the same",
    )
    add("--document", type=Path, metavar="FILE", help="a document in place of the vendor's")
    add(
        "--parameter",
        action="append",
        type=_parameter,
        default=[],
        metavar="NAME=VALUE",
        help="a fixed value of a parameter, such as path.agentId=agent123; may be repeated",
    )
    add(
        "--seed",
        type=int,
        default=_DEFAULTS.seed,
        metavar="N",
        help="the same seed and choice of tests make the same requests (default: %(default)s)",
    )
    add(
        "--max-examples",
        type=int,
        default=_DEFAULTS.max_examples,
        metavar="N",
        help="generated requests for each operation, and sequences for each vendor (default: %(default)s)",
    )
    add("--contract-report", type=Path, metavar="FILE", help="a report to write, in JSON")
    add("--contract-sarif", type=Path, metavar="FILE", help="the same in SARIF 2.1.0")
    add("--contract-html", type=Path, metavar="FILE", help="the same as a page to look at, in one file")
    _add_live(group("causerie contract on a live server"))


def _add_live(add: Callable[..., Any]) -> None:
    add("--live", action="store_true", help="the server of --base-url is one that others use: only read")
    add(
        "--write",
        type=_names,
        default=(),
        metavar="OPERATIONS",
        help="with --live, operations that may write, with commas between; what they make is removed; needs --journal",
    )
    add(
        "--bill",
        type=_names,
        default=(),
        metavar="OPERATIONS",
        help="with --live, operations that read and are billed, with commas between; without it none of them is sent",
    )
    add(
        "--rate",
        type=float,
        metavar="N",
        help=f"requests in a second (default: {RATE:g}, or fewer where the document has a limit)",
    )
    add("--budget", type=int, metavar="N", help=f"requests in all (default: {_LIVE.budget})")
    add(
        "--time-limit",
        type=float,
        metavar="SECONDS",
        help=f"after which nothing is sent any more (default: {_LIVE.seconds:g})",
    )
    add(
        "--allow-recipient",
        action="append",
        default=[],
        metavar="WHOM",
        help="a phone number, an email address, an id of a person or a URL that --write may reach, or the model with "
        "--target scratch; may be repeated",
    )
    add(
        "--leave",
        action="store_true",
        help="what --write makes may stay, where no operation removes it or the vendor does not do it",
    )
    add("--journal", type=Path, metavar="FILE", help="a new file that notes what --write makes")
    add(
        "--resume-cleanup",
        action="store_true",
        help="test nothing; remove what the run of --journal made, which was killed",
    )


def read_suite(asked: argparse.Namespace) -> Suite:
    """Return the suite that the options ask for. Raises `ValueError` when they do not fit together."""
    return Suite(
        vendors=tuple(dict.fromkeys(asked.vendor or vendors())),
        settings=Settings(
            asked.seed,
            asked.max_examples,
            dict(asked.parameter),
            asked.operations,
            recipients=() if asked.live else tuple(asked.allow_recipient),
            strict_inferences=asked.strict_inferences,
            live=_live(asked),
        ),
        where=asked.target,
        base_url=asked.base_url,
        path=asked.document,
        has_other=asked.other_credential,
    )


def read_files(asked: argparse.Namespace, *, junit: Path | None = None) -> Files:
    """Return the reports that the options ask for. Raises `ValueError` where two files would be one."""
    reports = (asked.contract_report, asked.contract_sarif, asked.contract_html, junit)
    given = [path.resolve() for path in (*reports, asked.document, asked.journal) if path is not None]
    for path in given:
        if given.count(path) > 1:
            raise ValueError(f"{path} is given twice; a report needs a file of its own.")
    return Files(*reports)


def _live(asked: argparse.Namespace) -> Live | None:
    limits = {"rate": asked.rate, "budget": asked.budget, "seconds": asked.time_limit}
    given = {name: value for name, value in limits.items() if value is not None}
    if not asked.live:
        others = (asked.write, asked.bill, asked.resume_cleanup, asked.journal, asked.leave)
        if given or any(others):
            raise ValueError(
                "--rate, --budget, --time-limit, --write, --bill, --journal, --leave and --resume-cleanup need --live."
            )
        if asked.allow_recipient and asked.target != "scratch":
            raise ValueError("--allow-recipient needs --live or --target scratch: a mock reaches nobody.")
        return None
    return Live(
        write=asked.write,
        bill=asked.bill,
        recipients=tuple(asked.allow_recipient),
        journal=asked.journal,
        leave=asked.leave,
        **given,
    )


def _names(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name for part in text.split(",") if (name := part.strip())))
    if not names:
        raise argparse.ArgumentTypeError(f"names of operations are needed, with commas between, unlike {text!r}")
    return names


def _parameter(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not separator:
        raise argparse.ArgumentTypeError(f"NAME=VALUE is needed, unlike {text!r}")
    return name, value

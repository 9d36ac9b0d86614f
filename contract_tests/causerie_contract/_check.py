"""`causerie check`: the suite as a command, without pytest."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ._characters import printable
from ._options import add_options, read_files, read_suite
from ._progress import Progress, progress_on
from ._report import Files
from ._result import Result
from ._signals import sigterm_as_interrupt
from ._suite import Suite
from ._summary import asides, counts
from ._verdict import has_failed, verdicts
from ._width import narrow

_DESCRIPTION = "Hold a server against a vendor's document, or the mock vendors against theirs when no server is named."
_INTERRUPTED = 130


def check(arguments: Sequence[str], *, prog: str) -> int:
    """Hold servers against documents: 0 when nothing fails, 1 when something does, 130 when it was interrupted.

    Raises `SystemExit` with status 2 when what was asked for cannot be done. `prog` is what help calls the command.
    """
    parser = _parser(prog)
    asked, unknown = parser.parse_known_args(arguments)
    if unknown:
        parser.error(
            f"unrecognized arguments: {' '.join(unknown)}; for options of pytest, such as -k, -n and -x, there is "
            "pytest --pyargs causerie_contract"
        )
    with sigterm_as_interrupt():
        try:
            suite = read_suite(asked)
            files = read_files(asked, junit=asked.junit)
            cleaned = suite.clean_up() if asked.resume_cleanup else None
            if cleaned is None:
                suite.check_journal()
                files.write(map(suite.pending, suite.vendors))  # what stands if the run is killed
        except ValueError as error:
            parser.error(str(error))
        except OSError as error:
            parser.error(f"{error.filename or 'a report'}: {error.strerror}; name another file for the report")
        except KeyboardInterrupt:
            return _INTERRUPTED
        if cleaned is not None:
            _say([*cleaned.told, cleaned.verdict])
            return int(cleaned.left and not asked.leave)
        _say(suite.plan())
        return _hold(suite, files, progress_on(sys.stderr))


def _parser(prog: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog,
        usage="%(prog)s [options]",
        description=_DESCRIPTION,
        epilog="pytest --pyargs causerie_contract does the same as a suite of tests, with pytest's options.",
        allow_abbrev=False,
    )
    add_options(lambda title: parser.add_argument_group(title).add_argument)
    parser.add_argument("--strict", dest="strict_inferences", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--junit", type=Path, metavar="FILE", help="the report as JUnit's XML")
    return parser


def _hold(suite: Suite, files: Files, progress: Progress) -> int:
    """Test each vendor in turn, and print the results."""
    results = list[Result]()
    trouble = ""
    try:
        for vendor in suite.vendors:
            results.append(suite.result(vendor, progress))
            trouble = _write(files, [*results, *map(suite.pending, suite.vendors[len(results) :])])
    except KeyboardInterrupt:
        suite.is_interrupted = True
        results += map(suite.unheld, suite.vendors[len(results) :])
        trouble = _write(files, results)
    _say(map(printable, narrow(_lines(results))))
    if trouble:
        sys.stderr.write(f"{trouble}\n")
    if suite.is_interrupted:
        return _INTERRUPTED
    return int(bool(trouble) or any(map(has_failed, results)))


def _write(files: Files, results: Iterable[Result]) -> str:
    """Write the reports; return a message if one cannot be written."""
    try:
        files.write(results)
    except OSError as error:
        return f"{error.filename or 'a report'}: {error.strerror}; this report is not written"
    return ""


def _lines(results: Sequence[Result]) -> Iterator[str]:
    """Yield a summary of what is wrong, then each failure, and then what was tested."""
    for result in results:
        yield from (f"{result.vendor}: {sentence}" for sentence in result.overview)
    failures = [(result, verdict) for result in results for verdict in verdicts(result) if verdict.failure]
    for result, verdict in failures:
        about = f"{result.vendor}.{verdict.operation}" if verdict.operation else result.vendor
        yield from ("", f"FAILED {about}: {verdict.claim}", verdict.failure)
    if failures:
        yield ""
    for result in results:
        yield from (counts(result), *asides(result), *result.notes)
    yield f"{len(failures)} failure{'' if len(failures) == 1 else 's'}" if failures else "no failures"


def _say(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()

"""The suite's commands that need no server: `python -m causerie_contract show|replay|drift|diff`.

Exit status: 0 when there is nothing to act on, 1 when there is, 2 when what was asked for cannot be done.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from causerie_spec import diff, drift, scope, seen, source, tidy
from causerie_spec.documents import load, vendors
from causerie_spec.pointer import spell

from . import _har
from ._show import operation, overview
from ._whole import write

#: Used instead of the missing document of a vendor that is new or was removed.
_NO_OPERATIONS: dict[str, Any] = {"openapi": "3.1.0", "paths": {}}


def main(arguments: Sequence[str] | None = None, *, prog: str = "python -m causerie_contract") -> int:
    """Run one command, and return its exit status. `prog` is its name in the help."""
    asked = _parser(prog).parse_args(arguments)
    try:
        status: int = asked.run(asked)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return status


def _show(asked: argparse.Namespace) -> int:
    document = load(asked.vendor, asked.document)
    width = min(100, shutil.get_terminal_size().columns)
    shown = overview(document, width) if asked.operation is None else operation(document, asked.operation, width)
    _say(list(shown))
    return 0


def _replay(asked: argparse.Namespace) -> int:
    replayed = _har.replay(
        asked.vendor, asked.file, base_url=asked.base_url, document=asked.document, words=asked.words
    )
    if asked.report:
        write(asked.report, _json(replayed.entry))
    _say(replayed.lines())
    return int(bool(replayed.findings))


def _drifted(asked: argparse.Namespace) -> int:
    ours = load(asked.vendor, asked.document)
    known = drift.triage(asked.vendor, asked.triage)
    left_out = scope.left_out(asked.vendor, ours, asked.left_out)
    # A different triage file is about other differences.
    before = None if asked.triage and not asked.seen else seen.read(asked.vendor, asked.seen)
    theirs = source.read(asked.source)
    if asked.accept:
        file = seen.place(asked.vendor, asked.seen)
        found = drift.compare(asked.vendor, ours, theirs, known, left_out)
        write(file, seen.write(found.seen))
        before = seen.read(asked.vendor, file)
    found = drift.compare(asked.vendor, ours, theirs, known, left_out, before)
    if asked.json:
        content = {
            "drifts": [each.entry for each in found.drifts],
            "gone": list(found.gone),
            "stale": [str(each) for each in found.stale],
            "out_of_scope": [str(each) for each in found.out],
        }
        _say([_json(content).rstrip("\n")])
    else:
        _say(_drift_lines(asked.vendor, found))
    return int(bool(found.new or found.gone))


def _drift_lines(vendor: str, found: drift.Comparison) -> Iterator[str]:
    for side in ("unread", "contradiction", "theirs only", "ours only"):
        new = [each for each in found.new if each.side == side]
        if new:
            yield f"new, {side}:"
        for each in new:
            yield f"  {each}"
            if each.also:
                yield f"    also at {', '.join(each.also)}"
            yield f"    our side is {each.evidence or 'silent'}; in {', '.join(each.operations) or 'no operation'}"
    if found.gone:
        yield "gone, is there no more:"
        yield from (f"  {each}" for each in found.gone)
    for entry in found.stale:
        yield f"stale, matches nothing any more: {entry}"
    if found.out:
        yield f"{vendor}: {len(found.out)} operations out of scope"
    known = len(found.drifts) - len(found.new)
    counts = f"{len(found.drifts)} differences, {known} known, {len(found.new)} new"
    yield f"{vendor}: {counts}, {len(found.stale)} stale entries"


def _diffed(asked: argparse.Namespace) -> int:
    found = list[diff.Change]()
    for vendor, base, head in _pairs(asked.base, asked.head):
        found += diff.changes(vendor, base, head)
    version = asked.version or importlib.metadata.version("causerie")
    proposal = {"fragment": diff.kind(found), "line": diff.fragment(found), "step": diff.step(found, version)}
    if asked.json:
        _say([_json({"changes": [each.entry for each in found], **(proposal if found else {})}).rstrip("\n")])
    else:
        _say(_diff_lines(found, version, proposal))
    return int(any(change.verdict for change in found))


def _diff_lines(found: Sequence[diff.Change], version: str, proposal: dict[str, str]) -> Iterator[str]:
    for verdict in sorted(diff.Verdict, reverse=True):
        some = [str(change) for change in found if change.verdict is verdict]
        if some:
            yield f"{verdict}: {len(some)}"
            yield from (f"  {line}" for line in some)
    if found:
        yield f"changelog: {proposal['fragment']}: {proposal['line']}"
        yield f"version: {version}, one {proposal['step']} step"
    else:
        yield "nothing but prose and examples, if anything"


def _pairs(base: Path, head: Path) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    if base.is_dir() and head.is_dir():
        for folder in (base, head):
            if not vendors(folder):
                raise ValueError(f"{folder} has no documents.")
        for vendor in sorted({*vendors(base), *vendors(head)}):
            files = (folder / f"{vendor}.yaml" for folder in (base, head))
            before, after = (_own(file) if file.is_file() else _NO_OPERATIONS for file in files)
            yield vendor, before, after
    else:
        yield head.stem, _own(base), _own(head)


def _own(path: Path) -> dict[str, Any]:
    """Return the document. Raises `ValueError` that names the first place that cannot be read."""
    document = source.read(str(path))
    for problem in tidy.problems(document):
        raise ValueError(f"{path}, {spell(problem.place)}: {problem}.")
    return document


def _parser(prog: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog, description="Show the documents, and hold recordings and others against them."
    )
    commands = parser.add_subparsers(required=True, metavar="show|replay|drift|diff")

    show = commands.add_parser(
        "show", help="show the operations of a document, or one in full, and the evidence for each fact"
    )
    show.add_argument("vendor", choices=vendors())
    show.add_argument("operation", nargs="?", help="its name; by default, all operations are listed")
    show.set_defaults(run=_show)

    replay = commands.add_parser("replay", help="check recorded traffic (HAR 1.2) against a document")
    replay.add_argument("file", type=Path, help="recorded by a browser or a proxy")
    replay.add_argument("--vendor", choices=vendors(), required=True, help="the vendor whose traffic to check")
    replay.add_argument("--base-url", metavar="URL", help="the vendor's server, in addition to those in its document")
    replay.add_argument(
        "--words", action="store_true", help="also show words that the document lacks; they may be people's names"
    )
    replay.add_argument("--report", type=Path, metavar="FILE", help="a report to write, in JSON")
    replay.set_defaults(run=_replay)

    drift = commands.add_parser("drift", help="compare our document with the one that the vendor publishes")
    drift.add_argument("vendor", choices=vendors())
    drift.add_argument("source", metavar="URL-or-file", help="OpenAPI 3.0 or 3.1, JSON or YAML")
    drift.add_argument("--triage", type=Path, metavar="FILE", help="instead of spec/drift/VENDOR.yaml")
    drift.add_argument("--left-out", type=Path, metavar="FILE", help="instead of spec/drift/VENDOR.left-out.yaml")
    drift.add_argument("--json", action="store_true", help="a report in JSON")
    drift.add_argument("--seen", type=Path, metavar="FILE", help="instead of spec/drift/VENDOR.seen.yaml")
    drift.add_argument("--accept", action="store_true", help="write the current differences to it")
    drift.set_defaults(run=_drifted)

    diff = commands.add_parser("diff", help="show what a change of a document breaks")
    diff.add_argument("base", type=Path, help="a document, or a folder with the documents of all vendors")
    diff.add_argument("head", type=Path, help="the same, changed")
    diff.add_argument("--version", help="the version before the change (default: the installed one)")
    diff.add_argument("--json", action="store_true", help="a report in JSON")
    diff.set_defaults(run=_diffed)

    for command in (show, replay, drift):
        command.add_argument("--document", type=Path, metavar="FILE", help="a document to use instead of the vendor's")
    return parser


def _json(content: Any) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _say(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main())

"""Where our document and the one that a vendor publishes differ, and what we know about each difference."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import httpx
import yaml

from causerie_contract._documents import folder
from causerie_contract._evidence import Evidence, evidence
from causerie_contract._pointer import Pointer, look, parse, spell
from causerie_contract._walk import Difference, differences, told

Side = Literal["theirs only", "ours only", "contradiction"]

#: Limits of what is fetched.
SECONDS = 30.0
MEGABYTES = 20

#: Ours alone: names that never travel, and what only our generator reads.
_OURS = frozenset({"component", "operationId", "tags", "argument", "x-unit"})
_LISTS = frozenset({"enum", "media type", "server"})


@dataclass(frozen=True, slots=True)
class Known:
    """An entry of spec/drift/{vendor}.yaml: differences that somebody has looked at, and what came of it.

    `*` in a text stands for anything; what is left out matches everything.
    """

    reason: str
    side: str = "*"
    aspect: str = "*"
    where: str = "*"
    ours: str = "*"
    theirs: str = "*"

    def matches(self, found: Drift) -> bool:
        """Whether the entry speaks of `found`."""
        pairs = [
            (self.side, found.side),
            (self.aspect, found.first.aspect),
            (self.where, found.first.where),
            (self.ours, told(found.first.before)),
            (self.theirs, told(found.first.after)),
        ]
        return all(re.fullmatch(re.escape(glob).replace(r"\*", ".*"), text) for glob, text in pairs)

    def __str__(self) -> str:
        """The entry without its reason."""
        return f"{self.side}, {self.aspect}, {self.where}, ours {self.ours}, theirs {self.theirs}"


@dataclass(frozen=True, slots=True)
class Drift:
    """Differences of one cause."""

    vendor: str
    side: Side
    first: Difference
    #: Operations that it concerns: method and path.
    operations: tuple[str, ...]
    #: Whose promise our side is; None where we say nothing.
    evidence: Evidence | None
    reason: str | None = None

    def __str__(self) -> str:
        """One line."""
        each = self.first
        return f"{each.where}: {each.aspect}, ours {told(each.before)}, theirs {told(each.after)}"

    @property
    def entry(self) -> dict[str, Any]:
        """For a report in JSON."""
        return {
            "vendor": self.vendor,
            "side": self.side,
            "where": self.first.where,
            "aspect": self.first.aspect,
            "ours": self.first.before,
            "theirs": self.first.after,
            "pointer": spell(self.first.pointer) if self.first.pointer else None,
            "evidence": None if self.evidence is None else str(self.evidence),
            "operations": list(self.operations),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that drift has found."""

    drifts: tuple[Drift, ...]
    #: Entries that match nothing any more.
    stale: tuple[Known, ...]

    @property
    def new(self) -> tuple[Drift, ...]:
        """What nobody has looked at yet."""
        return tuple(each for each in self.drifts if each.reason is None)


def compare(vendor: str, ours: dict[str, Any], theirs: dict[str, Any], known: tuple[Known, ...]) -> Comparison:
    """Every difference between two documents of `vendor`, each with the reason of the first entry that knows it."""
    by_cause = dict[tuple[str, str, str, str], list[Difference]]()
    for difference in differences(ours, theirs):
        if difference.aspect not in _OURS:
            by_cause.setdefault(difference.cause, []).append(difference)
    drifts, used = list[Drift](), set[Known]()
    for group in by_cause.values():
        first = group[0]
        operations = tuple(dict.fromkeys(each.operation for each in group if each.operation))
        promise = evidence(ours, first.pointer) if first.pointer else None
        found = Drift(vendor, _side(first), first, operations, promise)
        entries = [entry for entry in known if entry.matches(found)]
        used.update(entries)
        reason = entries[0].reason if entries else None
        drifts.append(Drift(vendor, found.side, first, operations, promise, reason))
    return Comparison(tuple(drifts), tuple(entry for entry in known if entry not in used))


def triage(vendor: str, path: Path | None = None) -> tuple[Known, ...]:
    """What is known about `vendor`: spec/drift/{vendor}.yaml, or the file at `path`; nothing when there is no file.

    Raises `ValueError` naming the entry that is not as it must be.
    """
    source: Traversable = folder() / "drift" / f"{vendor}.yaml" if path is None else path
    if not source.is_file():
        return ()
    entries = list[Known]()
    for index, entry in enumerate(yaml.safe_load(source.read_text(encoding="utf-8")) or []):
        if not isinstance(entry, dict) or not entry.get("reason") or entry.keys() - set(Known.__slots__):
            names = ", ".join(Known.__slots__)
            raise ValueError(
                f"{source}: entry {index + 1} needs a reason, and of {names} no other keys, unlike {entry}."
            )
        entries.append(Known(**{key: str(value) for key, value in entry.items()}))
    return tuple(entries)


def read(source: str) -> dict[str, Any]:
    """The OpenAPI 3.0 or 3.1 document at a URL or in a file, JSON or YAML.

    Raises `ValueError` when it is none, too large, too slow, or refers to what it does not have.
    """
    text = _fetch(source) if source.startswith(("http://", "https://")) else _file(source)
    try:
        document = json.loads(text) if text.lstrip().startswith("{") else yaml.safe_load(text)
    except (ValueError, yaml.YAMLError) as error:
        raise ValueError(f"{source} is neither JSON nor YAML: {error}") from None
    version = document.get("openapi") if isinstance(document, dict) else None
    if not str(version).startswith(("3.0", "3.1")) or not isinstance(document.get("paths"), dict):
        raise ValueError(f"{source} is no document of OpenAPI 3.0 or 3.1: its openapi is {version!r}.")
    # YAML reads an unquoted status as a number and a date as a date: as JSON, all keys are text.
    document = json.loads(json.dumps(document, default=str))
    for reference in _references(document):
        try:
            look(document, _target(reference))
        except LookupError:
            raise ValueError(f"{source} refers to {reference!r}, which it does not have.") from None
    return dict(document)


def _side(each: Difference) -> Side:
    before, after = each.before, each.after
    if each.aspect in _LISTS and before is not None and after is not None:
        if set(after) < set(before):
            return "ours only"
        return "theirs only" if set(before) < set(after) else "contradiction"
    if before is None:
        return "theirs only"
    return "ours only" if after is None else "contradiction"


def _fetch(url: str) -> str:
    deadline = time.monotonic() + SECONDS
    content = bytearray()
    parts = urlsplit(url)
    shown = f"{parts.scheme}://{parts.hostname}{parts.path}"  # a user or a query may be secret
    try:
        with httpx.stream("GET", url, timeout=SECONDS, follow_redirects=True) as response:
            response.raise_for_status()
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > MEGABYTES * 1_000_000 or time.monotonic() > deadline:
                    raise ValueError(f"{shown} has more than {MEGABYTES} MB, or takes longer than {SECONDS:.0f} s.")
    except httpx.HTTPStatusError as error:
        raise ValueError(f"{shown} answers with {error.response.status_code}.") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ValueError(f"{shown} could not be read: {type(error).__name__}.") from None
    return content.decode("utf-8", "replace")


def _file(source: str) -> str:
    try:
        return Path(source).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{source} could not be read: {error}") from None


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def _target(reference: str) -> Pointer:
    if not reference.startswith("#/"):
        raise LookupError(reference)
    return parse(reference)

"""Checks recorded traffic (HAR 1.2, from a browser or a proxy) against a vendor's document."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import attrs

from causerie_spec.documents import load
from causerie_spec.evidence import evidence
from causerie_spec.exchange import Exchanges
from causerie_spec.pointer import spell
from causerie_spec.redact import MASK, Redactor, vocabulary

from ._base_url import host_of
from ._finding import Finding, Violation
from ._lines import Source

_PORTS = {"http": 80, "https": 443}


@attrs.frozen
class Seen:
    """A finding, and how many times the traffic shows it."""

    finding: Finding
    count: int

    def __str__(self) -> str:
        """Return the finding with its count."""
        times = f"{self.count} time{'' if self.count == 1 else 's'}"
        return f"{self.finding}\n  seen {times}"


@attrs.define
class Replayed:
    """The result of replaying a file."""

    vendor: str
    #: Entries that were held against the document.
    checked: int = 0
    #: Entries that were not, by the reason.
    skipped: Counter[str] = attrs.field(factory=Counter[str])
    #: Bodies that the recorder left out.
    unrecorded: int = 0
    #: Whether words are not shown because the document lacks them.
    left_out: bool = False
    findings: list[Seen] = attrs.field(factory=list[Seen])

    @property
    def entry(self) -> dict[str, Any]:
        """Return the entry for a report in JSON."""
        return {
            "vendor": self.vendor,
            "checked": self.checked,
            "skipped": dict(self.skipped),
            "unrecorded_bodies": self.unrecorded,
            "findings": [{**attrs.asdict(seen.finding), "count": seen.count} for seen in self.findings],
        }

    def lines(self) -> Iterator[str]:
        """Yield the lines to print."""
        for seen in self.findings:
            yield from (str(seen), "")
        skipped = "".join(f", {count} skipped ({reason})" for reason, count in self.skipped.items())
        unrecorded = f", {self.unrecorded} answers without a recorded body" if self.unrecorded else ""
        if self.left_out:
            yield f"{MASK}: words that the document lacks. --words shows them; make sure that none is a person's name."
        yield f"{self.vendor}: {self.checked} exchanges{skipped}{unrecorded}, {len(self.findings)} findings"


def replay(
    vendor: str, file: Path, *, base_url: str | None = None, document: Path | None = None, words: bool = False
) -> Replayed:
    """Hold the entries of `file` that went to `vendor` against its document, or against the one at `document`.

    The vendor's entries are those to a server of the document or to `base_url`, which goes up to where the document's
    paths begin. Paths, keys and values that the document lacks are shown with `words` alone: a word may be a name.

    Raises `ValueError` when the file is no HAR, or has no such entry.
    """
    if base_url is not None:
        host_of(base_url)
    content = load(vendor, document)
    entries = _entries(file)
    bases = [urlsplit(server["url"]) for server in content.get("servers", ())]
    bases += [urlsplit(base_url)] if base_url else []
    made = _Replay(
        vendor, content, Redactor(entries, None if words else vocabulary(content)), Source.of(vendor, document)
    )
    for entry in entries:
        url = urlsplit(entry["request"]["url"])
        base = next((each for each in bases if _origin(each) == _origin(url)), None)
        if base is None:
            made.result.skipped["another host"] += 1
        elif any(pair["name"].lower() == "access-control-request-method" for pair in entry["request"]["headers"]):
            made.result.skipped["a browser's preflight"] += 1
        elif entry["response"]["status"] in {0, 304}:
            made.result.skipped["no answer of the server"] += 1
        else:
            made.exchange(entry, base.path.rstrip("/"))
    if not made.result.checked:
        hosts = ", ".join(each.netloc for each in bases)
        raise ValueError(f"{file}: none of {len(entries)} entries is a call of {hosts}; name the host with --base-url.")
    return made.end()


def _entries(file: Path) -> list[dict[str, Any]]:
    try:
        log = json.loads(file.read_text(encoding="utf-8-sig"))["log"]
        entries: list[dict[str, Any]] = log["entries"]
        for entry in entries:
            _require(entry)
    except OSError as error:
        raise ValueError(f"{file} could not be read: {error.strerror}.") from None
    except (ValueError, LookupError, TypeError):
        raise ValueError(
            f"{file} is not a HAR 1.2 file: it needs log.entries, each with request and response."
        ) from None
    return entries


def _require(entry: dict[str, Any]) -> None:
    """Raise an error that `_entries` catches if an entry lacks a field that HAR 1.2 requires."""
    request, response = entry["request"], entry["response"]
    needed = [(request["method"], str), (request["headers"], list), (response["status"], int)]
    for message in (request, response):
        pairs = [*(message.get("headers") or ()), *(message.get("cookies") or ())]
        needed += [(pair[key], str) for pair in pairs for key in ("name", "value")]
    if not all(isinstance(value, kind) for value, kind in needed):
        raise TypeError
    _origin(urlsplit(request["url"]))  # a port may be no number


def _origin(url: SplitResult) -> tuple[str | None, int | None]:
    return url.hostname, url.port or _PORTS.get(url.scheme)


class _Replay:
    def __init__(self, vendor: str, document: dict[str, Any], redactor: Redactor, source: Source) -> None:
        self.result = Replayed(vendor)
        self._vendor = vendor
        self._document = document
        self._redactor = redactor
        self._source = source
        self._exchanges = Exchanges(document)
        self._found = dict[tuple[str, str, str], Finding]()
        self._counts = Counter[tuple[str, str, str]]()
        self._operations = defaultdict[tuple[str, str, str], dict[str, None]](dict)

    def end(self) -> Replayed:
        """Return the result with all findings."""
        self.result.left_out = self._redactor.left_out
        for key, finding in self._found.items():
            also = tuple(name for name in self._operations[key] if name != finding.operation)
            located = self._source.located(attrs.evolve(finding, also=also))
            self.result.findings.append(Seen(located, self._counts[key]))
        return self.result

    def exchange(self, entry: dict[str, Any], prefix: str) -> None:
        """Check one request and its answer against the document, and note each finding once."""
        self.result.checked += 1
        read = self._exchanges.read(entry, self._redactor, prefix)
        self.result.unrecorded += not read.recorded
        for each in read.departures:
            self._counts[each.cause] += 1
            self._operations[each.cause][read.operation] = None
            if each.cause not in self._found:
                promise = evidence(self._document, each.place)
                self._found[each.cause] = Finding(
                    vendor=self._vendor,
                    operation=read.operation,
                    label=read.label,
                    phase="replay",
                    check="recorded traffic",
                    code=each.keyword,
                    title=each.title,
                    problem=each.problem,
                    status=read.status,
                    violations=(Violation(each.where, each.keyword, each.problem, spell(each.place), promise),),
                    evidence=evidence(self._document, read.place),
                    curl=(),
                )

"""A contradiction between a server and a document, described so that people can act on it."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from causerie_spec.evidence import Evidence, promised_by

_SHOWN = 5


@attrs.frozen
class Violation:
    """One place where a request or an answer and the document disagree."""

    #: A part of the exchange and a JSON pointer into it: `answer /data/0/createdAt`, `body /contactIds`, `query page`.
    where: str
    #: The keyword of JSON Schema that is violated, or the kind of bad value that was accepted.
    keyword: str
    problem: str
    #: JSON pointer into the document.
    schema: str
    evidence: Evidence | None
    #: Line of `schema` in the document's file; None where the file is not known.
    line: int | None = None
    #: Whether the document allows what stands there, and it is wrong all the same.
    is_allowed: bool = False

    @property
    def cause(self) -> tuple[str, str]:
        """The key by which violations are grouped: many places in an answer may break one promise."""
        return self.schema, self.keyword

    def lines(self, file: str = "") -> Iterator[str]:
        """Yield the lines that describe the violation; `file` is the document's."""
        yield f"{self.where} violates {self.keyword}: {self.problem}"
        yield f"    at {file}{f':{self.line} ' if self.line else ''}#{self.schema}"
        yield f"    contradicts {promised_by(self.evidence)}"


@attrs.frozen
class Finding:
    """One failure of one check, however many requests show it."""

    vendor: str
    #: Empty for a request to an operation that the document does not have.
    operation: str
    #: Method and path.
    label: str
    #: The phase that found it first: examples, coverage, fuzzing, stateful, behaviour, live or replay.
    phase: str
    #: Schemathesis' name for the check, its failure code and its messages; `model` for what the oracle found.
    check: str
    code: str
    title: str
    problem: str
    #: Status of the answer; None if there was no answer.
    status: int | None
    violations: tuple[Violation, ...]
    #: The evidence for the operation.
    evidence: Evidence | None
    #: The requests that reproduce the failure; the last one shows it.
    curl: tuple[str, ...]
    #: The same as a test for pytest, where the requests depend on each other.
    test: str = ""
    #: Other operations that break the same promise.
    also: tuple[str, ...] = ()
    #: The document's file, and the line of the operation there.
    file: str = ""
    line: int | None = None

    def __str__(self) -> str:
        """Return the operation, place, keyword, the evidence for the promise, and curl commands."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        name = f"{self.operation} ({self.label})" if self.operation else self.label
        yield f"{self.vendor} {name}: {self.title}"
        for violation in self.violations[:_SHOWN]:
            yield from (f"  {line}" for line in violation.lines(self.file))
        if len(self.violations) > _SHOWN:
            yield f"  and {len(self.violations) - _SHOWN} more"
        if not self.violations:
            yield from (f"  {line}" for line in self.problem.splitlines() if line)
        if self.also:
            yield f"  so do {', '.join(self.also)}"
        if self.operation:
            place = f" ({self.file}:{self.line})" if self.line else ""
            yield f"  the operation{place} is promised by {promised_by(self.evidence)}"
        answer = "no answer" if self.status is None else f"the answer was a {self.status}"
        yield f"  found by {self.check} ({self.code}) in the {self.phase} phase; {answer}"
        yield from (f"  {line}" for line in self.curl)

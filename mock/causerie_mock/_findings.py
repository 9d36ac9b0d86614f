"""The findings of a spy: exchanges that differ from the vendor's document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import overload

import attrs

#: The most different findings that are kept; further ones are only counted.
_LIMIT = 1000


@attrs.frozen
class Finding:
    """One difference from the document, however many exchanges show it. It holds no one's data."""

    #: The operationId; None if the document does not have the path or the method.
    operation: str | None
    #: Method and path, as in the document.
    label: str
    #: The status of the first answer with it.
    status: int
    #: A JSON pointer with what it points into: `answer /data/0/createdAt`, `body /contactIds/0`, `query page`.
    where: str
    #: The violated keyword of JSON Schema, or a word for another difference.
    keyword: str
    title: str
    problem: str
    #: JSON pointer into the document.
    schema: str
    #: The source of the contradicted part of the document, in words.
    promise: str
    #: Mock time of the first and the last exchange with it.
    first: datetime
    last: datetime
    #: The number of exchanges with it.
    count: int = 1

    def __str__(self) -> str:
        return f"{self.label}: {self.where}: {self.problem}"


class Findings(Sequence[Finding]):
    """All findings, in the order in which they were first seen."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Remove all findings."""
        self._found: dict[tuple[object, ...], Finding] = {}
        #: The number of checked exchanges.
        self.checked = 0
        #: The number of differences that were not kept because there are too many different ones.
        self.left_off = 0

    def add(self, cause: tuple[object, ...], finding: Finding) -> None:
        """Add a finding, or count it if one with the same `cause` exists."""
        known = self._found.get(cause)
        if known is not None:
            self._found[cause] = attrs.evolve(known, last=finding.last, count=known.count + 1)
        elif len(self._found) < _LIMIT:
            self._found[cause] = finding
        else:
            self.left_off += 1

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Finding]: ...
    def __getitem__(self, index: int | slice) -> Finding | Sequence[Finding]:
        return tuple(self._found.values())[index]

    def __iter__(self) -> Iterator[Finding]:
        return iter(tuple(self._found.values()))

    def __len__(self) -> int:
        return len(self._found)

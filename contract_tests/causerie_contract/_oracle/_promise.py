"""What is expected of a server, and what contradicts it."""

from __future__ import annotations

import attrs
from hypothesis.errors import UnsatisfiedAssumption

from causerie_spec.evidence import Evidence
from causerie_spec.pointer import Pointer

from .._finding import Finding


@attrs.frozen
class Promise:
    """What is expected, in words, and who says so."""

    name: str
    evidence: Evidence | None

    @property
    def keyword(self) -> str:
        """As findings name it."""
        return f"model: {self.name}"


@attrs.frozen
class Told:
    """How a finding names what is contradicted: `where` only where it is no part of the answer."""

    keyword: str
    evidence: Evidence | None
    #: The place in the document; None for what describes that part of the answer.
    schema: Pointer | None = None
    where: str | None = None


class Lacking(UnsatisfiedAssumption):
    """What a sequence needs is not there: an operation that the server lacks. Nothing has happened."""

    def __init__(self, operation: str) -> None:
        super().__init__(operation)
        self.operation = operation


class Contradiction(Exception):
    """An answer that departs from the document, or from the model."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding

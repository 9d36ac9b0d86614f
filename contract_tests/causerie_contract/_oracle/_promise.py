"""The expectations of a server, and the contradictions of them."""

from __future__ import annotations

from collections.abc import Callable

import attrs
from hypothesis.errors import UnsatisfiedAssumption

from causerie_spec.behaviour import behaviour
from causerie_spec.evidence import Evidence
from causerie_spec.pointer import Pointer

from .._finding import Finding


@attrs.frozen
class Promise:
    """An expectation, and the evidence for it."""

    #: In words, or the id of a row of spec/behaviour.
    name: str
    evidence: Evidence | None

    @property
    def keyword(self) -> str:
        """As findings name it."""
        return f"model: {self.name}"


def promises_of(vendor: str) -> Callable[[str], Promise]:
    """Return the function that makes promises of the rows of spec/behaviour/{vendor}.yaml by their ids.

    The function raises `ValueError` for a row that is not there, or of which the file says that no oracle checks it.
    """

    def promise_of(row_id: str) -> Promise:
        row = behaviour(vendor).get(row_id)
        if row is None:
            raise ValueError(f"spec/behaviour/{vendor}.yaml has no row {row_id!r}; write one, or name another.")
        if not row.oracle:
            raise ValueError(
                f"The row {row_id!r} of spec/behaviour/{vendor}.yaml says oracle: false; correct it there."
            )
        return Promise(row.id, row.evidence[0])

    return promise_of


@attrs.frozen
class Told:
    """How a finding names what is contradicted: `where` only where it is no part of the answer."""

    keyword: str
    evidence: Evidence | None
    #: The place in the document; None for what describes that part of the answer.
    schema: Pointer | None = None
    where: str | None = None


class Lacking(UnsatisfiedAssumption):
    """The server lacks an operation that a sequence needs. Nothing has happened."""

    def __init__(self, operation: str) -> None:
        super().__init__(operation)
        self.operation = operation


class Contradiction(Exception):
    """An answer that departs from the document, or from the model."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


class Enough(Exception):
    """The findings of a part are as many as are told of one."""

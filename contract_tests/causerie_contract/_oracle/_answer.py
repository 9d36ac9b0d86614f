"""One answer of the server, read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from hypothesis.errors import UnsatisfiedAssumption

from causerie_spec.evidence import Evidence
from causerie_spec.pointer import look

from ._story import Exchange
from ._value import NOTHING

if TYPE_CHECKING:
    from ._session import Session


@attrs.frozen
class Answer:
    """An answer, with its decoded body, which is NOTHING where there is no body or no JSON in it."""

    exchange: Exchange
    value: Any
    session: Session = attrs.field(repr=False)

    @property
    def status(self) -> int:
        """Its HTTP status."""
        return self.exchange.response.status_code

    @property
    def evidence(self) -> Evidence | None:
        """Whose promise its operation is."""
        return self.session.contract.evidence(self.session.contract.place(self.exchange.operation))

    def at(self, *tokens: str | int) -> Any:
        """Return what stands there, or NOTHING."""
        try:
            return look(self.value, tokens)
        except (LookupError, TypeError, ValueError):
            return NOTHING

    def need(self, *tokens: str | int) -> Any:
        """Return the value at the place. If there is none, the sequence ends, since it cannot continue."""
        found = self.at(*tokens)
        if found is NOTHING:
            self.session.lacks(self, tokens)
            raise UnsatisfiedAssumption
        return found

"""One answer of the server, read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis.errors import UnsatisfiedAssumption

from causerie_spec.evidence import Evidence
from causerie_spec.fault import Fault
from causerie_spec.pointer import Pointer, look

from ._story import Check, Exchange
from ._value import NOTHING, differences

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

    def is_allowed(self, at: Pointer, schema: Pointer) -> bool:
        """Say whether something stands there that the schema allows."""
        found = self.at(*at)
        return found is not NOTHING and self.session.contract.allows(schema, found)

    def differences(self, expected: Any, at: Pointer) -> Iterator[tuple[Pointer, Any, Any]]:
        """Yield the innermost places in which the value at the place differs from the expected one.

        A server that is no mock may have more in an object than the fields that the document names, and leave a field
        out that would be null.
        """
        is_loose = self.session.target.real
        for instance, want, got in differences(expected, self.at(*at), at):
            if not (is_loose and len(instance) > len(at) and self._is_open(instance, want, got)):
                yield instance, want, got

    def _is_open(self, instance: Pointer, want: Any, got: Any) -> bool:
        """Say whether the document leaves open whether the expected or the actual value stands there."""
        contract, about = self.session.contract, (self.exchange.operation, self.status)
        if want is NOTHING and contract.is_beside(*about, instance):
            return True
        is_named = contract.described(*about, instance) != contract.described(*about, instance[:-1])
        return is_named and all(each is None or each is NOTHING for each in (want, got))

    def need(self, *tokens: str | int) -> Any:
        """Return the value at the place. If there is none, the sequence ends, since it cannot continue."""
        found = self.at(*tokens)
        if found is NOTHING:
            self.session.lacks(self, tokens)
            raise UnsatisfiedAssumption
        return found


def contrary(fault: Fault, answer: Answer) -> Check:
    """Return what an answer with this fault should have been."""
    instance, keyword = fault.instance, fault.keyword
    if keyword == "status":
        return Check("status", (), "!=", answer.status)
    if keyword in {"content", "json"}:
        return Check("content", (), "!=", answer.exchange.response.content)
    if keyword == "content-type":
        return Check("header", ("content-type",), "!=", answer.exchange.response.headers.get("content-type"))
    if keyword == "required":
        return Check("body", instance, "there", None)
    return Check("body", instance, "!=", answer.at(*instance))

"""The records and the good bodies with which requests are made."""

from __future__ import annotations

import contextlib
import functools
from typing import Any

from hypothesis.errors import UnsatisfiedAssumption

from causerie_spec.documents import answer as place_of_answer

from .._marks import reaching
from .._writes import Own
from ._answer import Answer
from ._base import Base
from ._promise import Lacking
from ._session import Session


class Ground:
    """The records and the good bodies of one vendor, on the server of one session."""

    def __init__(self, session: Session, base: Base) -> None:
        self._session = session
        self._contract = session.contract
        self._base = base
        self._fresh = base.fresh(session)
        self._ids = _ready(session, base)
        self._bodies = {**base.bodies(self._ids), **self._allowed(base)}
        self._wanted = session.wanted
        #: Ids from answers. The records may belong to others, so only operations that read use them.
        self._seen = dict[str, str]()
        for operation in session.vendor.ids:
            self._see(operation)

    def _allowed(self, base: Base) -> dict[str, list[Any]]:
        """Return bodies that reach allowed people alone, for operations of a server that is no mock."""
        session, found = self._session, dict[str, list[Any]]()
        for operation in base.personal if session.target.real and session.recipients else ():
            write = session.vendor.writes[operation]
            bodies = [write.adapt(body, self._own) for body in base.bodies(self._ids).get(operation, ())]
            found[operation] = [body for body in bodies if not self._reaches_others(operation, body)]
        return found

    def _reaches_others(self, operation: str, body: Any) -> bool:
        """Return whether a server that is no mock might reach anybody with it who is not allowed."""
        if not self._session.target.real or operation not in self._base.personal:
            return False
        return bool(self._session.vendor.writes[operation].refusal(body, self._own))

    @functools.cached_property
    def _own(self) -> Own:
        session = self._session
        return Own(session.own_id("tag"), session.own_id("user"), session.recipients)

    @functools.cached_property
    def _apart(self) -> frozenset[str]:
        """The operations of a server that is no mock with which good requests might reach anybody."""
        session = self._session
        if not session.target.real:
            return frozenset()
        harmless = {name for name, write in session.vendor.writes.items() if write.harmless}
        return reaching(self._contract.document) - harmless - {*(self._base.personal if session.recipients else ())}

    def _judged_of(self, operation: str) -> set[str]:
        """Return the parameters and properties of which this server knows more than any schema can say."""
        referring = self._base.referring.get(operation, ()) if self._session.target.real else ()
        return {*self._base.judged.get(operation, ()), *referring}

    def _has_form(self, answer: Answer) -> bool:
        """Return whether anybody has said what an error of this status looks like; of a mock all do look alike."""
        place = self._contract.place(answer.exchange.operation)
        return (
            not self._session.target.real or place_of_answer(self._contract.document, place, answer.status) is not None
        )

    def _can(self, operation: str) -> bool:
        """Return whether everything that a good request needs is known."""
        has_body = self._contract.body(operation) is None or bool(self._bodies.get(operation))
        return has_body and self._has_path(operation)

    def _has_path(self, operation: str) -> bool:
        """Return whether all ids for the operation's path are known; the model may not know every parameter."""
        _, template = self._contract.operations[operation]
        return template.count("{") == len(self._path(operation))

    def _path(self, operation: str) -> dict[str, str]:
        method, template = self._contract.operations[operation]
        known = {**self._seen, **self._ids} if method == "get" else self._ids
        return {name: value for name, value in known.items() if f"{{{name}}}" in template}

    def _see(self, operation: str) -> None:
        """Remember ids from the answer of an operation that reads, unless a step has created such records."""
        vendor, (method, _) = self._session.vendor, self._contract.operations.get(operation, ("", ""))
        missing = {parameter for parameter, _, _ in vendor.ids[operation]} - self._ids.keys()
        if missing and method == "get" and self._has_path(operation):
            with contextlib.suppress(UnsatisfiedAssumption):  # why, is a finding already
                answer = self._session.call(operation, self._path(operation), self._query(operation))
                self._seen |= dict(vendor.named(operation, answer.value))

    def _query(self, operation: str) -> dict[str, str]:
        """Return a good query that contains the fixed values."""
        good = dict(self._base.queries.get(operation, {}))
        return good | {name: value for name, value in self._session.queries.items() if name in good}


def _ready(session: Session, base: Base) -> dict[str, str]:
    ids = dict[str, str]()
    for step in base.ready:
        try:
            step(session, ids)
        except Lacking as lacking:
            session.pass_over("bad requests", lacking.operation)
        except UnsatisfiedAssumption:  # why, is a finding already
            pass
    return {name: str(value) for name, value in ids.items()}  # a server may give numbers

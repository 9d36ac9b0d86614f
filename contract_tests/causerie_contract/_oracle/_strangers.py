"""Records of another tenant with unique texts, and reads of everything that the first tenant can read."""

from __future__ import annotations

import contextlib
from typing import Any

from hypothesis.errors import UnsatisfiedAssumption

from causerie_spec.pointer import Pointer, look

from ._base import Base
from ._bench import Bench
from ._kept import Kept
from ._session import Session
from ._value import NOTHING, there
from ._writing import Writing


def strangers(bench: Bench, base: Base) -> None:
    """Read everything after another tenant has created records. Every answer is checked for their texts."""
    if bench.target.other:
        bench.target.reset()
        _Strangers(Session(bench), base).run()


class _Strangers(Writing):
    def run(self) -> None:
        for kept in (each for each in self._base.kept if each.made or each.is_answered):
            if self._can(kept.operation) and kept.operation not in self._apart:
                with contextlib.suppress(UnsatisfiedAssumption):
                    self._make(kept)
        for operation in filter(self._can, self._wanted):
            if operation not in self._apart:
                with contextlib.suppress(UnsatisfiedAssumption):
                    self._say(operation)
        for operation in filter(self._can, self._wanted):
            if self._contract.operations[operation][0] == "get":
                with contextlib.suppress(UnsatisfiedAssumption):
                    self._session.call(operation, self._path(operation), self._query(operation), modelled=False)

    def _make(self, kept: Kept) -> None:
        """Create a record as the other tenant, ask for it as the first, and create one as the first."""
        own = self._path(kept.operation)
        theirs = {**self._base.theirs, **self._session.other_parameters}
        path = {name: theirs.get(name, value) for name, value in own.items()}
        if path == own and path:
            return  # it would have to work in a record of this tenant
        body = self._filled(kept, "theirs")
        made = self._session.call(kept.operation, path, {}, body, credential="other", modelled=False)
        made_id = made.at(*kept.made)
        if kept.parameter and isinstance(made_id, str):
            for place in (path, own):
                self._session.call(kept.read, {**place, kept.parameter: made_id}, {}, NOTHING, modelled=False)
        texts = {value for name in self._free_fields(kept) if isinstance(value := look(body, (*kept.sent, name)), str)}
        for each in (made_id, *sorted(texts)):
            if isinstance(each, str):
                self._seek(each)
        if self._reads(kept):
            written = self._send(kept.operation, self._filled(kept, "ours"))
            if written.status // 100 == 2:
                self._read(kept, written)

    def _say(self, operation: str) -> None:
        """Send unique texts as the other tenant and then as the first, where no record has to be there."""
        schema, (method, template) = self._contract.body(operation), self._contract.operations[operation]
        if schema is None or method != "post" or "{" in template:
            return
        body, judged = self._bodies[operation][0], self._judged_of(operation)
        for credential, text in (("other", self._text("theirs")), ("own", self._text("ours"))):
            fields: dict[Pointer, Any] = {
                place: text
                for place, _, described in self._contract.properties(schema, body, ())
                if len(place) == 1
                and there(body, place)
                and not {*place} & judged
                and self._contract.allows(described, text)
            }
            sent = self._body(operation, body, fields)
            if self._reaches_others(operation, sent):
                return
            if fields and self._contract.refused(operation, {}, sent) is None:
                self._session.call(operation, {}, {}, sent, credential=credential, modelled=False)

    def _seek(self, text: str) -> None:
        """Ask for another tenant's id or text in every parameter that may have any text."""
        for operation in filter(self._can, self._wanted):
            for name in self._contract.parameters(operation):
                query = {**self._query(operation), name: text}
                is_free = self._contract.refused(operation, {**query, name: "any text"}, NOTHING) is None
                if is_free and self._contract.operations[operation][0] == "get":
                    self._session.call(operation, self._path(operation), query, modelled=False)

    def _filled(self, kept: Kept, whose: str) -> Any:
        """Return a good body with values that no other tenant has in all fields that may have any."""
        fields = {(*kept.sent, name): make(whose) for name, make in self._free_fields(kept).items()}
        return self._body(kept.operation, self._bodies[kept.operation][0], fields)

"""Writes of records, and reads of the result."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from causerie_spec.pointer import Pointer

from .._text import decode
from ._answer import Answer
from ._ground import Ground
from ._kept import Kept
from ._value import NOTHING, changed, differences


class Writing(Ground):
    """Writes records, and reads them again."""

    def _body(self, operation: str, body: Any, fields: Mapping[Pointer, Any]) -> Any:
        """Return a good body with these values at these places."""
        made = self._fresh(operation, body)
        for place, value in fields.items():
            made = changed(made, place, value)
        return made

    def _send(self, operation: str, body: Any) -> Answer:
        return self._session.call(operation, self._path(operation), {}, body, modelled=False)

    def _free_fields(self, kept: Kept) -> dict[str, Callable[[str], Any]]:
        """Return the fields that may have any text or any object, each with what makes a unique value."""
        judged = (self._judged_of(kept.operation) | {*kept.naming}) - {*kept.taken}
        found = dict[str, Callable[[str], Any]]()
        for name, schema in kept.fields(self._contract).items():
            makes = (make for make in (self._text, self._object) if self._contract.allows(schema, make("other")))
            make = next(makes, None)
            if name in judged or make is None:
                continue
            body = self._body(kept.operation, self._bodies[kept.operation][0], {(*kept.sent, name): make("other")})
            if not self._reaches_others(kept.operation, body):
                found[name] = make
        return found

    def _text(self, what: str) -> str:
        return f"{self._session.own_id(what)} {what}"

    def _object(self, what: str) -> dict[str, str]:
        return {"1": self._text(what)}

    def _reads(self, kept: Kept) -> bool:
        """Return whether the written record can be read."""
        return self._can(kept.operation) and (bool(kept.parameter) or self._has_path(kept.read))

    def _read(self, kept: Kept, written: Answer) -> tuple[Answer, Pointer]:
        """Read a written record, and return the answer and the place of the record in it."""
        if kept.is_answered:
            return written, kept.shown
        path, made_id = self._path(kept.read), ""
        if kept.made:
            made_id = str(written.need(*kept.made))
        if kept.parameter:
            path = {**path, kept.parameter: made_id}
        read = self._session.ok(self._session.call(kept.read, path, modelled=False))
        place = kept.place(read.value, made_id)
        if place is None:
            self._session.relation(written, kept.made, "in", self._ids_in(kept, read), kept.promise)
            place = kept.shown
        return read, place

    def _ids_in(self, kept: Kept, read: Answer) -> Sequence[Any]:
        listed = read.at(*kept.shown)
        items = listed if isinstance(listed, list) else []
        return [Answer(read.exchange, each, self._session).at(*kept.identity) for each in items]

    def _shows(self, kept: Kept, written: Answer, expected: Mapping[str, Any]) -> None:
        """Expect these fields of the record to be returned as they were sent."""
        read, record = self._read(kept, written)
        for name, value in expected.items():
            if value is not NOTHING:
                place = kept.at(record, name)
                shown = _spelled(value, read.at(*place)) if name in kept.spelled else value
                self._session.same(read, place, shown, kept.promise)


def _spelled(value: Any, text: Any) -> str:
    """Return the JSON text that is expected for a value: the actual text, if it means the same."""
    with contextlib.suppress(TypeError, ValueError):
        if not any(differences(value, decode(text), ())):
            return str(text)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

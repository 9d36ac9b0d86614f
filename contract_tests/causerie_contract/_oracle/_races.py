"""Simultaneous requests about one record: no update is lost, and no read sees half of one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from hypothesis.errors import UnsatisfiedAssumption

from causerie_spec.behaviour import EVERY_VENDOR
from causerie_spec.pointer import Pointer

from ._answer import Answer
from ._base import Base
from ._bench import Bench
from ._kept import Kept
from ._promise import promises_of
from ._session import Session
from ._story import Sent
from ._together import Together
from ._value import NOTHING

_promise_of = promises_of(EVERY_VENDOR)
_KEPT = _promise_of("no-update-is-lost")
_WHOLE = _promise_of("updates-do-not-mix")
_SEEN = _promise_of("reader-sees-before-or-after")


def races(bench: Bench, base: Base) -> None:
    """Send simultaneous updates and reads of each record that can be read."""
    bench.target.reset()
    _Races(Session(bench), base).run()


class _Races(Together):
    def run(self) -> None:
        wanted = {*self._wanted} - self._apart
        for kept in filter(self._reads, self._base.kept):
            if kept.operation in wanted and not (kept.made or kept.is_answered or kept.naming):
                with contextlib.suppress(UnsatisfiedAssumption):
                    names = self._steady(kept)
                    tries = (self._different, self._same, self._reader) if names else ()
                    self._attempt(partial(attempt, kept, names) for attempt in tries)

    def _different(self, kept: Kept, names: list[str]) -> None:
        """Update different fields of a record at the same time."""
        for one, other in _pairs(names):
            before = {one: self._text("old"), other: self._text("old")}
            self._write(kept, before)
            writes = [{one: self._text(f"new {one}")}, {other: self._text(f"new {other}")}]
            answers = self._answered(*(self._update(kept, fields) for fields in writes))
            done = [fields for fields, answer in zip(writes, answers, strict=True) if answer.status // 100 == 2]
            read, record = self._read(kept, answers[-1])
            for fields in done:
                before |= fields
            for name, value in before.items():
                self._session.same(read, kept.at(record, name), value, _KEPT)

    def _same(self, kept: Kept, names: list[str]) -> None:
        """Update the same fields of a record at the same time."""
        writes = [dict.fromkeys(names, self._text(who)) for who in ("one", "other")]
        self._write(kept, dict.fromkeys(names, self._text("old")))
        answers = self._answered(*(self._update(kept, fields) for fields in writes))
        read, record = self._read(kept, answers[-1])
        done = [fields for fields, answer in zip(writes, answers, strict=True) if answer.status // 100 == 2]
        if done:
            self._is_one_of(kept, read, record, done)

    def _reader(self, kept: Kept, names: list[str]) -> None:
        """Read a record during an update."""
        old, new = (dict.fromkeys(names, self._text(what)) for what in ("old", "new"))
        self._write(kept, old)
        read = kept.read, self._sent(kept.read, NOTHING)
        for answer in self._during(self._update(kept, new), read):
            if answer.status // 100 == 2:
                self._is_one_of(kept, answer, kept.shown, [old, new], promise=_SEEN)

    def _is_one_of(
        self, kept: Kept, read: Answer, record: Pointer, allowed: list[dict[str, Any]], promise: Any = _WHOLE
    ) -> None:
        """Expect all fields of the record to come from one of these updates."""
        nearest = max(
            allowed, key=lambda fields: sum(read.at(*kept.at(record, name)) == each for name, each in fields.items())
        )
        for name, value in nearest.items():
            self._session.same(read, kept.at(record, name), value, promise)

    def _write(self, kept: Kept, fields: Mapping[str, Any]) -> Answer:
        return self._session.ok(self._session.send(*self._update(kept, fields)))

    def _update(self, kept: Kept, fields: Mapping[str, Any]) -> tuple[str, Sent]:
        body: Any = dict(fields)
        for token in reversed(kept.sent):
            body = {token: body}
        return kept.operation, self._sent(kept.operation, body)

    def _names(self, kept: Kept) -> list[str]:
        """Return the names of a few fields that may have any text."""
        fields = kept.fields(self._contract).items()
        judged = self._judged_of(kept.operation)
        names = [
            name for name, schema in fields if name not in judged and self._contract.allows(schema, self._text(""))
        ]
        return names[:4]

    def _steady(self, kept: Kept) -> list[str]:
        """Return the names of the fields that store a text unchanged if there is only one writer."""
        written = dict.fromkeys(self._names(kept), self._text("before"))
        read, record = self._read(kept, self._write(kept, written))
        return [name for name, text in written.items() if read.at(*kept.at(record, name)) == text]


def _pairs(names: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the names in pairs."""
    return zip(names[::2], names[1::2], strict=False)

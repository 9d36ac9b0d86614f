"""Requests that a careless server takes for one another: each gets an answer of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from causerie_spec.behaviour import EVERY_VENDOR
from causerie_spec.pointer import Pointer, look

from ._base import Base
from ._bench import Bench
from ._kept import Kept
from ._promise import promises_of
from ._session import Session
from ._story import Sent
from ._together import LATER, Together
from ._value import NOTHING, changed

_promise_of = promises_of(EVERY_VENDOR)
_TWO = _promise_of("equal-creates-are-two")
_OWN = _promise_of("request-gets-its-own-answer")
_UNIQUE = _promise_of("unique-stays-unique")


def crossings(bench: Bench, base: Base) -> None:
    """Send simultaneous and equal requests whose answers must be different."""
    bench.target.reset()
    _Crossings(Session(bench), base).run()


class _Crossings(Together):
    def run(self) -> None:
        self._attempt(self._attempts())

    def _attempts(self) -> Iterator[Callable[[], None]]:
        for kept in (each for each in self._base.kept if each.operation in {*self._wanted} - self._apart):
            if kept.made and self._reads(kept):
                if kept.operation not in self._base.judged:
                    yield partial(self._two_creates, kept)
                yield from (partial(self._twins, kept, body) for body in self._unique(kept))
            if (kept.is_answered or kept.made) and self._reads(kept):
                yield partial(self._writers, kept)
        for operation in filter(self._can, self._wanted):
            if operation not in self._apart:
                yield from (partial(self._repeated, operation, place) for place in self._made(operation))
            if self._contract.operations[operation][0] == "get" and self._path(operation):
                yield partial(self._readers, operation)

    def _made(self, operation: str) -> Iterator[Pointer]:
        """Yield the places where answers of an operation that creates something have its id."""
        vendor, (method, _) = self._session.vendor, self._contract.operations[operation]
        if method == "post":
            write = vendor.writes.get(operation)
            if write is not None and write.makes is not None and not write.continues:
                yield write.makes
            yield from (place for _, items, place in vendor.ids.get(operation, ()) if not items)

    def _two_creates(self, kept: Kept) -> None:
        """Create two records with equal requests at the same time."""
        first, second = self._answered(*self._pair(kept, self._bodies[kept.operation][0]))
        if first.status // 100 == second.status // 100 == 2:
            self._session.relation(second, kept.made, "!=", first.at(*kept.made), _TWO)

    def _repeated(self, operation: str, place: Pointer) -> None:
        """Send a good request twice. A server that requires unique values may refuse the second one."""
        body = self._body(operation, self._bodies[operation][0], {}) if self._bodies.get(operation) else NOTHING
        first, second = (self._session.send(operation, self._sent(operation, body)) for _ in range(2))
        if first.status // 100 == second.status // 100 == 2:
            at = (0, *place) if isinstance(second.value, list) else place
            self._session.relation(second, at, "!=", first.at(*at), _TWO)

    def _readers(self, operation: str) -> None:
        """Read a record and, at the same time, one that does not exist."""
        path = self._path(operation)
        name = list(path)[-1]
        requests = [
            (operation, self._sent(operation, NOTHING, each)) for each in (path, {**path, name: f"{path[name]}0"})
        ]
        known, missing = (self._session.send(*each).status for each in requests)
        if known // 100 == 2 and missing // 100 == 4:
            found, refused = self._at_once(*requests)
            if found.status not in LATER:
                self._session.ok(found, _OWN)
            if refused.status not in LATER:
                self._session.refused(refused, (missing,), _OWN)

    def _writers(self, kept: Kept) -> None:
        """Send two different bodies at the same time: each answer shows what was written, or leads to it."""
        fields = self._free_fields(kept)
        if not fields:
            return
        given = [{name: make(who) for name, make in fields.items()} for who in ("one", "other")]
        answers = self._at_once(*(self._write(kept, each) for each in given))
        for answer, values in zip(answers, given, strict=True):
            if answer.status // 100 == 2:
                self._shows(kept, answer, values)

    def _write(self, kept: Kept, fields: dict[str, Any]) -> tuple[str, Sent]:
        body = {**self._bodies[kept.operation][0], **kept.besides}
        places = {(*kept.sent, name): value for name, value in fields.items()}
        return kept.operation, self._sent(kept.operation, self._body(kept.operation, body, places))

    def _unique(self, kept: Kept) -> Iterator[Any]:
        """Yield good bodies, one for each field that no two records may have in common."""
        judged = self._base.judged.get(kept.operation, ())
        for body in self._bodies[kept.operation]:
            record = look(body, kept.sent)
            for name in sorted({*judged} & {*record}):
                others = {other: value for other, value in record.items() if other not in judged}
                yield changed(body, kept.sent, {**others, name: record[name]})

    def _twins(self, kept: Kept, body: Any) -> None:
        """Create two records with equal requests at the same time, if the server refuses the second of them alone."""
        alone = [self._session.send(*each).status for each in self._pair(kept, body)]
        if alone[0] // 100 != 2 or alone[1] // 100 != 4:
            return
        answers = self._at_once(*self._pair(kept, body))
        made = [answer.at(*kept.made) for answer in answers if answer.status // 100 == 2]
        if len(made) > 1 and made[0] != made[1]:
            self._session.refused(answers[1], (alone[1],), _UNIQUE)

    def _pair(self, kept: Kept, body: Any) -> list[tuple[str, Sent]]:
        return [(kept.operation, self._sent(kept.operation, self._body(kept.operation, body, {})))] * 2

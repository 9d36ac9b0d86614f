"""Every text and value in every field that allows it: accepted values must be returned as they were sent."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis.errors import UnsatisfiedAssumption

from causerie_spec.fault import Fault
from causerie_spec.pointer import Pointer, describing, look, resolve, spell

from ._base import Base
from ._bench import Bench
from ._corpus import CORPUS, DEEP, texts, values
from ._kept import Kept, asides, leaves
from ._machine import OBJECTS
from ._session import Session
from ._story import Check
from ._value import NOTHING, there
from ._writing import Writing

#: More items than a careless server stores.
_MANY = 150


def values_everywhere(bench: Bench, base: Base) -> None:
    """Write every text and every value into every field."""
    bench.target.reset()
    _Values(Session(bench), base).run()


class _Values(Writing):
    def __init__(self, session: Session, base: Base) -> None:
        super().__init__(session, base)
        self._ready = len(session.exchanges)
        self._kept = {each.operation: each for each in base.kept}

    def run(self) -> None:
        for operation in filter(self._can, sorted({*self._wanted} - self._apart, key=self._wanted.index)):
            for body in map(functools.partial(self._whole, operation), self._bodies.get(operation, ())):
                with contextlib.suppress(UnsatisfiedAssumption):  # what is known hides no other operation
                    self._texts(operation, body)
        for kept in filter(self._reads, self._base.kept):
            if kept.operation in {*self._wanted} - self._apart:
                with contextlib.suppress(UnsatisfiedAssumption):
                    self._all_values(kept)

    def _whole(self, operation: str, body: Any) -> Any:
        """Return a good body with the fields that it needs to be stored."""
        kept = self._kept.get(operation)
        return {**body, **kept.besides} if kept is not None and isinstance(body, dict) else body

    def _texts(self, operation: str, body: Any) -> None:
        schema = self._contract.body(operation)
        if schema is None or not isinstance(body, dict):
            return
        fields = {
            place: [*texts(self._contract, described)]
            for place, described in leaves(self._contract.document, schema, body, self._takes_texts)
            if self._is_free(operation, place, body)
        }
        self._rounds(operation, body, fields)
        places = asides(self._contract.document, schema, body)
        self._rounds(operation, body, {place: [*CORPUS] for place in places if self._is_free(operation, place, body)})

    def _takes_texts(self, described: Pointer) -> bool:
        """Return whether the document allows any text there."""
        node = look(self._contract.document, resolve(self._contract.document, described))
        return "format" not in node and all(self._contract.allows(described, text) for text in CORPUS[:3])

    def _is_free(self, operation: str, place: Pointer, body: Any) -> bool:
        """Return whether only the document decides which texts are allowed there."""
        judged = self._judged(operation)
        tried = self._body(operation, body, {place: CORPUS[0]})
        return judged.isdisjoint(place) and self._contract.refused(operation, {}, tried) is None

    def _judged(self, operation: str) -> set[str]:
        """Return the fields whose values are not decided by the document alone."""
        judged, kept = self._judged_of(operation), self._kept.get(operation)
        return judged if kept is None else (judged | {*kept.naming}) - {*kept.taken}

    def _all_values(self, kept: Kept) -> None:
        schema, body = self._contract.body(kept.operation), self._whole(kept.operation, self._bodies[kept.operation][0])
        assert schema is not None
        shown = {*kept.fields(self._contract)} - self._judged(kept.operation)
        fields = dict[Pointer, list[Any]]()
        for name in sorted(shown):
            place = (*kept.sent, name)
            described = describing(self._contract.document, schema, place)
            if found := [*values(self._contract, described), *self._long(described, body, place)]:
                fields[place] = found
        self._rounds(kept.operation, body, fields)
        inner = {
            place: [*values(self._contract, described)]
            for place, described in leaves(self._contract.document, schema, body, self._takes_objects)
            if place not in fields and place[len(kept.sent)] in shown
        }
        self._rounds(kept.operation, body, inner)

    def _long(self, described: Pointer, body: Any, place: Pointer) -> Iterator[Any]:
        """Yield a list of many items that are like the first item of a good body."""
        if there(body, (*place, 0)):
            many = [look(body, (*place, 0))] * _MANY
            if self._contract.allows(described, many):
                yield many

    def _takes_objects(self, described: Pointer) -> bool:
        """Return whether the document allows any object there."""
        takes = (self._contract.allows(described, value) for value in (*OBJECTS, *DEEP))
        return not self._contract.closed(described) and all(takes)

    def _rounds(self, operation: str, body: Any, fields: Mapping[Pointer, list[Any]]) -> None:
        """Write all fields at once, each with its next value, until every value has been written."""
        fields = {
            place: some
            for place, some in fields.items()
            if not self._reaches_others(operation, self._body(operation, body, {place: some[0]}))
        }
        for number in range(max(map(len, fields.values()), default=0)):
            given = {place: some[(number + index) % len(some)] for index, (place, some) in enumerate(fields.items())}
            sent = self._body(operation, body, given)
            if self._contract.refused(operation, {}, sent) is not None:
                continue
            answer = self._send(operation, sent)
            if answer.status // 100 != 2:
                # The server may have reasons to refuse that the document does not describe.
                if answer.status not in {400, 404} or operation not in self._base.judged:
                    self._blame(operation, body, given)
            elif (kept := self._kept.get(operation)) is not None and self._reads(kept):
                names = kept.fields(self._contract)
                record = look(sent, kept.sent)
                self._shows(kept, answer, {name: record.get(name, NOTHING) for name in names})
            self._session.forget(len(self._session.exchanges) - self._ready)

    def _blame(self, operation: str, body: Any, given: Mapping[Pointer, Any]) -> None:
        """Report the values that the server refuses: one by one, or all together if none is refused alone."""
        alone = {place: {place: value} for place, value in given.items()}
        refused = [place for place, fields in alone.items() if self._is_refused(operation, body, fields, place)]
        if not refused:
            self._is_refused(operation, body, given, ())

    def _is_refused(self, operation: str, body: Any, fields: Mapping[Pointer, Any], place: Pointer) -> bool:
        """Return whether the server refuses these fields, and report a refusal."""
        answer = self._send(operation, self._body(operation, body, fields))
        if answer.status // 100 == 2:
            return False
        schema = self._contract.body(operation)
        assert schema is not None
        described = dict(leaves(self._contract.document, schema, body, self._takes_texts)).get(place, schema)
        problem = f"the answer to what the document allows was a {answer.status}"
        fault = Fault((), "model: allowed", problem, described)
        self._session.verdict(answer, fault, Check("status", (), "<", 300), f"body {spell(place)}")
        return True

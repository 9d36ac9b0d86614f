"""Simultaneous updates by any operations: each does all of what it does alone, and no reader sees half of one."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import attrs
from hypothesis.errors import UnsatisfiedAssumption

from causerie_spec.behaviour import EVERY_VENDOR
from causerie_spec.pointer import Pointer, look

from ._answer import Answer
from ._base import Base
from ._bench import Bench
from ._promise import Promise, promises_of
from ._session import Session
from ._story import Sent
from ._together import Together
from ._value import NOTHING, changed, differences, there

_promise_of = promises_of(EVERY_VENDOR)
_KEPT = _promise_of("no-update-is-lost")
_WHOLE = _promise_of("updates-do-not-mix")
_OWN = _promise_of("request-gets-its-own-answer")
_SEEN = _promise_of("reader-sees-before-or-after")
#: A larger number is no counter, but may be a time.
_COUNTED = 10**6
#: The methods of updates.
_UPDATES = ("put", "patch")


@attrs.frozen
class _Update:
    """Two bodies of an operation, and the values that a reader sees after each of them."""

    operation: str
    bodies: tuple[Any, Any]
    #: By place in the reader's answer.
    shown: Mapping[Pointer, tuple[Any, Any]]
    #: By place in the answers to the updates themselves.
    answered: Mapping[Pointer, tuple[Any, Any]]


def merges(bench: Bench, base: Base) -> None:
    """Send simultaneous updates of what can be read, and reads during updates."""
    bench.target.reset()
    _Merges(Session(bench), base).run()


class _Merges(Together):
    def run(self) -> None:
        for read in filter(self._can, self._base.watched):
            for make in (self._of_additions, self._of_updates):
                with contextlib.suppress(UnsatisfiedAssumption):  # why, is a finding already
                    self._attempt(make(read))

    def _of_additions(self, read: str) -> Iterator[Callable[[], None]]:
        for each in list(self._additions(read)):
            yield partial(self._added, read, *each)

    def _of_updates(self, read: str) -> Iterator[Callable[[], None]]:
        updates = list(self._updates(read))
        for each in updates:
            yield partial(self._one, read, each)
            yield partial(self._during_it, read, each)
        # The last update of an operation writes most.
        for each in {update.operation: update for update in updates}.values():
            yield from (partial(self._beside, read, *other) for other in self._others(read, each))
        for pair in itertools.combinations(updates, 2):
            if pair[0].operation != pair[1].operation and self._are_independent(read, *pair):
                yield partial(self._both, read, *pair)

    def _updates(self, read: str) -> Iterator[_Update]:
        """Yield the updates that a reader sees: what changes with time, or with each update, is left out."""
        for operation in self._wanted:
            is_update = self._contract.operations[operation][0] in _UPDATES
            if (
                not is_update
                or operation in self._apart
                or not self._can(operation)
                or not self._shares(operation, read)
            ):
                continue
            kinds = set[str]()
            for kind, bodies in self._variants(operation):
                if kind in kinds:
                    continue
                seen = [self._after(read, operation, body) for body in (*bodies, *bodies)]
                if any(state is NOTHING for _, state in seen):
                    continue
                answered, shown = (_steady([*each]) for each in zip(*seen, strict=True))
                if shown:
                    kinds.add(kind)
                    yield _Update(operation, bodies, shown, answered)

    def _shares(self, operation: str, read: str) -> bool:
        """Return whether an operation is about the record that the reader sees."""
        return bool(self._path(read)) and self._path(read).items() <= self._path(operation).items()

    def _additions(self, read: str) -> Iterator[tuple[str, Pointer, int]]:
        """Yield the operations that make a list or a counter of the reader larger, its place, and by how much."""
        for operation in self._posts(read):
            before = dict(_sizes(self._state(read), ()))
            after = [dict(_sizes(self._after(read, operation, self._good_body(operation))[1], ())) for _ in "12"]
            for at in after[0]:
                sizes = [each.get(at, 0) for each in (before, *after)]
                if 0 < sizes[2] - sizes[1] == sizes[1] - sizes[0]:
                    yield operation, at, sizes[2] - sizes[1]

    def _added(self, read: str, operation: str, at: Pointer, more: int) -> None:
        """Send two additions at the same time: both are seen afterwards."""
        begin = self._base.watched[read]
        before = dict(_sizes(self._state(read), ())).get(at, 0)
        requests = [(operation, self._sent(operation, self._good_body(operation))) for _ in "12"]
        done = [answer for answer in self._answered(*requests) if answer.status // 100 == 2]
        seen, expected = self._look(read), before + more * len(done)
        if (size := dict(_sizes(seen.at(*begin), ())).get(at, 0)) < expected:
            self._session.wrong(seen, (*begin, *at), f"{size} are there in place of at least {expected}", _KEPT)

    def _good_body(self, operation: str) -> Any:
        """Return a good body with which the server stores what is sent; NOTHING for an operation without one."""
        body = next(iter(self._bodies.get(operation, ())), NOTHING)
        besides = next((each.besides for each in self._base.kept if each.operation == operation), {})
        return {**self._body(operation, body, {}), **besides} if isinstance(body, dict) else body

    def _variants(self, operation: str) -> Iterator[tuple[str, tuple[Any, Any]]]:
        """Yield pairs of good bodies and the kind of what differs: a listed value, a list, a text, or all texts."""
        body, schema = next(iter(self._bodies.get(operation, ())), NOTHING), self._contract.body(operation)
        if schema is None or not isinstance(body, dict):
            return
        judged, texts = self._judged_of(operation), (body, body)
        for place, _, described in self._contract.properties(schema, body, ()):
            kind, values = "value", look(self._contract.document, described).get("enum", [])
            if there(body, (*place, 0)):
                listed = look(body, place)
                kind, values = f"list {place}", [listed[:1] * 3, listed[-1:] * 4]
            elif not values and not {*place} & judged:
                kind, values = "text", [self._text("one"), self._text("other")]
                if not self._contract.allows(described, values[0]):
                    kind, values = "list of texts", [[each] for each in values]
            pair = self._pair(operation, (body, body), place, values)
            if pair is not None:
                yield kind, pair
                if "text" in kind:
                    texts = self._pair(operation, texts, place, values) or texts
        yield "texts", texts

    def _pair(self, operation: str, pair: tuple[Any, Any], place: Pointer, values: list[Any]) -> tuple[Any, Any] | None:
        """Return two bodies with a value each, or None where the document allows no two such bodies."""
        bodies = [changed(body, place, value) for body, value in zip(pair, values, strict=False)]
        if len(bodies) < 2 or any(self._contract.refused(operation, {}, each) for each in bodies):
            return None
        return bodies[0], bodies[1]

    def _after(self, read: str, operation: str, body: Any) -> tuple[Any, Any]:
        """Return the answer to an update and what a reader sees after it; NOTHING where the server refuses it."""
        answer = self._session.send(operation, self._sent(operation, body))
        return answer.value, self._state(read) if answer.status // 100 == 2 else NOTHING

    def _state(self, read: str) -> Any:
        return self._look(read).at(*self._base.watched[read])

    def _look(self, read: str) -> Answer:
        return self._session.ok(self._session.send(read, self._sent(read, NOTHING)))

    def _both(self, read: str, one: _Update, other: _Update) -> None:
        """Send two updates of different things at the same time: both are seen afterwards, as after one another."""
        for update in (one, other):
            self._after(read, update.operation, update.bodies[0])
        answers = self._answered(*map(self._second, (one, other)))
        seen = self._look(read)
        for answer, update in zip(answers, (one, other), strict=True):
            if answer.status // 100 == 2:
                self._is_seen(seen, read, update, [1], _KEPT)

    def _posts(self, read: str) -> Iterator[str]:
        """Yield the operations that add something to the record, and are no updates of it."""
        for operation in self._wanted:
            is_post = self._contract.operations[operation][0] == "post"
            reaches = operation in self._base.reaching or self._shares(operation, read)
            if is_post and reaches and self._can(operation) and operation not in self._apart:
                yield operation

    def _others(self, read: str, update: _Update) -> Iterator[tuple[str, _Update]]:
        """Yield the operations that write something else into the record, and what they leave of the update."""
        for operation in self._posts(read):
            write, second = (operation, self._sent(operation, self._good_body(operation))), self._second(update)
            left = self._left(read, update, (write, second)) & self._left(read, update, (second, write))
            if left:
                yield operation, attrs.evolve(update, shown={at: update.shown[at] for at in left})

    def _left(self, read: str, update: _Update, requests: Iterable[tuple[str, Sent]]) -> set[Pointer]:
        """Return the places where an update is seen after these requests, one after the other."""
        self._after(read, update.operation, update.bodies[0])
        if any(self._session.send(*each).status // 100 != 2 for each in requests):
            return set()
        seen = self._state(read)
        return {at for at, (_, second) in update.shown.items() if _at(seen, at) == second}

    def _beside(self, read: str, operation: str, update: _Update) -> None:
        """Send an update and another write at the same time: the update is seen afterwards."""
        self._after(read, update.operation, update.bodies[0])
        write = operation, self._sent(operation, self._good_body(operation))
        answers = self._answered(write, self._second(update))
        if answers[1].status // 100 == 2:
            self._is_seen(self._look(read), read, update, [1], _KEPT)

    def _are_independent(self, read: str, one: _Update, other: _Update) -> bool:
        """Return whether two updates change different things, in any order."""
        for pair in ((one, other), (other, one)):
            for update in pair:
                self._after(read, update.operation, update.bodies[0])
            for update in pair:
                if self._session.send(*self._second(update)).status // 100 != 2:
                    return False  # one of them may forbid the other
            seen = self._state(read)
            if any(_at(seen, at) != second for update in pair for at, (_, second) in update.shown.items()):
                return False
        return True

    def _second(self, update: _Update) -> tuple[str, Sent]:
        return update.operation, self._sent(update.operation, update.bodies[1])

    def _one(self, read: str, update: _Update) -> None:
        """Send both bodies of an update at the same time: one of them is seen afterwards."""
        answers = self._answered(*((update.operation, self._sent(update.operation, body)) for body in update.bodies))
        done = [index for index, answer in enumerate(answers) if answer.status // 100 == 2]
        self._is_seen(self._look(read), read, update, done, _WHOLE)
        for index in done:
            for at, pair in update.answered.items():
                self._session.same(answers[index], at, pair[index], _OWN)

    def _during_it(self, read: str, update: _Update) -> None:
        """Read during an update: what was there before is seen, or what is there afterwards."""
        self._after(read, update.operation, update.bodies[0])
        for answer in self._during(self._second(update), (read, self._sent(read, NOTHING))):
            if answer.status // 100 == 2:
                self._is_seen(answer, read, update, [0, 1], _SEEN)

    def _is_seen(self, answer: Answer, read: str, update: _Update, allowed: list[int], promise: Promise) -> None:
        """Expect a reader to see the values after one of the bodies, whose numbers are these."""
        begin = self._base.watched[read]

        def agreeing(index: int) -> int:
            return sum(
                not any(differences(pair[index], answer.at(*begin, *at), ())) for at, pair in update.shown.items()
            )

        if allowed:
            nearest = max(allowed, key=agreeing)
            for at, pair in update.shown.items():
                self._session.same(answer, (*begin, *at), pair[nearest], promise)


def _steady(values: list[Any]) -> dict[Pointer, tuple[Any, Any]]:
    """Return where two values differ that were seen twice in turn, without what also differs between the two times."""
    first, second, *again = values
    moving = {at for one, other in zip((first, second), again, strict=True) for at, *_ in differences(one, other, ())}
    found = {at: (one, other) for at, one, other in differences(first, second, ())}
    return {at: pair for at, pair in found.items() if not any(_is_within(at, each) for each in moving)}


def _sizes(value: Any, at: Pointer) -> Iterator[tuple[Pointer, int]]:
    """Yield the places of all lists and counters that are in no list, with their sizes."""
    if isinstance(value, list):
        yield at, len(value)
    elif type(value) is int and value < _COUNTED:
        yield at, value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _sizes(each, (*at, name))


def _is_within(one: Pointer, other: Pointer) -> bool:
    """Return whether one of two places is within the other, or the same."""
    return one[: len(other)] == other or other[: len(one)] == one


def _at(value: Any, place: Pointer) -> Any:
    return look(value, place) if there(value, place) else NOTHING

"""Ids of records that are there, spelled otherwise: nothing is found by them, and nothing breaks."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from hypothesis.errors import UnsatisfiedAssumption

from causerie_spec.behaviour import EVERY_VENDOR

from ._base import Base
from ._bench import Bench
from ._promise import promises_of
from ._session import Session
from ._value import NOTHING
from ._writing import Writing

_promise_of = promises_of(EVERY_VENDOR)
_SPELLING = _promise_of("id-has-one-spelling")
#: What a server answers to an id of nothing, and to what is no id at all.
_REFUSALS = (400, 403, 404, 414, 422)


def spellings(bench: Bench, base: Base) -> None:
    """Ask for every record in the path of an operation by texts that are almost its id."""
    bench.target.reset()
    _Spellings(Session(bench), base).run()


class _Spellings(Writing):
    def run(self) -> None:
        ready = len(self._session.exchanges)
        for operation in filter(self._can, self._wanted):
            # What it removed, the next operations would need.
            if self._contract.operations[operation][0] != "delete":
                with contextlib.suppress(UnsatisfiedAssumption):  # what is known hides no other operation
                    self._asks(operation, ready)

    def _asks(self, operation: str, ready: int) -> None:
        good = self._path(operation)
        if self._contract.operations[operation][0] == "get" and good:
            # A server may know it by another spelling only once it has found it.
            self._session.call(operation, good, self._query(operation), modelled=False)
        for name, right in good.items():
            for text in _near(right):
                body = self._fresh(operation, self._bodies[operation][0]) if self._bodies.get(operation) else NOTHING
                path = {**good, name: text}
                answer = self._session.call(operation, path, self._query(operation), body, modelled=False)
                self._session.refused(answer, _REFUSALS, _SPELLING)
                self._session.forget(len(self._session.exchanges) - ready)


def _near(right: str) -> Iterator[str]:
    """Yield texts that are almost the id, and some that no id looks like."""
    yield from (each for each in (right.upper(), right.lower(), right.title()) if each != right)
    yield from (f" {right}", f"{right} ", f"{right}\n", right[:-1], f"{right}0", f'{right}"', f"{right}' OR '1'='1")
    yield from (f"{right}%", f"{right}\0", f"{right}🙂", "(", "7", right + "x" * 3000)

"""Misspelled ids of existing records: nothing is found with them, and no server error occurs."""

from __future__ import annotations

import contextlib
import re
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
#: What stands between the parts of an id.
_SEPARATOR = re.compile(r"[-_.:]")
#: The statuses for an unknown id, and for an invalid one.
_REFUSALS = (400, 403, 404, 414, 422)
#: Ids that count: of every other number there may be a record, which is somebody else's.
_NUMBER = re.compile(r"(?:\w*[_-])?[0-9]+")


def spellings(bench: Bench, base: Base) -> None:
    """Ask for the records in the paths of all operations with texts that are almost their ids."""
    bench.target.reset()
    _Spellings(Session(bench), base).run()


class _Spellings(Writing):
    def run(self) -> None:
        ready = len(self._session.exchanges)
        for operation in filter(self._can, self._wanted):
            # The next operations need what it would delete.
            if self._contract.operations[operation][0] != "delete":
                with contextlib.suppress(UnsatisfiedAssumption):  # a known fault must not hide others
                    self._asks(operation, ready)

    def _asks(self, operation: str, ready: int) -> None:
        good = self._path(operation)
        if self._contract.operations[operation][0] == "get" and good:
            # A cache may accept another spelling only after it has seen the right one.
            self._session.call(operation, good, self._query(operation), modelled=False)
        for name, right in good.items():
            for text in misspelled(right):
                body = self._fresh(operation, self._bodies[operation][0]) if self._bodies.get(operation) else NOTHING
                path = {**good, name: text}
                answer = self._session.call(operation, path, self._query(operation), body, modelled=False)
                self._session.refused(answer, _REFUSALS, _SPELLING)
                self._session.forget(len(self._session.exchanges) - ready)


def misspelled(right: str) -> Iterator[str]:
    """Yield texts that are almost the id, and some that cannot be ids."""
    yield from (each for each in (right.upper(), right.lower(), right.title()) if each != right)
    yield from (f" {right}", f"{right} ", f"{right}\n", f'{right}"', f"{right}' OR '1'='1")
    yield from (f"{right}%", f"{right}\0", f"{right}🙂", "(", right + "x" * 3000)
    if not _NUMBER.fullmatch(right):
        parts = (right.replace("-", ""), _SEPARATOR.split(right)[-1])
        # An empty text would be another path.
        yield from (
            f"{right}0",
            "7",
            f"{{{right}}}",
            f"urn:uuid:{right}",
            *(each for each in (right[:-1], *parts) if each not in {"", right}),
        )

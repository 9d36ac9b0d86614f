"""Records of another tenant with unique texts, and reads of everything that the first tenant can read."""

from __future__ import annotations

import contextlib

from hypothesis.errors import UnsatisfiedAssumption

from ._base import Base
from ._bench import Bench
from ._kept import Kept
from ._session import Session
from ._value import NOTHING
from ._writing import Writing


def strangers(bench: Bench, base: Base) -> None:
    """Read everything after another tenant has created records. Every answer is checked for their texts."""
    if bench.target.other:
        bench.target.reset()
        _Strangers(Session(bench), base).run()


class _Strangers(Writing):
    def run(self) -> None:
        for kept in (each for each in self._base.kept if each.made and self._can(each.operation)):
            with contextlib.suppress(UnsatisfiedAssumption):
                self._make(kept)
            for operation in filter(self._can, self._wanted):
                if self._contract.operations[operation][0] == "get":
                    with contextlib.suppress(UnsatisfiedAssumption):
                        self._session.call(operation, self._path(operation), self._query(operation), modelled=False)

    def _make(self, kept: Kept) -> None:
        """Create a record as the other tenant, and ask for it as the first."""
        theirs = {**self._base.theirs, **self._session.other_parameters}
        fields = {
            (*kept.sent, name): f"{self._session.own_id(f'{kept.operation} {name}')} is theirs"
            for name, schema in kept.fields(self._contract).items()
            if name not in self._base.judged.get(kept.operation, ()) and self._contract.allows(schema, "x" * 60)
        }
        body = self._body(kept.operation, self._bodies[kept.operation][0], fields)
        path = {**self._path(kept.operation), **theirs}
        path = {name: value for name, value in path.items() if name in self._path(kept.operation)}
        if path == self._path(kept.operation) and path:
            return  # it would have to work in a record of this tenant
        made = self._session.call(kept.operation, path, {}, body, credential="other", modelled=False)
        made_id = made.at(*kept.made)
        if kept.parameter and isinstance(made_id, str):
            for place in (path, self._path(kept.operation)):
                self._session.call(kept.read, {**place, kept.parameter: made_id}, {}, NOTHING, modelled=False)

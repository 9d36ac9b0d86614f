"""What a run finds to send requests about: records that are there, and good bodies."""

from __future__ import annotations

from hypothesis.errors import UnsatisfiedAssumption

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
        self._bodies = base.bodies(self._ids)
        self._wanted = session.wanted

    def _can(self, operation: str) -> bool:
        """Say whether there is what a good request needs."""
        has_body = self._contract.body(operation) is None or bool(self._bodies.get(operation))
        return has_body and self._has_path(operation)

    def _has_path(self, operation: str) -> bool:
        """Say whether there is what the operation's path needs: the model may not know of all that it names."""
        _, template = self._contract.operations[operation]
        return template.count("{") == len(self._path(operation))

    def _path(self, operation: str) -> dict[str, str]:
        _, template = self._contract.operations[operation]
        return {name: value for name, value in self._ids.items() if f"{{{name}}}" in template}

    def _query(self, operation: str) -> dict[str, str]:
        """Return a good query, in which the fixed values stand."""
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
    return ids

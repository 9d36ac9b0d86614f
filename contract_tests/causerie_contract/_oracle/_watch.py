"""Looks at what there is, before and after requests that must not change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from causerie_spec.behaviour import EVERY_VENDOR

from ._answer import Answer
from ._base import Base
from ._ground import Ground
from ._promise import promises_of
from ._session import Session
from ._story import Sent

_promise_of = promises_of(EVERY_VENDOR)
_UNCHANGED = _promise_of("refused-request-changes-nothing")


class Changed(Exception):
    """One of several refused requests has changed something; `report` says so without naming the one."""

    def __init__(self, report: Callable[[], None]) -> None:
        super().__init__()
        self.report = report


class Watch(Ground):
    """Sends requests one by one, and looks at what refused ones have changed."""

    def __init__(self, session: Session, base: Base, *, careful: bool) -> None:
        super().__init__(session, base)
        #: Whether to look after each request, not after several.
        self._careful = careful
        #: The watched operations, for which there is something to look at.
        self._watched = [operation for operation in base.watched if self._can(operation)]
        self._ready = len(session.exchanges)
        #: What the watched operations showed last, as long as no accepted request may have changed it.
        self._before = dict[str, Any]()
        #: The watched operations that were not looked at since requests were refused.
        self._unseen = set[str]()

    def _call(
        self,
        operation: str,
        query: Mapping[str, str],
        body: Any,
        credential: str = "own",
        path: Mapping[str, str] | None = None,
    ) -> Answer:
        path = path or self._path(operation)
        return self._session.call(operation, path, query, body, credential=credential, modelled=False)

    def _raw(self, operation: str, content: bytes, media_type: str | None, credential: str = "own") -> Answer:
        method, template = self._contract.operations[operation]
        sent = Sent(method.upper(), template, self._path(operation), {}, content, media_type, credential)
        return self._session.send(operation, sent)

    def _watch(self, operation: str) -> Answer:
        return self._session.call(operation, self._path(operation), self._query(operation))

    def _begin(self, operation: str, *, good: bool) -> None:
        """Look, before a request, at what it may change: a good one hides what refused ones before it have changed."""
        for watched in self._watched:
            if self._writes(operation, watched) and (watched in self._unseen if good else watched not in self._before):
                self._look(watched)

    def _done(self, answer: Answer, operation: str) -> None:
        """Note what a request may have changed, and forget it."""
        refused = answer.status // 100 != 2
        if refused and self._has_form(answer):
            self._base.error(self._session, answer)
        for watched in self._watched:
            if self._writes(operation, watched):
                if not refused:
                    self._before.pop(watched, None)
                    self._unseen.discard(watched)
                elif watched in self._before:
                    self._unseen.add(watched)
                    if self._careful:
                        self._look(watched)
        self._session.forget(len(self._session.exchanges) - self._ready)

    def _look(self, watched: str) -> None:
        """Check that what was refused has changed nothing, and remember what there is."""
        place = self._base.watched[watched]
        seen = self._watch(watched)
        if watched in self._unseen:
            report = partial(self._session.same, seen, place, self._before[watched], _UNCHANGED)
            if not self._careful and any(seen.differences(self._before[watched], place)):
                raise Changed(report)
            report()
        self._before[watched] = seen.at(*place)
        self._unseen.discard(watched)

    def _writes(self, operation: str, watched: str) -> bool:
        """Say whether the operation may change what `watched` shows."""
        method, _ = self._contract.operations[operation]
        if method == "get":
            return False
        return operation in self._base.reaching or self._path(watched).items() <= self._path(operation).items()

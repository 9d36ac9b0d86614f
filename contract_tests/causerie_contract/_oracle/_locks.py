"""Requests without the right credential: nobody is let in, and nobody learns what else is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from causerie_spec.behaviour import EVERY_VENDOR

from ._answer import Answer
from ._keys import CREDENTIAL, is_right, near_misses
from ._promise import Promise, promises_of
from ._value import NOTHING
from ._watch import Watch

_promise_of = promises_of(EVERY_VENDOR)
_WRITTEN = _promise_of("credential-is-written-one-way")
_SPELLED = _promise_of("scheme-is-in-any-case")
_ORDER = _promise_of("order-of-problems")

#: Common names of credentials in queries and bodies.
_NAMES = ("access_token", "apiKey", "api_key", "key", "token")


class Locks(Watch):
    """Tries operations without the right credential."""

    def _credentials(self, operation: str, body: Any) -> None:
        place = self._contract.place(operation)
        if not self._contract.is_locked(operation):
            needless = Promise("no credential is needed", self._contract.evidence(place))
            self._begin(operation, good=True)
            self._session.ok(self._call(operation, self._query(operation), body, "none"), needless)
            return
        _, promise = self._base.locked
        is_read = self._contract.operations[operation][0] == "get"
        # A cache may let everybody in only after somebody was let in.
        admitted = is_read and self._call(operation, self._query(operation), body).status // 100 == 2
        for credential in ("none", "wrong", *near_misses(self._session.security, self._session.target.credential)):
            row = _WRITTEN if is_right(credential) else promise
            self._locked_out(operation, self._query(operation), body, credential, row)
        self._elsewhere(operation, body)
        self._order(operation, body)
        if admitted:  # a cache may answer everybody with what it refused to one
            self._session.ok(self._call(operation, self._query(operation), body))
        methods = {method for method, _ in self._contract.operations.values()}
        if self._session.security.has_scheme and (is_read or "get" not in methods):
            self._begin(operation, good=True)
            answer = self._call(operation, self._query(operation), self._fresh(operation, body), "spelled")
            self._session.ok(answer, _SPELLED)
            self._done(answer, operation)

    def _elsewhere(self, operation: str, body: Any) -> None:
        """Send the right credential where the document does not want it."""
        given = dict.fromkeys((self._session.security.header, *_NAMES), CREDENTIAL)
        if not self._session.target.real:  # URLs are written to logs
            self._locked_out(operation, {**self._query(operation), **given}, body, "none", _WRITTEN)
        if isinstance(body, dict):
            self._locked_out(operation, self._query(operation), {**body, **given}, "none", _WRITTEN)

    def _order(self, operation: str, body: Any) -> None:
        """Ask without the right credential for what is refused for another reason, too."""
        if body is not NOTHING:
            self._locked_out(operation, self._query(operation), [], "wrong", _ORDER)
            self._begin(operation, good=False)
            self._refused(self._raw(operation, json.dumps(body).encode(), "text/plain", "wrong"), operation, _ORDER)
        for name in self._contract.parameters(operation):
            self._locked_out(operation, {**self._query(operation), name: "-"}, body, "wrong", _ORDER)
        for name in self._path(operation):
            path = {**self._path(operation), name: self._session.own_id(name)}
            self._locked_out(operation, self._query(operation), body, "wrong", _ORDER, path)

    def _locked_out(  # noqa: PLR0917 -- all of it is the request, but for the promise
        self,
        operation: str,
        query: Mapping[str, str],
        body: Any,
        credential: str,
        promise: Promise,
        path: Mapping[str, str] | None = None,
    ) -> None:
        self._begin(operation, good=False)
        self._refused(self._call(operation, query, body, credential, path), operation, promise)

    def _refused(self, answer: Answer, operation: str, promise: Promise) -> None:
        status, _ = self._base.locked
        self._session.refused(answer, (status,), promise)
        self._done(answer, operation)

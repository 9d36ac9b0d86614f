"""What no answer may show, whoever asks: the credential of its request, and the inside of the server's program."""

from __future__ import annotations

import re
from collections.abc import Iterator

from causerie_spec import Credential
from causerie_spec.behaviour import EVERY_VENDOR
from causerie_spec.evidence import Evidence
from causerie_spec.pointer import Pointer

from ._promise import Promise, promises_of
from ._story import Exchange
from ._tenants import Tenants, place_of

_promise_of = promises_of(EVERY_VENDOR)
_HIDDEN = _promise_of("answer-hides-the-credential")
_INSIDE = _promise_of("answer-hides-the-program")

#: A shorter credential may stand in an answer by chance.
_SHORTEST = 8
#: Lines of the stack traces of Python, JavaScript, Java, .NET, PHP, Ruby and Go.
_TRACE = re.compile(
    r"Traceback \(most recent call last\)"
    r'|File \\?"[^"\\]{1,200}\\?", line \d+'
    r"|\bat [\w$.<> ]{1,120}\([^()\s]{1,200}:\d+(?::\d+)?\)"
    r"|\bat [\w.`<>]{1,120}\([^()]{0,200}\) in \S{1,200}:line \d+"
    r"|\.php\(\d+\): "
    r"|\.rb:\d+:in [`']"
    r"|\bgoroutine \d+ \[\w+\]:"
)


class Leaks:
    """Looks for what answers must not show: to anybody, or to a tenant who is not theirs."""

    def __init__(self, header: Credential, *, two_tenants: bool) -> None:
        self._header = header
        self._tenants = Tenants() if two_tenants else None

    def of(self, exchange: Exchange, evidence: Evidence | None) -> Iterator[tuple[Promise, Pointer, str]]:
        """Yield what an answer shows: the broken promise, the place and the problem.

        An answer may repeat what the path, the query or the body of its request has.
        """
        found = self._tenants.leak(exchange) if self._tenants else None
        if found is not None:
            promise = Promise("nothing of another tenant", evidence)
            yield promise, found[0], f"it has {found[1]}, which only another tenant has"
        asked, answered = exchange.sent.text, exchange.response.text
        secret = exchange.request.headers.get(self._header.header, "").removeprefix(self._header.prefix)
        if len(secret) >= _SHORTEST and secret in answered and secret not in asked:
            yield _HIDDEN, place_of(answered, secret), "it shows the credential of its request"
        trace = _TRACE.search(answered)
        if trace is not None and trace[0] not in asked:
            yield _INSIDE, place_of(answered, trace[0]), f"it shows the inside of a program: {trace[0][:60]}"

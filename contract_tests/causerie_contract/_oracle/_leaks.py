"""What no answer may show, whoever asks: the credential of its request, and the inside of the server's program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from causerie_spec import Credential
from causerie_spec.behaviour import EVERY_VENDOR
from causerie_spec.pointer import Pointer

from ._answer import Answer
from ._promise import Promise, promises_of
from ._story import Check
from ._tenants import Tenants, place_of
from ._value import NOTHING

_promise_of = promises_of(EVERY_VENDOR)
_HIDDEN = _promise_of("answer-hides-the-credential")
_INSIDE = _promise_of("answer-hides-the-program")

#: A shorter credential may stand in an answer by chance.
_SHORTEST = 8
#: Lines of the stack traces of Python, JavaScript, Java, .NET, PHP, Ruby and Go.
_TRACE = re.compile(
    r"Traceback \(most recent call last\)"
    r'|File \\?"[^"\\]{1,200}\\?", line \d+'
    r"|\bat [\w$.<> ]{1,120}\([^()\s]{1,200}\.\w{1,5}:\d+(?::\d+)?\)"
    r"|\bat [\w.`<>]{1,120}\([^()]{0,200}\) in \S{1,200}:line \d+"
    r"|\.php\(\d+\): "
    r"|\.rb:\d+:in [`']"
    r"|\bgoroutine \d+ \[\w+\]:"
)
#: A statement of SQL, a place in a program, and the password of a database: in what is no text of a person.
_INSIDE_TEXT = re.compile(
    r"\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM)\b[^\n]{1,200}\b(?:FROM|VALUES|SET|WHERE)\b"
    r"|\.\w{1,5} on line \d+"
    r"|\w://[^\s/:@]{1,60}:[^\s/@]{1,60}@"
    r"|\b(?:Password|Pwd)=[^;\s]"
)


class Leaks:
    """Looks for what answers must not show: to anybody, or to a tenant who is not theirs."""

    def __init__(self, header: Credential, *, two_tenants: bool) -> None:
        self._header = header
        self._tenants = Tenants() if two_tenants else None

    def of(self, answer: Answer) -> Iterator[tuple[Promise, Pointer, str, Check]]:
        """Yield what an answer shows: the broken promise, the place, the problem and the check that fails.

        An answer may repeat what the path, the query or the body of its request has.
        """
        exchange = answer.exchange
        found = self._tenants.leak(exchange) if self._tenants else None
        if found is not None:
            promise = Promise("nothing of another tenant", answer.evidence)
            problem = f"it has {found[1]}, which only another tenant has"
            yield promise, found[0], problem, Check("body", found[0], "!=", answer.at(*found[0]))
        asked, answered = exchange.sent.text, _plain(answer)
        name, scheme = self._header.header, self._header.prefix
        secret = exchange.request.headers.get(name, "").removeprefix(scheme)
        if len(secret) >= _SHORTEST and secret not in asked:
            check = Check("credential", (name,), "not in", scheme)
            if secret in answered:
                yield _HIDDEN, place_of(exchange.answered, secret), "it shows the credential of its request", check
            for header, value in exchange.response.headers.items():
                if secret in value:
                    yield _HIDDEN, (), f"the header {header} shows the credential of its request", check
        for header, value in exchange.response.headers.items():
            if _TRACE.search(value) or _INSIDE_TEXT.search(value):
                check = Check("header", (header,), "!=", value)
                yield _INSIDE, (), f"the header {header} shows the inside of a program", check
        trace = _TRACE.search(answered)
        if trace is None and answer.status >= 400:
            trace = _INSIDE_TEXT.search(answered)
        if trace is not None and trace[0] not in asked:
            place = place_of(exchange.answered, trace[0])
            problem = f"it shows the inside of a program: {trace[0][:60]}"
            yield _INSIDE, place, problem, Check("body", place, "!=", answer.at(*place))


def _plain(answer: Answer) -> str:
    """Return the text of an answer, without the escapes that JSON has for a few characters."""
    text = answer.exchange.answered
    return text if "\\" not in text or answer.value is NOTHING else "\n".join(_texts(answer.value))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from (name, *_texts(each))
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)

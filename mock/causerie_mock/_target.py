"""Targets of webhook calls, with their events and their retries."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import attrs

from . import _json
from ._hooks import Body, Hooks
from ._options import COUNT, FLAG, SECONDS, TEXTS
from ._receiver import Receiver

_MASK = "***"
#: The most retries, and the most duplicates.
_MOST = 20
#: A header's value with at least this many characters is masked wherever it occurs.
_LONG = 8
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\x21-\xff](?:[\t\x20-\x7e\xa0-\xff]*[\x21-\xff])?")
#: Headers that the connection sets itself.
_FRAMING = {"connection", "content-length", "host", "transfer-encoding"}


@attrs.frozen(eq=False)
class Target:
    """A receiver, and the events that it gets. Its repr has neither the secret nor the values of headers."""

    receiver: Receiver = attrs.field(repr=False)
    #: Its name in the log.
    place: str
    #: None for all events.
    events: Collection[str] | None = None
    tenant: int = 0
    #: None for the vendor's own.
    secret: str | None = attrs.field(default=None, repr=False)
    headers: dict[str, str] = attrs.field(factory=dict, repr=False)
    #: Seconds of mock time from the event to the call.
    delay: float = 0
    #: The number of further calls after an answer that is not a success, or without an answer.
    retries: int = 0
    #: Seconds of mock time before the first retry; each later one waits twice as long.
    backoff: float = 1
    #: The number of additional calls for each event.
    duplicates: int = 0
    #: Whether calls wait until a test delivers them. Calls in this process always do.
    held: bool = False
    #: Whether a reset keeps it.
    lasting: bool = False

    def check(self, vendor: str, hooks: Hooks) -> None:
        """Raise `ValueError` if a field is invalid, with its name, its value unless that is secret, and what to do."""
        for name, kind in {"delay": SECONDS, "backoff": SECONDS, "retries": COUNT, "duplicates": COUNT}.items():
            kind.check(name, getattr(self, name))
            most = _MOST if kind is COUNT else 1e9
            if getattr(self, name) > most:
                raise ValueError(f"{name} is {getattr(self, name)!r}; give at most {most:.0f}.")
        FLAG.check("held", self.held)
        if type(self.tenant) is not int or self.tenant not in range(2):
            raise ValueError(f"tenant is {self.tenant!r}; {vendor} has the tenants 0 and 1.")
        if self.events is not None:
            TEXTS.check("events", self.events)
            for event in set(self.events) - hooks.examples.keys():
                raise ValueError(f"events has {event!r}; choose from {', '.join(hooks.examples)}.")
        if self.secret is not None and not (isinstance(self.secret, str) and self.secret and self.secret.isprintable()):
            raise ValueError("secret is not a text with printable characters only; give one, or None.")
        if type(self.headers) is not dict:
            raise ValueError("headers is not a dict; give the headers by name, as texts.")
        for name, value in {**hooks.dress("", {}, self.secret)[0], **self.headers}.items():
            _check_header(name, value)

    def wants(self, event: str, tenant: int) -> bool:
        """Return whether it is called for an event of a tenant."""
        return tenant == self.tenant and (self.events is None or event in self.events)

    def dressed(self, hooks: Hooks, event: str, body: Body) -> tuple[dict[str, str], bytes, dict[str, str], bytes]:
        """Return headers and body as they are sent, and then as they are shown, without the secret."""
        secret = self.secret or hooks.secrets[self.tenant]
        headers, whole = hooks.dress(event, body, secret)
        shown_headers, shown = hooks.dress(event, body, secret and _MASK)
        # A header need not be a secret, and a short value would be found in every body.
        secrets = [secret] if secret else []
        secrets += [value for value in self.headers.values() if len(value) >= _LONG]
        return (
            self._with_headers(headers, self.headers),
            _json.encode(whole),
            self._with_headers(shown_headers, dict.fromkeys(self.headers, _MASK)),
            _json.encode(_without(shown, secrets)),
        )

    def _with_headers(self, headers: dict[str, str], more: dict[str, str]) -> dict[str, str]:
        """Return all headers. The target's replace the vendor's, in upper or lower case."""
        taken = {name.lower() for name in more}
        return {name: value for name, value in headers.items() if name.lower() not in taken} | more


def _check_header(name: object, value: object) -> None:
    if not isinstance(name, str) or not _NAME.fullmatch(name) or name.lower() in _FRAMING:
        raise ValueError(f"headers has {name!r}; give names that HTTP allows, and not {', '.join(sorted(_FRAMING))}.")
    if not isinstance(value, str) or not _VALUE.fullmatch(value):
        raise ValueError(f"The header {name!r} has a value that cannot be sent; give a text of one line, in Latin-1.")


def _without(value: Any, secrets: Collection[str]) -> Any:
    """Return a JSON value without the secrets, which may be parts of texts or the digits of a number."""
    if isinstance(value, dict):
        return {_without(name, secrets): _without(each, secrets) for name, each in value.items()}
    if isinstance(value, list):
        return [_without(each, secrets) for each in value]
    text = value if isinstance(value, str) else _json.encode(value).decode()
    hidden = text
    for secret in secrets:
        hidden = hidden.replace(secret, _MASK)
    return value if hidden == text else hidden

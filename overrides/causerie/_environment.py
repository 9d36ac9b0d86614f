"""The environment variables that connections depend on: proxies, certificates, and the log of TLS keys."""

from __future__ import annotations

import os
import re
import ssl
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ._errors import ArgumentError

#: What to do with a variable, and what tries its value. Raises what a client would raise.
Probes = Mapping[str, Callable[[str], object]]


def _key_log(path: str) -> None:
    ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).keylog_filename = path


# The log of keys comes first: whatever makes a context of TLS opens it.
PROBES: Probes = {
    "SSLKEYLOGFILE": _key_log,
    "SSL_CERT_FILE": lambda path: ssl.create_default_context(cafile=path),
    "SSL_CERT_DIR": lambda path: ssl.create_default_context(capath=path),
}


def refusal(error: Exception, probes: Probes) -> ArgumentError:
    """Return an error that names the variable that made creating a client fail, and says what to do.

    ``error`` is the original exception. Users and passwords in the variable's value are not shown.
    """
    for name, value in _set(probes):
        try:
            probes[name.upper()](value)
        except Exception as cause:  # noqa: BLE001 - whatever it is, the variable is why
            # Where there is a password, an error may cite a part of it.
            why = type(cause).__name__ if "@" in value else cause
            problem = f"{_shown(value)!r} cannot be used ({why}); change the variable, or unset it"
            return ArgumentError(name, problem)
    names = ", ".join(name for name, _ in _set(probes)) or "none"
    return ArgumentError("http_client", f"no client could be made: {error}; of the variables for it, set: {names}")


def _set(probes: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for variable in probes:
        for name in (variable.lower(), variable):
            if value := os.environ.get(name):
                yield name, value


def _shown(text: str) -> str:
    """Return the text without the part before an @, which is a user and a password."""
    # A password may have any character: all up to the last @ may belong to it.
    scheme = re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*://", text)
    start = scheme.end() if scheme else 0
    _, at, rest = text[start:].rpartition("@")
    return f"{text[:start]}***@{rest}" if at else text

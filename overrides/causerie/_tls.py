"""The TLS contexts of clients: reading certificates takes some 30 ms, so clients share a context."""

from __future__ import annotations

import os
import ssl
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any


def context(httpx: Any) -> ssl.SSLContext:
    """Return the library's own TLS context, reusing an earlier one if nothing has changed since.

    Raises the library's error if the environment variables do not allow one.
    """
    if os.environ.get("SSLKEYLOGFILE"):  # may be gone by now, and a context keeps the file that it once opened
        made: ssl.SSLContext = httpx.create_ssl_context()
        return made
    return _shared(httpx, os.environ.get("SSL_CERT_DIR"), _state(os.environ.get("SSL_CERT_FILE")))


@lru_cache(maxsize=8)
def _shared(httpx: Any, *_: object) -> ssl.SSLContext:
    made: ssl.SSLContext = httpx.create_ssl_context()
    return made


def _state(path: str | None) -> object:
    """Return a value that changes when certificate files change: they are renewed while a process runs."""
    with suppress(OSError, ValueError):
        if path:
            found = Path(path).stat()
            return path, found.st_ino, found.st_size, found.st_mtime_ns
    return path

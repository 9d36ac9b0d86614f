"""The client that sends what the functions in ``api`` make."""

from __future__ import annotations

from typing import Any

from .. import client
from . import CREDENTIAL_HEADER, CREDENTIAL_PREFIX


class Client(client.Client):
    """``Client(token, base_url=...)``, for blocking and for async functions; ``base_url`` is one of ``SERVERS`` or another."""

    def __init__(self, token: str, *, base_url: str, timeout: float = 30.0, **httpx_args: Any) -> None:
        super().__init__(base_url, {CREDENTIAL_HEADER: CREDENTIAL_PREFIX + token}, timeout, httpx_args)

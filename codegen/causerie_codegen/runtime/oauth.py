"""Tokens of OAuth that a program gets for itself, with its client id and its secret (RFC 6749, 4.4)."""

from __future__ import annotations

import math
from collections.abc import AsyncGenerator, Generator, Sequence
from time import monotonic
from typing import Any, Final

import httpx

_EARLY: Final = 30.0
"""Seconds before a token expires at which another is asked for."""


class TokenError(Exception):
    """The server did not return a token. The message has its answer, but never the secret or a token."""

    def __init__(self, url: str, status_code: int, problem: str) -> None:
        super().__init__(url, status_code, problem)
        self.url = url
        self.status_code = status_code
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.url}: no token, status {self.status_code}: {self.problem}"


class ClientCredentials(httpx.Auth):
    """Adds a token to every request: ``Client(base_url=..., auth=ClientCredentials(TOKEN_URL, "id", "secret"))``.

    A token is requested when there is none, shortly before it expires, and once more when the server refuses it with
    401. ``in_body`` sends id and secret as fields of the form, for servers that do not accept ``Authorization: Basic``.
    """

    def __init__(
        self, url: str, client_id: str, client_secret: str, *, scopes: Sequence[str] = (), in_body: bool = False
    ) -> None:
        self._url = url
        self._id = client_id
        self._secret = client_secret
        self._scopes = " ".join(scopes)
        self._in_body = in_body
        self._token = ""
        self._until = -math.inf

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Yield the request, after a request for a token if one is needed. Raises ``TokenError``."""
        is_known = monotonic() < self._until
        if not is_known:
            self._take((yield self._ask()))
        request.headers["Authorization"] = f"Bearer {self._token}"
        response = yield request
        if response.status_code == httpx.codes.UNAUTHORIZED and is_known:
            self._take((yield self._ask()))
            request.headers["Authorization"] = f"Bearer {self._token}"
            yield request

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Do the same as ``auth_flow``, but read only the answers of the token server: others may be streams."""
        flow = self.auth_flow(request)
        made = next(flow, None)
        while made is not None:
            response = yield made
            if made is not request:
                response.read()
            made = _next(flow, response)

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Do the same as ``sync_auth_flow``, without blocking."""
        flow = self.auth_flow(request)
        made = next(flow, None)
        while made is not None:
            response = yield made
            if made is not request:
                await response.aread()
            made = _next(flow, response)

    def _ask(self) -> httpx.Request:
        fields = {"grant_type": "client_credentials"} | ({"scope": self._scopes} if self._scopes else {})
        if self._in_body:
            fields |= {"client_id": self._id, "client_secret": self._secret}
        request = httpx.Request("POST", self._url, data=fields, headers={"Accept": "application/json"})
        if not self._in_body:
            next(httpx.BasicAuth(self._id, self._secret).auth_flow(request))
        return request

    def _take(self, response: httpx.Response) -> None:
        try:
            said: Any = response.json()
        except ValueError:
            said = None
        fields = said if isinstance(said, dict) else {}
        token, seconds = fields.get("access_token"), fields.get("expires_in", math.inf)
        if not response.is_success or not isinstance(token, str) or not isinstance(seconds, int | float):
            problem = fields.get("error")
            raise TokenError(
                self._url, response.status_code, str(problem)[:100] if problem else "an access_token was expected"
            )
        self._token = token
        self._until = monotonic() + max(seconds - _EARLY, seconds / 2)


def _next(flow: Generator[httpx.Request, httpx.Response, None], response: httpx.Response) -> httpx.Request | None:
    try:
        return flow.send(response)
    except StopIteration:
        return None

"""httpx over aiohttp, which takes less CPU: httpx-aiohttp's transport, told apart what was sent from what was not."""

from __future__ import annotations

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport


class Transport(AiohttpTransport):
    """httpx-aiohttp calls every lost connection a failure to connect, after which a POST would be sent again."""

    def get_client(self) -> aiohttp.ClientSession:
        """A session that keeps no cookies and repeats nothing, as httpx does not either."""
        session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=self.limits.max_connections or 0, ssl=self.ssl_context),
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        session._retry_connection = False  # there is no public name; aiohttp's own test client sets it, too
        return session

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer with its whole body, so that what breaks while it is read is told apart here as well."""
        try:
            response = await super().handle_async_request(request)
            try:
                content = b"".join([chunk async for chunk in response.stream])  # type: ignore[union-attr]
            finally:
                await response.aclose()
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            failure = _failure(error)
        except aiohttp.ClientError as error:
            # Its repr would show the request's headers.
            failure = httpx.RemoteProtocolError(type(error).__name__)
        else:
            return httpx.Response(response.status_code, headers=response.headers, stream=httpx.ByteStream(content))
        raise failure


def _failure(error: httpx.TransportError) -> httpx.TransportError:
    if isinstance(error.__cause__, aiohttp.ClientConnectorError):
        return httpx.ConnectError(str(error))
    if isinstance(error.__cause__, aiohttp.ConnectionTimeoutError):
        return httpx.ConnectTimeout(str(error))
    return httpx.ReadError(str(error))

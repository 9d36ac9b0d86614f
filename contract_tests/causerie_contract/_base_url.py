"""The URL of a server, up to where a document's paths begin."""

from __future__ import annotations

import re

import httpx


def host_of(base_url: str) -> str:
    """Return the host of a server's URL. Raises `ValueError`, without the URL where it may hold a secret."""
    try:
        url = httpx.URL(base_url)
    except httpx.InvalidURL as error:
        raise ValueError(f"--base-url is no URL: {error}.") from None
    if url.userinfo or url.query or url.fragment or "?" in base_url or "#" in base_url:
        raise ValueError("--base-url has a user, a password, a query or a fragment; give the URL alone.")
    if url.scheme not in {"http", "https"}:
        raise ValueError(f"--base-url must begin with http:// or https://, unlike {base_url!r}.")
    if not re.fullmatch(r"[\w.:-]+", url.host) or not 0 < (url.port or 1) < 2**16:
        raise ValueError(f"--base-url needs a host, and a port up to 65535 if any, unlike {base_url!r}.")
    return url.host

"""The proxy as a target of the suite."""

from __future__ import annotations

from typing import Any, Literal
from urllib.parse import urlsplit

from causerie_contract._target import Target, server
from causerie_spec import credential
from tests.kill_rate.strangers.proxy import Proxy

#: A mock on a port, which can be reset, or a server of which nothing is known.
Where = Literal["port", "scratch"]


def target(proxy: Proxy, url: str, where: Where) -> Target:
    """Return what is served at `url` as the suite would see it."""
    mock = proxy.mock
    known = credential(mock.document)
    own, other = (mock.headers(tenant)[known.header].removeprefix(known.prefix) for tenant in (0, 1))
    base_url = url + urlsplit(mock.document["servers"][0]["url"]).path.rstrip("/")
    if where == "scratch":
        return server(base_url, own, other)

    def option(name: str, value: Any) -> None:
        setattr(mock.options, name, value)

    return Target(where, base_url, own, other=other, reset=proxy.reset, option=option)

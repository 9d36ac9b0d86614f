"""What a careful caller asks of each vendor."""

from __future__ import annotations

import asyncio

from causerie_mock import Mock
from tests.kill_rate.strangers.asked.convocore import convocore
from tests.kill_rate.strangers.asked.raia import raia
from tests.kill_rate.strangers.asked.zild import zild
from tests.kill_rate.strangers.client import Client, Noticed, Told
from tests.kill_rate.strangers.proxy import Proxy

_CALLERS = {"convocore": convocore, "raia": raia, "zild": zild}


def told(vendor: str) -> list[Told | None]:
    """Return all that a client is told without a fault."""
    client = Client(Proxy(Mock(vendor)))
    _ask(client)
    return client.answers


def notices(proxy: Proxy, expected: list[Told | None]) -> bool:
    """Whether a client is told something else than `expected`; it stops there."""
    try:
        _ask(Client(proxy, expected))
    except Noticed:
        return True
    return False


def _ask(client: Client) -> None:
    mock = client.proxy.mock
    mock.clock.freeze()
    asyncio.run(_CALLERS[mock.vendor](client))

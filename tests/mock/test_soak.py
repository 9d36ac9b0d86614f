"""A little of what `python -m tests.mock.soak` does, and whether it would see what goes wrong."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator

import httpx
import pytest

from tests.mock import soak


@pytest.fixture(scope="module")
def server() -> Iterator[soak.Server]:
    """The mocks of all vendors in another process."""
    with soak.server() as running:
        yield running


@pytest.mark.parametrize("target", soak.TARGETS)
def test_nonsense_gets_no_5xx(server: soak.Server, target: str) -> None:
    """Every request on a connection is answered, and the server is well afterwards."""
    result = asyncio.run(soak.fuzz(server, target, 1000))

    assert [] == result.failures
    assert {2, 4} == {status // 100 for status in result.statuses}
    assert 1000 <= result.statuses.total()


def test_the_same_seed_makes_the_same_nonsense() -> None:
    """What failed can be repeated."""
    first, second, other = (soak.Nonsense("raia", seed) for seed in (1, 1, 2))

    assert first.request() == second.request()
    assert first.noise() == second.noise()
    assert first.request() != other.request()


def test_nothing_that_many_clients_write_is_lost(server: soak.Server) -> None:
    """Every client finds what it wrote, and nothing besides."""
    kept = asyncio.run(soak.write(server, 8, 1))

    assert [] == kept.failures
    assert 8 < kept.written.total()


def test_a_lost_update_would_be_seen(server: soak.Server) -> None:
    """What was written behind a client's back, or never, is a failure."""

    async def tamper() -> list[list[str]]:
        async with httpx.AsyncClient(base_url=server.url) as http:
            await http.post("/_palaver/reset")
            client = soak.Client(0, http, random.Random(0))
            before = await soak.conversations(client)
            for write in (client.create_raia, client.say_raia, client.create_convocore, client.write_shared):
                await write()
            (made,), shared = client.raia, dict(client.shared)
            found = [await soak.lost(client, [client], before)]
            client.raia[made]["title"] = "never written"
            found.append(await soak.lost(client, [client], before))
            del client.raia[made]
            found.append(await soak.lost(client, [client], before))
            client.shared = dict.fromkeys(shared, "never written")
            found.append(await soak.lost(client, [client], [*before, made]))
            return found

    sound, changed, unknown, overwritten = asyncio.run(tamper())

    assert [] == sound
    assert 1 == len(changed)
    assert "never written" in changed[0]
    assert unknown[0].startswith("raia's conversations")
    assert overwritten[0].startswith(soak.CONVOCORE_SHARED)


def test_growing_memory_would_be_seen() -> None:
    """Growth is looked for after half of the requests, when the stores are full."""
    assert [] == soak.grown(soak.Fuzzed("raia", memory=[50.0, 100.0, 101.0]))
    assert ["200 MiB after 100."] == soak.grown(soak.Fuzzed("raia", memory=[50.0, 100.0, 200.0]))

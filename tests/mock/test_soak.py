"""A little of what `python -m tests.mock.soak` does, and whether it would see what goes wrong."""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import Iterator

import httpx
import pytest

from tests.mock import soak


@pytest.fixture(scope="module")
def server() -> Iterator[soak.Server]:
    """Yield the mocks of all vendors in another process."""
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


WRITES: dict[str, tuple[str, ...]] = {
    "create_raia": (),
    "update_raia": ("create_raia",),
    "switch_raia": ("create_raia",),
    "say_raia": ("create_raia",),
    "say_shared": (),
    "create_convocore": (),
    "update_convocore": ("create_convocore",),
    "write_shared": (),
    "start_zild": (),
    "start_shared": (),
}


class Lying(httpx.AsyncHTTPTransport):
    """Hands on what it is told as something else: the server stores that, and answers with it."""

    lies = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request, changed or not."""
        if self.lies and request.method != "GET":
            content = request.content.replace(b" wrote ", b" never wrote ").replace(b'"manual"', b'"ai"')
            headers = {**request.headers, "content-length": str(len(content))}
            request = httpx.Request(request.method, request.url, headers=headers, content=content)
        return await super().handle_async_request(request)


def test_every_write_is_among_these() -> None:
    """A new one is to be held against what was sent, too."""
    written = {name for name in vars(soak.Client) if name.partition("_")[0] in {"create", "update", "start"}}

    assert written < WRITES.keys()


@pytest.mark.parametrize("write", WRITES)
def test_a_write_that_the_server_has_changed_would_be_seen(server: soak.Server, write: str) -> None:
    """Although it answers with what it has: what was sent counts."""

    async def tamper() -> list[list[str]]:
        transport = Lying()
        async with httpx.AsyncClient(base_url=server.url, transport=transport) as http:
            await http.post("/_causerie/reset")
            client = soak.Client(0, http, random.Random(0))
            before = await soak.conversations(client)
            for name in (*WRITES[write], write):
                await getattr(client, name)()
            found = [await soak.lost(client, [client], before)]
            transport.lies = True
            for _ in range(2):  # from ai to manual, and back
                await getattr(client, write)()
            transport.lies = False
            return [*found, await soak.lost(client, [client], before)]

    sound, changed = asyncio.run(tamper())

    assert [] == sound
    assert [] != changed


def test_a_lost_update_would_be_seen(server: soak.Server) -> None:
    """What is not there, or is there besides, is a failure."""

    async def tamper() -> list[list[str]]:
        async with httpx.AsyncClient(base_url=server.url) as http:
            await http.post("/_causerie/reset")
            client = soak.Client(0, http, random.Random(0))
            before = await soak.conversations(client)
            for write in (client.create_raia, client.start_zild, client.write_shared):
                await write()
            (made,), (started,), (person,) = client.raia, client.zild, client.sent
            found = [await soak.lost(client, [client], before)]
            del client.raia[made]
            found.append(await soak.lost(client, [client], before))
            client.shared = dict.fromkeys(client.shared, "never written")
            found.append(await soak.lost(client, [client], [*before, made]))
            client.shared.clear()
            client.sent[person].append("never written")
            found.append(await soak.lost(client, [client], [*before, made]))
            client.zild = {started + 1: "never written"}
            client.sent.clear()
            found.append(await soak.lost(client, [client], [*before, made]))
            return found

    sound, unknown, overwritten, unsent, unstarted = asyncio.run(tamper())

    assert [] == sound
    assert unknown[0].startswith("raia's conversations")
    assert overwritten[0].startswith(soak.CONVOCORE_SHARED)
    assert unsent[0].startswith("What zild has for 0 wrote ")
    assert ["zild's conversations", "zild's numbers"] == [each.partition(" is ")[0] for each in unstarted]


def test_the_end_of_the_server_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the tables, as any other."""
    exchange = soak.exchange

    async def kill_and_exchange(server: soak.Server, data: bytes, *, patience: float) -> list[int]:
        server.process.kill()
        return await exchange(server, data, patience=patience)

    monkeypatch.setattr(soak, "exchange", kill_and_exchange)
    with soak.server() as running:
        fuzzed = asyncio.run(soak.fuzz(running, "raia", 1000))
        running.process.wait()
        gone = running.memory()
        kept = asyncio.run(soak.write(running, 2, 1))
    fuzzed.failures += soak.grown(fuzzed)
    soak.show_fuzzed([fuzzed])
    soak.show_kept(kept, 2, 1)

    assert math.isnan(gone)
    assert ["The reader was told: ConnectError('All connection attempts failed')"] == kept.failures
    assert "100 requests got 0 answers after 0 requests." == fuzzed.failures[0]
    assert "It was not asked all that it was to be asked." == fuzzed.failures[-1]


def test_growing_memory_would_be_seen() -> None:
    """Growth is looked for after half of the requests, when the stores are full."""
    assert [] == soak.grown(soak.Fuzzed("raia", memory=[50.0, 100.0, 101.0]))
    assert ["200 MiB after 100."] == soak.grown(soak.Fuzzed("raia", memory=[50.0, 100.0, 200.0]))

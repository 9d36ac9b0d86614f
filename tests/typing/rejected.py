"""What type checkers make of mistakes: an error on each marked line, and on no other.

ty does not yet look into ``**kwargs: Unpack[...]`` for names that are not there.
"""

import httpx
import httpx2

from causerie import AsyncRaia, Convocore, Raia, Zild
from causerie.export import export
from causerie_api.raia.models import ConversationUser


def blocking(raia: Raia, convocore: Convocore, zild: Zild) -> None:
    raia.conversations.get(5)  # error
    raia.conversations.get()  # error
    raia.conversations.get("c1").titel  # error
    raia.conversations.get("c1").title = 5  # error
    raia.conversations.get("c1").titel = "Hello"  # error
    raia.conversations.list(pagesize=10)  # error
    raia.conversations.list(order_by=5)  # error
    raia.conversations.update("c1", title=None)  # error
    raia.raw(raia.conversations.get, 5)  # error
    raia.conversations.start_sms(first_name="A")  # error
    raia.with_options(timout=5)  # error, which ty does not see
    convocore.conversations.create("a1", user_nam="Ada")  # error, which ty does not see
    convocore.conversations.create("a1", tags="lead")  # error
    convocore.conversations.export("a1", format="xml")  # error
    convocore.conversations.export("a1", limt=5)  # error, which ty does not see
    convocore.conversations.details("a1", "c1", region="mars")  # error
    export(zild, "all.jsonl")  # error
    export(raia, "all.xlsx", format="xlsx")  # error
    export({"a": zild}, "all.jsonl")  # error
    export([raia], "all.jsonl")  # error
    zild.conversations.start_proactive(recipient="+1")  # error
    Convocore(region="mars")  # error
    Raia(region="na")  # error
    Raia(base_url=5)  # error
    Raia(http_client="httpx2")  # error
    Raia(http_client=httpx2.AsyncClient())  # error
    AsyncRaia(http_client=httpx.Client())  # error
    Raia(transport="aiohttp")  # error
    AsyncRaia(transport="httpx3")  # error
    Raia(transport=httpx2.AsyncHTTPTransport())  # error
    ConversationUser(id="u1")  # error
    len(raia.messages.send("c1", "Hello"))  # error


async def awaiting(raia: AsyncRaia) -> None:
    raia.conversations.get("c1").id  # error
    await raia.messages.send("c1", 5)  # error
    for _ in raia.conversations.list():  # error
        pass

"""raia's users, beyond what every operation does."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
import pytest

import causerie
from causerie.testing import RaiaMock

from .conftest import Call, Caller, json


@pytest.mark.parametrize(
    "call",
    [
        lambda c: c.users.create("Ada", "L"),
        lambda c: c.users.create("Ada", "L", email=None),
        lambda c: c.users.find(),
        lambda c: c.users.find(email=None, fk_id=""),
    ],
)
def test_known_by_something(call: Call, caller: Caller) -> None:
    """A user is known by one of three things at least."""
    with pytest.raises(causerie.ArgumentError, match="give one of them"):
        caller("raia", call, json({}))


@pytest.mark.parametrize("empty", [None, ""])
def test_known_by_what_is_not_empty(empty: str | None, caller: Caller) -> None:
    """An empty text is left out, and does not count as knowing the user."""
    user = json({"id": "u1", "email": "a@b.test"}, 201)
    _, (made,) = caller("raia", lambda c: c.users.create("Ada", "L", phone_number=empty, email="a@b.test"), user)
    _, (found,) = caller("raia", lambda c: c.users.find(phone_number=empty, fk_id="17"), json({}))

    assert {"firstName": "Ada", "lastName": "L", "email": "a@b.test"} == orjson.loads(made.content)
    assert "fkId=17" == found.url.query.decode()


@pytest.mark.parametrize("call", [lambda c: c.users.get("search"), lambda c: c.users.delete("search")])
def test_not_the_search(call: Call, caller: Caller) -> None:
    """No id of a user leads to the search."""
    with pytest.raises(causerie.ArgumentError, match="user_id: 'search' is not an id"):
        caller("raia", call, json({}))


@pytest.mark.parametrize(
    "call",
    [
        lambda c: c.conversations.get("states"),
        lambda c: c.conversations.get_many(["states"]),
        lambda c: c.conversations.update("states", title="A"),
    ],
)
def test_not_the_states(call: Call, caller: Caller) -> None:
    """No id of a conversation leads to the states."""
    with pytest.raises(causerie.ArgumentError, match=r"conversation_ids?: 'states' is not an id"):
        caller("raia", call, json([]))


def collect(client: Any, **arguments: Any) -> Any:
    """Collect the first names of every page, with either client."""
    listing = client.users.list(**arguments)
    if isinstance(client, causerie.Raia):
        return [user.first_name for user in listing]

    async def collected() -> list[str]:
        return [user.first_name async for user in listing]

    return collected()


def test_all_users(raia_mock: RaiaMock) -> None:
    """All users come from every page, in either order, and a page has the totals."""
    names = ["Ada", "Grace", "Joan"]
    for name in names:
        raia_mock.client(tenant=1).users.create(name, "L", fk_id=name)
    blocking, awaiting = raia_mock.client(tenant=1), raia_mock.async_client(tenant=1)
    page = blocking.users.list(page=2, page_size=2)

    assert [*names[::-1], "Unknown"] == collect(blocking, page_size=3)
    assert ["Unknown", *names] == asyncio.run(collect(awaiting, page_size=1, order_direction="ASC"))
    assert (["Ada", "Unknown"], 4, False) == (
        [each.first_name for each in page.data],
        page.answer.total_items,
        page.has_next,
    )


def test_an_agent_in_place_of_users(caller: Caller) -> None:
    """What the published contract declares is not passed off as a list without users."""
    agent = json({"id": "a1", "name": "Reception", "skills": []})
    with pytest.raises(causerie.APIResponseValidationError, match="no list among id, name, skills") as caught:
        caller("raia", collect, agent, validate=True)

    assert "a1" == caught.value.response.body["id"]


def test_life_of_a_user(raia_mock: RaiaMock) -> None:
    """A user can be made, found, read, talked with and deleted."""
    raia = raia_mock.client()
    user = raia.users.create("Ada", "Lovelace", email="ada@test.com", phone_number="+44")
    conversation = raia.conversations.create(user.id)
    found = raia.users.find(phone_number="+44")

    assert (user, [conversation.id]) == (found.user, found.conversation_ids)
    assert user == raia.users.get(user.id)

    with pytest.raises(causerie.BadRequestError):
        raia.users.create("Augusta", "King", email="ada@test.com")
    raia.users.delete(user.id)
    with pytest.raises(causerie.NotFoundError):
        raia.users.get(user.id)

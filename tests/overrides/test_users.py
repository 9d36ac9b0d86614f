"""raia's users, beyond what every operation does."""

from __future__ import annotations

import pytest

import palaver
from palaver.testing import RaiaMock

from .conftest import Call, Caller, json


@pytest.mark.parametrize("call", [lambda c: c.users.create("Ada", "L"), lambda c: c.users.find()])
def test_known_by_something(call: Call, caller: Caller) -> None:
    """A user is known by one of three things at least."""
    with pytest.raises(palaver.ArgumentError, match="give one of them"):
        caller("raia", call, json({}))


@pytest.mark.parametrize("call", [lambda c: c.users.get("search"), lambda c: c.users.delete("search")])
def test_not_the_search(call: Call, caller: Caller) -> None:
    """No id of a user leads to the search."""
    with pytest.raises(palaver.ArgumentError, match="user_id: 'search' is not an id"):
        caller("raia", call, json({}))


def test_not_the_states(caller: Caller) -> None:
    """No id of a conversation leads to the states."""
    with pytest.raises(palaver.ArgumentError, match="conversation_id: 'states' is not an id"):
        caller("raia", lambda c: c.conversations.get("states"), json([]))


def test_life_of_a_user(raia_mock: RaiaMock) -> None:
    """Made, found, read, talked with and deleted."""
    raia = raia_mock.client()
    user = raia.users.create("Ada", "Lovelace", email="ada@test.com", phone_number="+44")
    conversation = raia.conversations.create(user.id)
    found = raia.users.find(phone_number="+44")

    assert (user, [conversation.id]) == (found.user, found.conversation_ids)
    assert user == raia.users.get(user.id)

    with pytest.raises(palaver.BadRequestError):
        raia.users.create("Augusta", "King", email="ada@test.com")
    raia.users.delete(user.id)
    with pytest.raises(palaver.NotFoundError):
        raia.users.get(user.id)

"""raia's users, who are its conversations' users too."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from causerie_mock import Mock
from tests.mock.test_raia import CONVERSATIONS, DOCUMENTED, ID, create, ids, refused, start

USERS = "/external/users"
SEARCH = f"{USERS}/search"
GONE = "7b9d3d5d-5d5d-4d5d-9d5d-5d5d5d5d5d5d"
ADA = {"firstName": "Ada", "lastName": "Lovelace", "email": "ada@test.com"}


def new(client: httpx.Client, **fields: Any) -> dict[str, Any]:
    """Return a new user."""
    answer = client.post(USERS, json={**ADA, **fields})

    assert 201 == answer.status_code

    return dict(answer.json())


def test_a_created_user_can_be_read(raia: httpx.Client) -> None:
    """It shows what was sent, custom data as metadata, and no switch."""
    fields = {"context": "C", "source": "S", "fkId": "1", "fkUserId": "2", "phoneNumber": "+1"}
    created = new(raia, **fields, customData={"a": [1]}, skipEmailValidation=True, skipPhoneNumberValidation=False)

    assert {**ADA, **fields, "metadata": {"customData": {"a": [1]}}, "isAnonymized": False, "id": created["id"]} == (
        created
    )
    assert created == raia.get(f"{USERS}/{created['id']}").json()


def test_users_are_listed(raia: httpx.Client, other_raia: httpx.Client) -> None:
    """Those of the key's agent, the latest first unless asked otherwise, page by page, and those that are left."""
    names = [new(raia, firstName=name, email=f"{name}@test.com")["id"] for name in ("Ada", "Grace", "Joan")]
    path = "/external/agents/users"
    latest = raia.get(path, params={"page": 1, "pageSize": 2}).json()
    oldest = raia.get(path, params={"orderBy": "createdAt", "orderDirection": "ASC"}).json()
    raia.delete(f"{USERS}/{names[1]}")

    assert names[:0:-1] == [each["id"] for each in latest["data"]]
    assert (1, 2, 7, 4, True, False) == tuple(latest[name] for name in latest if name != "data")
    assert [ID, *names] == [each["id"] for each in (oldest["data"][0], *oldest["data"][-3:])]
    assert names[::-2] == [each["id"] for each in raia.get(path, params={"pageSize": 2}).json()["data"]]
    assert [] == raia.get(path, params={"page": 9}).json()["data"]
    assert 1 == other_raia.get(path).json()["totalItems"]
    assert 400 == raia.get(path, params={"orderBy": "updatedAt"}).status_code


def test_users_and_conversations_share_their_users(raia: httpx.Client) -> None:
    """A created user has conversations, and the user of a conversation can be read, found and started with."""
    user = new(raia)
    conversation = create(raia, user["id"])
    started = start(raia, "email", firstName="Augusta").rsplit("/", 1)[1]
    made = raia.get(f"{USERS}/{create(raia, 'somebody')['conversationUserId']}").json()

    assert user == conversation["user"]
    assert "Augusta" == raia.get(f"{USERS}/{user['id']}").json()["firstName"]
    assert [conversation["id"], started] == (raia.get(SEARCH, params={"email": ADA["email"]}).json()["conversationIds"])
    assert ("somebody", "Unknown") == (made["id"], made["firstName"])


@pytest.mark.parametrize("known_by", [{"email": "test@test.com"}, {"phoneNumber": "+1234567890"}, {"fkId": "123456"}])
def test_the_documented_user_is_found_and_exists(raia: httpx.Client, known_by: dict[str, str]) -> None:
    """By each of the three; whoever shares one of them cannot be made."""
    found = raia.get(SEARCH, params=known_by).json()
    answer = raia.post(USERS, json={**ADA, **known_by})

    assert (ID, [ID]) == (found["user"]["id"], found["conversationIds"])
    assert (400, "BAD_REQUEST", "INVALID_REQUEST") == refused(answer)
    assert [f"/{name}" for name in known_by] == [detail["path"] for detail in answer.json()["details"]]


def test_several_have_to_fit(raia: httpx.Client) -> None:
    """All of them."""
    both = raia.get(SEARCH, params={"email": "test@test.com", "fkId": "123456"})
    neither = raia.get(SEARCH, params={"email": "test@test.com", "fkId": "654321"})

    assert ID == both.json()["user"]["id"]
    assert (404, "ENTITY_NOT_FOUND_ERROR", "ENTITY_NOT_FOUND") == refused(neither)


def test_a_search_needs_something_to_look_for(raia: httpx.Client) -> None:
    """400 without a parameter."""
    assert (400, "BAD_REQUEST", "INVALID_REQUEST") == refused(raia.get(SEARCH))


@pytest.mark.parametrize("body", [{"firstName": "A", "lastName": "B"}, {"email": "a@b.c"}, {**ADA, "email": 1}])
def test_a_user_needs_names_and_something_to_be_known_by(raia: httpx.Client, body: dict[str, Any]) -> None:
    """Anything else is a 400."""
    assert (400, "BAD_REQUEST", "INVALID_REQUEST") == refused(raia.post(USERS, json=body))


def test_an_unknown_user_is_not_found(raia: httpx.Client) -> None:
    """404, for reading and for deleting."""
    answers = [raia.get(f"{USERS}/nobody"), raia.delete(f"{USERS}/nobody")]

    assert {(404, "ENTITY_NOT_FOUND_ERROR", "ENTITY_NOT_FOUND")} == {refused(answer) for answer in answers}


def test_a_deleted_user_takes_the_conversations_along(raia: httpx.Client) -> None:
    """And nobody else's; the address is free again."""
    user = new(raia)
    doomed, kept = create(raia, user["id"])["id"], create(raia, "another")["id"]
    deleted = raia.delete(f"{USERS}/{user['id']}")
    again = new(raia)
    started = raia.get(start(raia, "email")).json()["user"]

    assert (204, b"") == (deleted.status_code, deleted.content)
    assert 404 == raia.get(f"{USERS}/{user['id']}").status_code
    assert 404 == raia.get(f"{CONVERSATIONS}/{doomed}").status_code
    assert {kept, ID} < set(ids(raia.get(CONVERSATIONS)))
    assert user["id"] != again["id"] == started["id"]


def test_the_documented_user_can_be_deleted(raia: httpx.Client) -> None:
    """The one of the document's example, without harm to the others."""
    assert 204 == raia.delete(f"{USERS}/{GONE}").status_code
    assert 404 == raia.delete(f"{USERS}/{GONE}").status_code
    assert 200 == raia.get(DOCUMENTED).status_code


def test_a_user_belongs_to_an_agent(raia: httpx.Client, other_raia: httpx.Client) -> None:
    """The other agent neither finds nor deletes it, and may have one with the same address."""
    user = new(raia)

    assert 404 == other_raia.get(f"{USERS}/{user['id']}").status_code
    assert 404 == other_raia.delete(f"{USERS}/{user['id']}").status_code
    assert 404 == other_raia.get(SEARCH, params={"email": ADA["email"]}).status_code
    assert user["id"] != new(other_raia)["id"]


def test_a_seeded_user_can_be_found(raia_vendor: Mock, raia: httpx.Client) -> None:
    """A seed goes into the same store."""
    (user,) = raia_vendor.seed(users=[{"fkId": "crm-1"}])["users"]

    assert {"user": user, "conversationIds": []} == raia.get(SEARCH, params={"fkId": "crm-1"}).json()

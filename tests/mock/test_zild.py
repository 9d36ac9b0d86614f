"""Zild, played."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from causerie_mock import ZILD_TOKENS, Mock, document
from causerie_mock._exchange import Problem
from causerie_mock.zild.errors import error
from tests.mock.conftest import connect

START = "/api/Conversation/proactive-conversation"


def test_the_documented_request_is_answered(zild: httpx.Client) -> None:
    """The page's sample names one recipient, one contact and one account."""
    body = document("zild")["paths"][START]["post"]["requestBody"]["content"]["application/json"]
    (example,) = body["examples"].values()
    answer = zild.post(START, json=example["value"])

    assert 200 == answer.status_code
    assert ["<string>", "contact 123", "account 123"] == [conversation["from"] for conversation in answer.json()]
    assert [None, "Contact 123", "Account 123"] == [conversation["contactName"] for conversation in answer.json()]


NUMBERS = st.lists(st.integers(-(2**31), 2**31 - 1), max_size=4)
PEOPLE: dict[str, st.SearchStrategy[Any]] = {
    "recipient": st.none() | st.lists(st.text(), max_size=4),
    "contactIds": st.none() | NUMBERS,
    "accountIds": st.none() | NUMBERS,
}


@given(st.fixed_dictionaries({}, optional=PEOPLE))
def test_everybody_gets_one_conversation(body: dict[str, Any]) -> None:
    """However often a request names somebody, in the order of the names, with ids that count on; nobody gets none."""
    with connect(Mock("zild", check=True)) as zild:
        first, second = (zild.post(START, json=body).json() for _ in range(2))
    names = [
        *(body.get("recipient") or ()),
        *(f"contact {number}" for number in body.get("contactIds") or ()),
        *(f"account {number}" for number in body.get("accountIds") or ()),
    ]
    people = list(dict.fromkeys(names))

    assert people == [conversation["from"] for conversation in first]
    assert list(range(1, len(people) + 1)) == [conversation["id"] for conversation in first]
    assert [conversation["id"] for conversation in first] == [conversation["id"] for conversation in second]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.none() | st.integers(1, 2), st.integers(0, 1)), max_size=12))
def test_a_conversation_goes_on_while_it_is_active(starts: list[tuple[str, int | None, int]]) -> None:
    """There is one for each tenant, channel and recipient, and it has all their messages."""
    mock = Mock("zild", check=True)
    with connect(mock) as first, connect(mock, 1) as second:
        sent: dict[tuple[str, int | None, int], list[str]] = {}
        ids: dict[tuple[str, int | None, int], int] = {}
        for number, (recipient, channel, tenant) in enumerate(starts):
            body = {"recipient": [recipient], "conversationTemplateId": number}
            body |= {} if channel is None else {"channelId": channel}
            (conversation,) = (first, second)[tenant].post(START, json=body).json()
            where = (recipient, channel, tenant)
            sent.setdefault(where, []).append(f"Template {number}")

            assert sent[where] == [message["content"] for message in conversation["messages"]]
            assert f"Template {number}" == conversation["lastMessageContent"]
            assert ids.setdefault(where, conversation["id"]) == conversation["id"]

    assert len(ids) == len(set(ids.values()))


def test_going_on_changes_the_conversation(zild: httpx.Client) -> None:
    """The date moves, and what the request says replaces what was said before."""
    before, after = (
        zild.post(START, json={"recipient": ["+55"], "botId": bot, **more}).json()[0]
        for bot, more in ((1, {"liveAgent": True}), (2, {"queueId": 3}))
    )

    assert before["lastConversationUpdateTime"] < after["lastConversationUpdateTime"] == after["queuedAt"]
    assert (before["createdAt"], True, 2, 3) == (
        after["createdAt"],
        after["liveAgent"],
        after["botId"],
        after["queueId"],
    )


def test_an_ended_conversation_does_not_go_on(zild_vendor: Mock, zild: httpx.Client) -> None:
    """The next start makes another one."""
    (ended,) = zild_vendor.seed(conversations=[{"from": "+55", "active": False}])["conversations"]
    (first,) = zild.post(START, json={"recipient": ["+55"]}).json()
    zild_vendor.seed(conversations=[{"id": first["id"], "from": "+55", "active": False}])
    (second,) = zild.post(START, json={"recipient": ["+55"]}).json()

    assert 3 == len({ended["id"], first["id"], second["id"]})


def test_a_conversation_forgets_its_oldest_messages(zild: httpx.Client) -> None:
    """It remembers fifty."""
    for number in range(51):
        (conversation,) = zild.post(START, json={"recipient": ["+55"], "conversationTemplateId": number}).json()

    assert [f"Template {number}" for number in range(1, 51)] == [
        message["content"] for message in conversation["messages"]
    ]


def test_an_answer_has_an_end(zild: httpx.Client) -> None:
    """A conversation remembers 32 KiB, and the latest message in any case, which may be nearly as long."""
    body: dict[str, Any] = {"recipient": ["+55"], "conversationTemplateId": 1}
    lengths = [10_000, 10_000, 10_000, 10_000, 32_000, 10]
    kept = []
    for length in lengths:
        (conversation,) = zild.post(START, json=body | {"contentVariables": {"1": "x" * length}}).json()
        kept.append(len(conversation["messages"]))

    assert [1, 2, 3, 3, 1, 2] == kept


def test_a_seeded_conversation_has_an_end(zild_vendor: Mock) -> None:
    """Of one that is seeded with more, the latest messages stay."""
    messages = [{"content": str(number) * 20_000} for number in range(3)]
    (conversation,) = zild_vendor.seed(conversations=[{"id": 1, "messages": messages}])["conversations"]

    assert ["2" * 20_000] == [message["content"] for message in conversation["messages"]]


def test_a_conversation_that_another_has_replaced_is_over(zild_vendor: Mock, zild: httpx.Client) -> None:
    """Whoever writes to its person gets a new one, and the other person hears nothing of it."""
    for address in ("+A", "+B"):
        zild_vendor.seed(conversations=[{"id": 1, "from": address, "channelId": 1}])
    (conversation,) = zild.post(START, json={"recipient": ["+A"], "channelId": 1}).json()

    assert ("+A", 2) == (conversation["from"], conversation["id"])


def test_an_integer_is_one_number_however_it_is_spelled(zild_vendor: Mock, zild: httpx.Client) -> None:
    """5.0 is 5, as the document's schemas have it."""
    zild_vendor.seed(
        contacts=[{"id": 5.0, "name": "Ada", "phone": "+5"}],
        templates=[{"id": 1, "content": "Hello"}],
        conversations=[{"id": 7.0, "from": "+5", "channelId": 2}],
    )
    body = {"contactIds": [5], "conversationTemplateId": 1.0, "channelId": 2.0, "accountIds": [3.0]}
    known, unknown = zild.post(START, json=body).json()

    assert (7, "Ada", "Hello") == (known["id"], known["contactName"], known["lastMessageContent"])
    assert ("account 3", "Account 3") == (unknown["from"], unknown["contactName"])
    assert "channel 2" == known["messages"][0]["from"]


# behaviour: contact-has-its-number-as-name
def test_contacts_and_accounts_have_names_and_phones(zild_vendor: Mock, zild: httpx.Client) -> None:
    """Those that were seeded; the same phone is the same person, and a known phone has a name."""
    zild_vendor.seed(
        contacts=[{"id": 1, "name": "Ada", "phone": "+44"}, {"id": 2, "phone": "+55"}, {"id": 3, "name": None}],
        accounts=[
            {"id": 1, "name": "Analytical Engines", "phone": "+66"},
            {"id": 2, "name": "Ada & Co", "phone": "+44"},
        ],
    )
    body = {"recipient": ["+66", "+77"], "contactIds": [1, 2, 3], "accountIds": [1, 2, 9]}
    people = {each["from"]: each["contactName"] for each in zild.post(START, json=body).json()}

    assert {
        "+66": "Analytical Engines",
        "+77": None,
        "+44": "Ada",
        "+55": "Contact 2",
        "contact 3": None,
        "account 9": "Account 9",
    } == people


def test_a_template_is_filled(zild_vendor: Mock, zild: httpx.Client) -> None:
    """With the variables that the request gives; other placeholders and similar text stay."""
    zild_vendor.seed(templates=[{"id": 7, "content": "Hi {{1}}, {{ order }} and {{2}} {x} {{}}: {{1}}"}])
    variables = {"1": "Ada", "order": {"n": 5}}
    body = {"recipient": ["+55"], "conversationTemplateId": 7, "contentVariables": variables}
    (conversation,) = zild.post(START, json=body).json()

    assert 'Hi Ada, {"n":5} and {{2}} {x} {{}}: Ada' == conversation["lastMessageContent"]


def test_a_template_belongs_to_its_tenant(zild_vendor: Mock, zild: httpx.Client) -> None:
    """The other tenant's is not known."""
    zild_vendor.seed(tenant=1, templates=[{"id": 7, "content": "Hi"}])
    (conversation,) = zild.post(START, json={"recipient": ["+55"], "conversationTemplateId": 7}).json()

    assert "Template 7" == conversation["lastMessageContent"]


# behaviour: delivery-takes-time
@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, (0, True, False, False)),
        (1.9, (0, True, False, False)),
        (2, (1, True, True, False)),
        (9.9, (1, True, True, False)),
        (10, (2, True, True, True)),
    ],
)
def test_a_message_is_sent_delivered_and_read(seconds: float, expected: tuple[int, bool, bool, bool]) -> None:
    """As mock time goes by; a later message starts from the beginning."""
    mock = Mock("zild", check=True)
    mock.clock.freeze()
    mock.clock.advance(0.25)
    with connect(mock) as zild:
        body = {"recipient": ["+55"], "conversationTemplateId": 1}
        zild.post(START, json=body)
        mock.clock.advance(seconds)
        first, second = (
            tuple(message[name] for name in ("messageStatus", "sent", "delivered", "read"))
            for message in zild.post(START, json=body).json()[0]["messages"]
        )

    assert expected == first
    assert (0, True, False, False) == second


def test_delivery_takes_as_long_as_it_is_told(zild_vendor: Mock, zild: httpx.Client) -> None:
    """The options may change at any time, and count for messages that are there already."""
    body = {"recipient": ["+55"], "conversationTemplateId": 1}
    zild_vendor.options.delivered_after = 0
    (fast,) = zild.post(START, json=body).json()[0]["messages"]
    zild_vendor.options.read_after = 1
    (read, _) = zild.post(START, json=body).json()[0]["messages"]
    zild_vendor.options.delivered_after = zild_vendor.options.read_after = 1e9
    (slow, *_) = zild.post(START, json=body).json()[0]["messages"]

    assert [1, 2, 0] == [message["messageStatus"] for message in (fast, read, slow)]


@pytest.mark.parametrize("name", ["delivered_after", "read_after"])
def test_an_option_is_checked(name: str) -> None:
    """At once when the mock is made with it, and when it is used when it is set later."""
    with pytest.raises(ValueError, match=f"{name} is -1; give a number of seconds, 0 or more"):
        Mock("zild", **{name: -1})

    mock = Mock("zild")
    setattr(mock.options, name, -1)
    with connect(mock) as zild, pytest.raises(ValueError, match=f"{name} is -1; give a number of seconds, 0 or more"):
        zild.post(START, json={"recipient": ["+55"], "conversationTemplateId": 1})


def test_a_conversation_repeats_the_request(zild: httpx.Client) -> None:
    """Channel, bot, user, queue and type are those that were asked for."""
    asked = {"channelId": 1, "botId": 2, "userId": 3, "queueId": 4, "counterpartUserId": 5, "liveAgent": True}
    asked |= {"conversationIntegrationType": 18}
    (conversation,) = zild.post(START, json=asked | {"recipient": ["+55"]}).json()

    assert asked | {"from": "+55", "active": True, "tenantId": 1} == {
        name: conversation[name] for name in (*asked, "from", "active", "tenantId")
    }
    assert conversation["createdAt"] == conversation["lastConversationUpdateTime"] == conversation["queuedAt"]
    assert [] == conversation["messages"]


# behaviour: unset-fields-are-the-mocks
def test_unset_fields(zild: httpx.Client) -> None:
    """What no request has said is missing, null, an empty list or 0, and false where it has to be there."""
    (conversation,) = zild.post(START, json={"recipient": ["+55"]}).json()
    ids = {"id", "conversationId", "createdAt", "lastConversationUpdateTime", "from", "tenantId"}

    assert {
        "active": True,
        "liveAgent": False,
        **dict.fromkeys(("finishedAt", "queuedAt", "contactName", "lastMessageContent")),
        "tags": [],
        "totalUnreadedMessagesByUser": 0,
        "dynamicVariables": [],
        "dataCollection": [],
        "messages": [],
    } == {name: value for name, value in conversation.items() if name not in ids}


# behaviour: thousand-people-at-most
def test_a_thousand_people(zild: httpx.Client) -> None:
    """A request may name so many, and not one more."""
    named = {"recipient": [f"+{number}" for number in range(500)], "contactIds": list(range(499))}

    assert [200, 400] == [
        zild.post(START, json=named | {"accountIds": accounts}).status_code for accounts in ([1], [1, 2])
    ]


# behaviour: unknown-template-has-its-number
def test_a_template_is_the_first_message(zild: httpx.Client) -> None:
    """With its variables, from the channel to the recipient."""
    body = {"recipient": ["+55"], "conversationTemplateId": 7, "contentVariables": {"1": "Ada"}, "channelId": 2}
    (conversation,) = zild.post(START, json=body).json()
    (message,) = conversation["messages"]

    assert "Template 7" == message["content"] == conversation["lastMessageContent"]
    assert {"1": "Ada"} == json.loads(message["contentVariables"])
    assert ("channel 2", "+55", conversation["id"]) == (message["from"], message["to"], message["conversationId"])


def test_tenants_are_told_apart(zild_vendor: Mock) -> None:
    """The token decides the tenant."""
    with connect(zild_vendor, 1) as client:
        (conversation,) = client.post(START, json={"recipient": ["+55"]}).json()

    assert {"Authorization": f"Bearer {ZILD_TOKENS[1]}"} == zild_vendor.headers(1)
    assert 2 == conversation["tenantId"]


@pytest.mark.parametrize("value", [None, "Bearer nonsense", ZILD_TOKENS[0]])
def test_a_missing_or_wrong_token_is_challenged(zild_vendor: Mock, value: str | None) -> None:
    """401 with WWW-Authenticate and without a body."""
    with connect(zild_vendor) as client:
        client.headers = httpx.Headers({} if value is None else {"Authorization": value})
        answer = client.post(START, json={})

    assert (401, "Bearer", b"") == (answer.status_code, answer.headers["www-authenticate"], answer.content)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"channelId": "1"}, "$.channelId"),
        ({"channelId": 2**31}, "$.channelId"),
        ({"recipient": ["+1", 2]}, "$.recipient.1"),
        ({"conversationIntegrationType": 19}, "$.conversationIntegrationType"),
        ({"contactIds": list(range(1001))}, "$.recipient"),
        ({"contentVariables": {"1": "x" * 65_536}}, "$.contentVariables"),
        ({"conversationTemplateId": 1, "contentVariables": {"1": "x" * 32_768}}, "$.contentVariables"),
        ([], "$"),
    ],
)
def test_an_invalid_body_is_a_problem(zild: httpx.Client, body: object, place: str) -> None:
    """RFC 9457 with the errors by place."""
    answer = zild.post(START, json=body)

    assert (400, "application/problem+json") == (answer.status_code, answer.headers["content-type"])
    assert [place] == list(answer.json()["errors"])


def test_errors_at_one_place_are_gathered(zild: httpx.Client) -> None:
    """A place has a list of messages."""
    answer = zild.post(START, json={"conversationIntegrationType": "x"})

    assert 2 == len(answer.json()["errors"]["$.conversationIntegrationType"])


def test_another_media_type_is_a_problem(zild: httpx.Client) -> None:
    """415 without errors."""
    answer = zild.post(START, content=b"x", headers={"content-type": "text/plain"})

    assert (415, "Unsupported Media Type") == (answer.status_code, answer.json()["title"])
    assert "errors" not in answer.json()


@pytest.mark.parametrize(("status", "title"), [(503, "Service Unavailable"), (599, "x"), (409, "Conflict")])
def test_any_status_has_a_problem(status: int, title: str) -> None:
    """A fault may have a status that Zild's mock never gives by itself."""
    reply = error(Problem(status, "x"))

    assert {"title": title, "status": status, "detail": "x"} == json.loads(reply.body)


@pytest.mark.parametrize("status", [429, 500])
def test_some_statuses_have_no_body(status: int) -> None:
    """The rate limiter and an unhandled exception, with their headers."""
    reply = error(Problem(status, "x", headers=(("retry-after", "1"),)))

    assert (status, b"", "1") == (reply.status, reply.body, dict(reply.headers)["retry-after"])

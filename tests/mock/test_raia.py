"""raia, played."""

from __future__ import annotations

import json
import math
from datetime import datetime
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from causerie_mock import RAIA_KEYS, Mock, document
from causerie_mock._exchange import Problem
from causerie_mock.raia.errors import error
from causerie_mock.raia.reply import Question, ReplyFailed
from tests.mock.conftest import connect

ID = "5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b"
CONVERSATIONS = "/external/conversations"
DOCUMENTED = f"{CONVERSATIONS}/{ID}"
STARTS: dict[str, dict[str, Any]] = {
    "email": {"email": "ada@test.com", "emailSubject": "About engines", "emailIntroduction": "Dear Ada"},
    "sms": {"phoneNumber": "+4412", "smsIntroduction": "Hi Ada"},
    "voice": {"phoneNumber": "+4413", "firstMessage": "Hello, Ada?"},
}


def create(client: httpx.Client, user: str = "ada", **fields: Any) -> dict[str, Any]:
    """Return a new conversation with `user`."""
    answer = client.post(CONVERSATIONS, json={"conversationUserId": user, **fields})

    assert 201 == answer.status_code

    return dict(answer.json())


def start(client: httpx.Client, channel: str, **fields: Any) -> str:
    """Return the path of a conversation that was started over `channel`."""
    body = {"firstName": "Ada", "lastName": "Lovelace", "channel": channel, **STARTS[channel], **fields}
    answer = client.post(f"{CONVERSATIONS}/start", json=body)

    assert 201 == answer.status_code

    return f"{CONVERSATIONS}/{answer.json()['conversationId']}"


def ids(page: httpx.Response) -> list[str]:
    """Return the ids of the conversations on a page."""
    return [conversation["id"] for conversation in page.json()["data"]]


def refused(answer: httpx.Response) -> tuple[int, str, str]:
    """Status, name and message of an error."""
    return answer.status_code, answer.json()["name"], answer.json()["message"]


def test_the_documented_ids_are_there(raia: httpx.Client) -> None:
    """Conversation, user, state and question message of the page's examples."""
    conversation = raia.get(DOCUMENTED).json()
    question = raia.get(f"{DOCUMENTED}/messages").json()["messages"][0]

    assert (ID, ID) == (conversation["conversationUserId"], conversation["user"]["id"])
    assert {"customData": {"key1": "value1", "key2": "value2"}} == conversation["metadata"]
    assert "manual" == conversation["mode"]
    assert ID in [state["id"] for state in raia.get(f"{CONVERSATIONS}/states").json()]
    assert (ID, "conversation_user") == (question["id"], question["senderRole"])
    assert "completed" == raia.get(f"{DOCUMENTED}/messages/{ID}/response-on").json()["status"]


# behaviour: agents-have-two-states
def test_the_states(raia: httpx.Client, other_raia: httpx.Client) -> None:
    """Both agents have New and Complete, and no other."""
    states = [client.get(f"{CONVERSATIONS}/states").json() for client in (raia, other_raia)]

    assert [["New", "Complete"]] * 2 == [[state["name"] for state in each] for each in states]


def test_a_created_conversation_can_be_read(raia: httpx.Client) -> None:
    """It shows what was sent; the context is accepted and shown nowhere."""
    created = create(raia, title="T", context="C", customData={"a": [1]}, conversationStateId=ID)
    read = raia.get(f"{CONVERSATIONS}/{created['id']}").json()

    assert ("T", {"customData": {"a": [1]}}, ID) == (
        created["title"],
        created["metadata"],
        created["conversationStateId"],
    )
    assert "context" not in created
    assert created | {"feedbacks": []} == read


def test_an_unknown_user_is_made_on_first_use(raia: httpx.Client) -> None:
    """And is the same user from then on."""
    first, second = create(raia, "somebody"), create(raia, "somebody")

    assert "somebody" == first["conversationUserId"] == first["user"]["id"]
    assert first["user"] == second["user"]
    assert first["id"] != second["id"]


def test_an_update_merges(raia: httpx.Client) -> None:
    """What is left out stays; updatedAt moves."""
    created = create(raia, title="Before", conversationStateId="s1")
    path = f"{CONVERSATIONS}/{created['id']}"
    updated = raia.put(path, json={"title": "After", "context": "C", "status": "archived"}).json()

    assert ("After", "s1") == (updated["title"], updated["conversationStateId"])
    assert created["createdAt"] == updated["createdAt"]
    assert created["updatedAt"] < updated["updatedAt"]
    assert updated | {"feedbacks": []} == raia.get(path).json()


def test_deleting_empties_one_users_conversations_only(raia: httpx.Client, other_raia: httpx.Client) -> None:
    """Of this agent; deleted conversations are gone everywhere, and deleting again is no error."""
    doomed = [create(raia, "doomed")["id"] for _ in range(3)]
    kept = create(raia, "kept")["id"]
    others = create(other_raia, "doomed")["id"]
    message = raia.post(f"{CONVERSATIONS}/{doomed[0]}/messages/async", json={"message": "x"}).json()
    answers = [raia.request("DELETE", CONVERSATIONS, json={"conversationUserId": "doomed"}) for _ in range(2)]
    everywhere = [
        raia.request(method, f"{CONVERSATIONS}/{doomed[0]}{rest}", json=body)
        for method, rest, body in [
            ("GET", "", None),
            ("PUT", "", {}),
            ("PUT", "/mode", {}),
            ("GET", "/messages", None),
            ("POST", "/messages", {"message": "x"}),
            ("POST", "/messages/async", {"message": "x"}),
            ("GET", f"/messages/{message['id']}/response-on", None),
            ("POST", "/send-manual-message", {"message": "x"}),
        ]
    ]

    assert [(204, b"")] * 2 == [(answer.status_code, answer.content) for answer in answers]
    assert {(404, "ENTITY_NOT_FOUND_ERROR", "ENTITY_NOT_FOUND")} == {refused(answer) for answer in everywhere}
    assert not set(doomed) & set(ids(raia.get(CONVERSATIONS)))
    assert kept in ids(raia.get(CONVERSATIONS))
    assert others in ids(other_raia.get(CONVERSATIONS))


def test_an_agent_sees_its_own_only(raia: httpx.Client, other_raia: httpx.Client) -> None:
    """The key decides whose conversations there are."""
    mine = create(raia)["id"]

    assert 404 == other_raia.get(f"{CONVERSATIONS}/{mine}").status_code
    assert mine not in ids(other_raia.get(CONVERSATIONS))
    assert 1 == other_raia.get(CONVERSATIONS).json()["totalItems"]


@pytest.mark.parametrize("headers", [{}, {"Agent-Secret-Key": "nonsense"}])
def test_a_missing_or_wrong_key_is_forbidden(raia_vendor: Mock, headers: dict[str, str]) -> None:
    """403 with raia's own name and message, never 401."""
    assert {"Agent-Secret-Key": RAIA_KEYS[0]} == raia_vendor.headers()

    with connect(raia_vendor) as client:
        client.headers = httpx.Headers(headers)
        example = document("raia")["components"]["responses"]["Forbidden"]["content"]["application/json"]["example"]

        assert (403, example) == _answer(client.get(DOCUMENTED))


def _answer(answer: httpx.Response) -> tuple[int, Any]:
    return answer.status_code, answer.json()


@settings(max_examples=30)
@given(count=st.integers(0, 25), page=st.integers(1, 12), size=st.integers(1, 30))
def test_pages_add_up(count: int, page: int, size: int) -> None:
    """Totals, neighbours and contents agree with each other on every page."""
    with connect(Mock("raia", check=True)) as client:
        expected = [create(client, "ada", title=str(number))["id"] for number in range(count)]
        asked: dict[str, str | int] = {
            "userId": "ada",
            "pageSize": size,
            "orderBy": "createdAt",
            "orderDirection": "ASC",
        }
        got = client.get(CONVERSATIONS, params=asked | {"page": page}).json()
        pages = math.ceil(count / size)
        walked = [
            found
            for number in range(1, pages + 1)
            for found in ids(client.get(CONVERSATIONS, params=asked | {"page": number}))
        ]

    assert (page, size, count, pages) == tuple(
        got[name] for name in ("currentPage", "pageSize", "totalItems", "totalPages")
    )
    assert (page < pages, page > 1) == (got["hasNextPage"], got["hasPreviousPage"])
    assert expected[(page - 1) * size : page * size] == [conversation["id"] for conversation in got["data"]]
    assert expected == walked


@pytest.mark.parametrize("page", [str(10**400), "9" * 999])
def test_a_page_far_beyond_the_last_is_empty(raia: httpx.Client, page: str) -> None:
    """No number is too large to be a page."""
    got = raia.get(CONVERSATIONS, params={"page": page, "pageSize": page}).json()

    assert ([], int(page), False) == (got["data"], got["currentPage"], got["hasNextPage"])


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=x", "pageSize=0", "orderBy=title", "orderDirection=asc", "startDate=today", "withFeedbacksOnly=1"],
)
def test_an_invalid_parameter_is_named(raia: httpx.Client, query: str) -> None:
    """400 with the parameter in the details."""
    answer = raia.get(f"{CONVERSATIONS}?{query}")

    assert (400, "BAD_REQUEST", "INVALID_REQUEST") == refused(answer)
    assert [query.split("=", maxsplit=1)[0]] == [detail["path"] for detail in answer.json()["details"]]


def test_lists_are_ordered(raia: httpx.Client) -> None:
    """By last change descending, or as asked."""
    first, second = create(raia)["id"], create(raia)["id"]
    raia.put(f"{CONVERSATIONS}/{first}", json={"title": "changed last"})

    def order(**asked: str) -> list[str]:
        return ids(raia.get(CONVERSATIONS, params={"userId": "ada", **asked}))

    assert [first, second] == order()
    assert [first, second] == order(orderBy="updatedAt", orderDirection="DESC")
    assert [second, first] == order(orderBy="updatedAt", orderDirection="ASC")
    assert [second, first] == order(orderBy="createdAt")
    assert [first, second] == order(orderBy="createdAt", orderDirection="ASC")


@pytest.mark.parametrize("keyword", ["engines", "ABOUT eng", "ada love", "da@test", "receptio", ""])
def test_a_keyword_is_found_in_any_case(raia: httpx.Client, keyword: str) -> None:
    """In title, agent name, the user's names and the user's email address."""
    path = start(raia, "email")

    assert path.rsplit("/", 1)[1] in ids(raia.get(CONVERSATIONS, params={"searchKeyword": keyword}))


def test_a_keyword_is_found_in_summary_and_phone_number(raia: httpx.Client) -> None:
    """The documented conversation has both; what is nowhere is not found."""

    def found(keyword: str) -> list[str]:
        return ids(raia.get(CONVERSATIONS, params={"searchKeyword": keyword}))

    assert [ID] == found("a summary")
    assert [ID] == found("+1234567890")
    assert [] == found("nowhere")


def test_the_orders_mirror_each_other(raia_vendor: Mock, raia: httpx.Client) -> None:
    """Even where the dates are equal."""
    raia_vendor.clock.freeze()
    made = [create(raia)["id"] for _ in range(3)]

    def order(direction: str) -> list[str]:
        return ids(raia.get(CONVERSATIONS, params={"userId": "ada", "orderDirection": direction}))

    assert made == order("ASC") == order("DESC")[::-1]


def test_dates_bound_the_last_change(raia: httpx.Client) -> None:
    """Both ends belong to the range."""
    date = create(raia)["updatedAt"]
    before, after = "2023-10-02T00:00:00+02:00", "9999-12-31t23:59:59z"

    def found(**asked: str) -> int:
        return int(raia.get(CONVERSATIONS, params={"userId": "ada", **asked}).json()["totalItems"])

    assert 1 == found(startDate=date, endDate=date)
    assert 1 == found(startDate=before, endDate=after)
    assert 1 == found(startDate="0001-01-01T00:00:00+23:59", endDate="9999-12-31T23:59:59-23:59")
    assert 0 == found(startDate=after)
    assert 0 == found(endDate=before)


@pytest.mark.parametrize("date", ["0000-01-01T00:00:00Z", "2016-12-31T23:59:60Z"])
def test_a_date_outside_the_calendar_is_refused(raia: httpx.Client, date: str) -> None:
    """RFC 3339 allows it, the mock cannot compare it."""
    for name in ("startDate", "endDate"):
        answer = raia.get(CONVERSATIONS, params={"userId": "nobody", name: date})

        assert (400, [name]) == (answer.status_code, [detail["path"] for detail in answer.json()["details"]])


def test_feedbacks_filter_and_show(raia: httpx.Client) -> None:
    """The documented conversation has the one feedback; messages show it when asked."""
    listed = raia.get(CONVERSATIONS, params={"withFeedbacksOnly": "true"}).json()["data"]
    plain = raia.get(f"{DOCUMENTED}/messages").json()["messages"]
    rated = raia.get(f"{DOCUMENTED}/messages", params={"shouldIncludeFeedbacks": "true"}).json()["messages"]

    assert [[ID]] == [[feedback["id"] for feedback in conversation["feedbacks"]] for conversation in listed]
    assert all("conversationMessageFeedbacks" not in message for message in plain)
    assert [[], [ID]] == [[feedback["id"] for feedback in message["conversationMessageFeedbacks"]] for message in rated]


@pytest.mark.parametrize(("channel", "words"), [("email", "Dear Ada"), ("sms", "Hi Ada"), ("voice", "Hello, Ada?")])
def test_a_started_conversation_has_user_and_first_message(raia: httpx.Client, channel: str, words: str) -> None:
    """Its messages come over its channel."""
    path = start(raia, channel, context="C", source="S", fkId="1", fkUserId="2", customData={"a": 1})
    conversation = raia.get(path).json()
    (message,) = raia.get(f"{path}/messages").json()["messages"]
    user = conversation["user"]

    assert ("Ada", "Lovelace", "C", "S", "1", "2") == tuple(
        user[name] for name in ("firstName", "lastName", "context", "source", "fkId", "fkUserId")
    )
    assert {"customData": {"a": 1}} == conversation["metadata"]
    assert (words, "assistant", channel) == (message["message"], message["senderRole"], message["source"])
    assert message["id"] == message["conversationMessageId"]
    assert (channel == "voice") == ("aiCallId" in conversation)
    assert ("About engines" if channel == "email" else None) == conversation.get("title")


def test_the_same_address_is_the_same_user(raia: httpx.Client) -> None:
    """With the names that were given last; every start makes a new conversation."""
    first = start(raia, "sms")
    second = start(raia, "sms", firstName="Augusta", resetConversation=True)
    third = start(raia, "sms", phoneNumber="+99")
    users = [raia.get(path).json()["user"] for path in (first, second, third)]

    assert first != second
    assert users[0] == users[1]
    assert "Augusta" == users[0]["firstName"]
    assert users[0]["id"] != users[2]["id"]


def test_a_known_address_reaches_its_user(raia: httpx.Client) -> None:
    """Whoever has an email address or a phone number in any conversation is the user whom a start reaches there."""
    path = start(raia, "email", email="test@test.com", phoneNumber="+77")
    by_email = raia.get(path).json()["user"]
    by_phone = raia.get(start(raia, "sms", phoneNumber="+77")).json()["user"]

    assert ID == by_email["id"] == by_phone["id"]
    assert "Lovelace" == raia.get(DOCUMENTED).json()["user"]["lastName"]


def test_what_the_document_does_not_know_is_not_kept(raia: httpx.Client) -> None:
    """Nobody has checked it: a title is no part of a start by SMS, nor customData of an update."""
    path = start(raia, "sms", title=5, customData={"a": 1})
    updated = raia.put(path, json={"customData": 5, "mode": 5, "title": "T"}).json()
    found = raia.get(CONVERSATIONS, params={"searchKeyword": "t"})

    assert ("T", "ai", {"customData": {"a": 1}}) == (updated["title"], updated["mode"], updated["metadata"])
    assert 200 == found.status_code


@pytest.mark.parametrize("body", [{}, {"channel": "fax"}, {"channel": "email", "firstName": "A", "lastName": "B"}])
def test_a_start_needs_the_fields_of_its_channel(raia: httpx.Client, body: dict[str, Any]) -> None:
    """Anything else is a 400."""
    assert (400, "BAD_REQUEST", "INVALID_REQUEST") == refused(raia.post(f"{CONVERSATIONS}/start", json=body))


# behaviour: reply-function-answers
def test_a_message_is_answered_at_once(raia: httpx.Client) -> None:
    """By the assistant, with an echo; both stay in the conversation."""
    path = f"{CONVERSATIONS}/{create(raia)['id']}"
    answer = raia.post(
        f"{path}/messages", json={"message": "How?", "files": [{"fileName": "a.txt", "storagePath": "p"}]}
    )
    reply = answer.json()
    question, stored = raia.get(f"{path}/messages").json()["messages"]
    polled = raia.get(f"{path}/messages/{question['id']}/response-on").json()

    assert 201 == answer.status_code
    assert ("You said: How?", "assistant", "api") == (reply["message"], reply["senderRole"], reply["source"])
    assert "You said: How?" == reply["fullAIResponse"]["outputText"]
    assert reply == stored
    assert ("How?", "conversation_user") == (question["message"], question["senderRole"])
    assert question["id"] == question["conversationMessageId"] == reply["conversationMessageId"]
    assert ["a.txt"] == [file["fileName"] for file in question["files"]]
    assert {"status": "completed", "message": reply, "error": None} == polled


def test_messages_are_listed_in_either_order(raia: httpx.Client) -> None:
    """Ascending unless asked otherwise."""
    path = f"{CONVERSATIONS}/{create(raia)['id']}/messages"
    for text in ("one", "two"):
        raia.post(path, json={"message": text})

    def texts(**asked: str) -> list[str]:
        return [message["message"] for message in raia.get(path, params=asked).json()["messages"]]

    ascending = ["one", "You said: one", "two", "You said: two"]

    assert ascending == texts() == texts(orderDirection="ASC")
    assert ascending[::-1] == texts(orderDirection="DESC")


# behaviour: pending-takes-one-poll
@pytest.mark.parametrize("polls", [0, 1, 3])
def test_an_asynchronous_answer_is_pending_first(polls: int) -> None:
    """For as many polls as the mock was made with, and completed from then on."""
    with connect(Mock("raia", check=True, pending_polls=polls)) as raia:
        path = f"{CONVERSATIONS}/{create(raia)['id']}/messages"
        question = raia.post(f"{path}/async", json={"message": "How?"}).json()
        answers = [raia.get(f"{path}/{question['id']}/response-on").json() for _ in range(polls + 2)]
        messages = raia.get(path).json()["messages"]

    assert ("How?", "conversation_user") == (question["message"], question["senderRole"])
    assert [{"status": "pending", "message": None, "error": None}] * polls == answers[:polls]
    assert ["completed", "completed"] == [answer["status"] for answer in answers[polls:]]
    assert answers[-1] == answers[-2]
    assert [question, answers[-1]["message"]] == messages


def test_an_asynchronous_answer_takes_mock_time() -> None:
    """Polls and seconds must both be over, whichever takes longer; an option may change at any time."""
    mock = Mock("raia", check=True, pending_polls=2, pending_seconds=60)
    mock.clock.freeze()
    with connect(mock) as raia:
        path = f"{CONVERSATIONS}/{create(raia)['id']}/messages"

        def statuses(seconds: float, polls: int = 3) -> list[str]:
            question = raia.post(f"{path}/async", json={"message": "How?"}).json()["id"]
            mock.clock.advance(seconds)
            return [raia.get(f"{path}/{question}/response-on").json()["status"] for _ in range(polls)]

        late, on_time = statuses(59.999), statuses(60)
        mock.options.pending_polls = 0
        mock.options.pending_seconds = 0.5
        soon = statuses(0.5)

    assert ["pending"] * 3 == late
    assert ["pending", "pending", "completed"] == on_time
    assert ["completed"] * 3 == soon


def test_a_reply_function_is_asked() -> None:
    """It sees text, conversation, user and context, the message's before the conversation's, and may keep them."""
    asked: list[Question] = []

    def reply(question: Question) -> str:
        asked.append(question)
        question.user["firstName"] = "changed"
        return question.text.upper()

    with connect(Mock("raia", check=True, reply=reply)) as raia:
        conversation = create(raia, context="C", title="T")
        path = f"{CONVERSATIONS}/{conversation['id']}"
        answers = [
            raia.post(f"{path}/messages", json={"message": "a", **more}).json() for more in ({}, {"context": ""})
        ]
        raia.put(path, json={"context": "D"})
        raia.put(path, json={"title": "U"})
        question = raia.post(f"{path}/messages/async", json={"message": "b"}).json()["id"]
        polled = [raia.get(f"{path}/messages/{question}/response-on").json() for _ in range(3)]
        started = start(raia, "sms", context="the user's", conversationContext="S")
        raia.post(f"{started}/messages", json={"message": "c"})
        user = raia.get(path).json()["user"]

    assert ["A", "A"] == [answer["message"] for answer in answers]
    assert "B" == polled[-1]["message"]["message"]
    assert [("a", "C"), ("a", ""), ("b", "D"), ("c", "S")] == [(each.text, each.context) for each in asked]
    assert conversation["id"] == asked[0].conversation_id
    assert conversation["user"] == user


def test_a_failed_answer_stays_failed() -> None:
    """Asynchronous: `failed` with the error, even when a human answers. Synchronous: 500, and the question is kept."""

    def reply(question: Question) -> str:
        raise ReplyFailed(f"No answer to {question.text}.")

    mock = Mock("raia", check=True, reply=reply, pending_polls=1)
    with connect(mock) as raia:
        path = f"{CONVERSATIONS}/{create(raia)['id']}"
        question = raia.post(f"{path}/messages/async", json={"message": "a"}).json()["id"]
        first = [raia.get(f"{path}/messages/{question}/response-on").json() for _ in range(3)]
        mock.options.reply = lambda _: "Better late than never"
        raia.put(f"{path}/mode", json={"mode": "manual"})
        raia.post(f"{path}/send-manual-message", json={"message": "x", "conversationMessageId": question})
        later = raia.get(f"{path}/messages/{question}/response-on").json()
        mock.options.reply = reply
        raia.put(f"{path}/mode", json={"mode": "ai"})
        sent = raia.post(f"{path}/messages", json={"message": "b"})
        kept = raia.get(f"{path}/messages").json()["messages"][-1]
        status = raia.get(f"{path}/messages/{kept['id']}/response-on").json()["status"]

    failed = {"status": "failed", "message": None, "error": "No answer to a."}

    assert ["pending", "failed", "failed"] == [answer["status"] for answer in first]
    assert failed == first[1] == first[2] == later
    assert (500, {"status": 500, "message": "No answer to b."}) == _answer(sent)
    assert ("b", "failed") == (kept["message"], status)


def test_a_reply_is_text() -> None:
    """Another type is the test's mistake, said to the test."""
    with connect(Mock("raia", reply=lambda question: len(question.text))) as raia:
        path = f"{CONVERSATIONS}/{create(raia)['id']}/messages"

        with pytest.raises(TypeError, match="The reply function returned 1; it must return a str"):
            raia.post(path, json={"message": "x"})


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("pending_polls", -1, "a whole number"),
        ("pending_polls", 1.5, "a whole number"),
        ("pending_polls", True, "a whole number"),
        ("pending_seconds", -0.1, "a number of seconds"),
        ("pending_seconds", math.nan, "a number of seconds"),
        ("pending_seconds", "1", "a number of seconds"),
        ("reply", "Hello", "a function"),
    ],
)
def test_an_option_is_checked(name: str, value: object, what: str) -> None:
    """At once when the mock is made with it, and when it is used when it is set later."""
    with pytest.raises(ValueError, match=f"{name} is .*; give {what}"):
        Mock("raia", **{name: value})

    mock = Mock("raia")
    with connect(mock) as raia:
        path = f"{CONVERSATIONS}/{create(raia)['id']}/messages"
        question = raia.post(f"{path}/async", json={"message": "x"}).json()["id"]
        setattr(mock.options, name, value)

        with pytest.raises(ValueError, match=f"{name} is .*; give {what}"):
            _ = [raia.get(f"{path}/{question}/response-on") for _ in range(2)]


def test_a_conversation_forgets_its_oldest_messages(raia_vendor: Mock, raia: httpx.Client) -> None:
    """It remembers a thousand."""
    question = {"id": "q", "message": "How?"}
    answer = {"id": "a", "message": "So.", "senderRole": "assistant", "conversationMessageId": "q"}
    filler = [{"message": str(number)} for number in range(999)]
    raia_vendor.seed(conversations=[{"id": "c", "messages": [question, answer, *filler]}])
    messages = raia.get(f"{CONVERSATIONS}/c/messages").json()["messages"]

    assert 1000 == len(messages)
    assert "a" == messages[0]["id"]
    assert 404 == raia.get(f"{CONVERSATIONS}/c/messages/q/response-on").status_code


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (429, {"status": 429, "name": "TOO_MANY_REQUESTS_ERROR", "message": "TOO_MANY_REQUESTS", "details": []}),
        (503, {"status": 503, "message": "Too Many Requests"}),
    ],
)
def test_any_status_has_an_error(status: int, body: dict[str, Any]) -> None:
    """A fault may have one that raia's mock never gives by itself."""
    reply = error(Problem(status, "Too Many Requests"))

    assert (status, body) == (reply.status, json.loads(reply.body))


def test_a_message_moves_the_date_of_its_conversation(raia: httpx.Client) -> None:
    """A message is a change."""
    created = create(raia)
    path = f"{CONVERSATIONS}/{created['id']}"
    raia.post(f"{path}/messages/async", json={"message": "x"})

    assert datetime.fromisoformat(created["updatedAt"]) < datetime.fromisoformat(raia.get(path).json()["updatedAt"])


def test_only_questions_are_answered(raia: httpx.Client) -> None:
    """An answer waits for an answer in vain; an unknown message, or another conversation's, is not found."""
    path = f"{CONVERSATIONS}/{create(raia)['id']}/messages"
    reply = raia.post(path, json={"message": "x"}).json()

    assert ["pending"] * 3 == [raia.get(f"{path}/{reply['id']}/response-on").json()["status"] for _ in range(3)]
    assert 404 == raia.get(f"{path}/nothing/response-on").status_code
    assert 404 == raia.get(f"{path}/{ID}/response-on").status_code


def test_a_human_answers_in_manual_mode(raia: httpx.Client) -> None:
    """The AI is silent, the question is pending until a human answers it, and the hand-over goes back."""
    path = f"{CONVERSATIONS}/{create(raia)['id']}"
    manual = raia.put(f"{path}/mode", json={"mode": "manual"}).json()
    kept = raia.put(f"{path}/mode", json={}).json()
    asked = raia.post(f"{path}/messages", json={"message": "Anybody?"}).json()
    pending = [raia.get(f"{path}/messages/{asked['id']}/response-on").json()["status"] for _ in range(3)]
    sent = raia.post(f"{path}/send-manual-message", json={"message": "Me", "conversationMessageId": asked["id"]})
    completed = raia.get(f"{path}/messages/{asked['id']}/response-on").json()
    ai = raia.put(f"{path}/mode", json={"mode": "ai"}).json()

    assert ("manual", "manual", "ai") == (manual["mode"], kept["mode"], ai["mode"])
    assert "conversation_user" == asked["senderRole"]
    assert ["pending"] * 3 == pending
    assert (200, "manual_assistant", asked["id"]) == (
        sent.status_code,
        sent.json()["senderRole"],
        sent.json()["conversationMessageId"],
    )
    assert {"status": "completed", "message": sent.json(), "error": None} == completed


def test_a_manual_message_needs_no_question(raia: httpx.Client) -> None:
    """It then belongs to itself, as does an answer to an unknown question."""
    alone = raia.post(f"{DOCUMENTED}/send-manual-message", json={"message": "x"}).json()
    lost = raia.post(f"{DOCUMENTED}/send-manual-message", json={"message": "x", "conversationMessageId": "?"}).json()

    assert alone["id"] == alone["conversationMessageId"]
    assert "?" == lost["conversationMessageId"]


@pytest.mark.parametrize(("channel", "mode"), [("email", "ai"), ("voice", "ai"), ("voice", "manual")])
def test_a_manual_message_is_refused(raia: httpx.Client, channel: str, mode: str) -> None:
    """In AI mode, and in voice conversations in any mode."""
    path = start(raia, channel)
    raia.put(f"{path}/mode", json={"mode": mode})
    answer = raia.post(f"{path}/send-manual-message", json={"message": "x"})

    assert (400, "BAD_REQUEST", "INVALID_REQUEST") == refused(answer)
    assert 1 == len(raia.get(f"{path}/messages").json()["messages"])


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml"])
def test_another_media_type_is_a_bad_request(raia: httpx.Client, content_type: str) -> None:
    """raia's document has no 415."""
    answer = raia.post(CONVERSATIONS, content=b"x", headers={"content-type": content_type})

    assert (400, "BAD_REQUEST", "INVALID_REQUEST") == refused(answer)


def test_another_method_is_not_allowed(raia: httpx.Client) -> None:
    """405 with Allow."""
    answer = raia.patch(CONVERSATIONS)

    assert (405, "GET, POST, DELETE") == (answer.status_code, answer.headers["allow"])

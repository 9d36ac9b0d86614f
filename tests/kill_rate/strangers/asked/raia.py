"""What a careful caller asks of raia."""

from __future__ import annotations

from typing import Any

from tests.kill_rate.strangers.caller import HALF, LONG, SHAPES, STRANGE, later, posting, wrong_keys
from tests.kill_rate.strangers.client import Client

_CONVERSATIONS = "/external/conversations"
_USERS = "/external/users"
_DOCUMENTED = "5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b"
_VOTED = "123e4567-e89b-12d3-a456-426614174000"


async def raia(client: Client) -> None:
    """Ask raia."""
    ask = client.ask
    person = {"firstName": STRANGE, "lastName": "Doe"}
    user = await ask(
        "POST",
        _USERS,
        {**person, "phoneNumber": "+49 1", "email": "Anna@x.org", "fkUserId": "u", "customData": SHAPES},
    )
    for body in (
        {**person, "phoneNumber": "+49 2"},
        {**person, "email": "b@x.org"},
        {**person, "email": "b@x.org"},
        {"firstName": "A", "fkId": "1"},
        {**person},
        {**person, "fkId": HALF},
    ):
        await ask("POST", _USERS, body)
    await ask("POST", _USERS, {**person, "fkId": "7"}, media_type="text/plain")
    await ask("PUT", _USERS, {**person, "fkId": "8"})
    uid = user["id"]

    async def create(**fields: Any) -> str:
        made = await ask("POST", _CONVERSATIONS, {"conversationUserId": uid, **fields})
        return str((made or {}).get("id"))

    custom = {**SHAPES, "text": STRANGE, "long": LONG}
    one = await create(title=STRANGE, customData=custom, conversationStateId="state")
    two = await create(title="Zebra crossing", customData=SHAPES)
    await ask("POST", _CONVERSATIONS, {"conversationUserId": "them", "customData": {"secret": 1}}, key=1)
    for fields in (
        {"title": "x" * 255},
        {"title": "x" * 256},
        {"title": 5},
        {"customData": {"nul": "\0"}},
        {"customData": {"a": 2**64}},
        {"title": "same"},
        {"title": "same"},
    ):
        await create(**fields)
    await ask("POST", _CONVERSATIONS, {"title": "nobody"})
    started = {
        "firstName": "S",
        "lastName": "T",
        "channel": "sms",
        "phoneNumber": "+1",
        "smsIntroduction": "Hi",
        "customData": {"a": 1},
    }
    for channel in ("sms", "sms", "SMS"):
        made = await ask("POST", f"{_CONVERSATIONS}/start", {**started, "channel": channel})
        await ask("GET", f"{_CONVERSATIONS}/{(made or {}).get('conversationId')}")
    for convo in (one, two, _DOCUMENTED):
        await _conversation(client, f"{_CONVERSATIONS}/{convo}", uid)
    await _prompts(client)
    await _agent(client)
    await _lists(client, uid, one)
    await _keys(client, f"{_CONVERSATIONS}/{two}", uid)
    await _together(client, one, two)
    await ask("GET", f"{_USERS}/{uid}")
    for path in (f"{_USERS}/{uid}", f"{_USERS}/{uid}"):
        await ask("DELETE", path)
        await ask("GET", path)
    for rest in ("", "/messages"):
        await ask("GET", f"{_CONVERSATIONS}/{one}{rest}")
    again = await ask("POST", _USERS, {**person, "fkId": "again"})
    await ask("GET", f"{_USERS}/{again['id']}")


async def _conversation(client: Client, path: str, uid: str) -> None:
    ask = client.ask
    await ask("GET", path)
    for body in (
        {"title": STRANGE},
        {"conversationStateId": "other"},
        {"context": "c", "status": "ACTIVE"},
        {"title": "kept?", "status": "none"},
        {"title": "y" * 300},
        {"title": None},
        {"title": ""},
        {"title": "Final title", "conversationStateId": "last"},
    ):
        await ask("PUT", path, body)
        await ask("GET", path)
    await ask("PATCH", path, {"title": "patched"})
    for mode in ({"mode": "manual"}, {}, {"mode": "MANUAL"}, {"mode": "none"}, {"mode": "ai"}):
        await ask("PUT", f"{path}/mode", mode)
    await ask("POST", f"{path}/send-manual-message", {"message": "not now"})
    file = {"fileName": "a.png", "storagePath": "conversations/x/a.png"}
    messages: tuple[Any, ...] = (
        {"message": STRANGE},
        {"message": LONG},
        {"message": "hello"},
        {"message": "hello"},
        {"message": "\U0001f600", "files": [file, {**file, "fileName": "b.png"}]},
        {"message": "", "unknown": 1},
        {"message": "m", "files": [file, {}]},
        {},
        b'{"message": "m",}',
    )
    for message in messages:
        await ask("POST", f"{path}/messages", message)
    await ask("POST", f"{path}/messages", {"message": "m"}, media_type="application/json; charset=utf-8")
    question = None
    for text in ("async", "async", STRANGE, LONG):
        question = await ask("POST", f"{path}/messages/async", {"message": text})
    for _ in range(6):
        await ask("GET", f"{path}/messages/{(question or {}).get('id')}/response-on")
    await ask("PUT", f"{path}/mode", {"mode": "manual"})
    await ask("POST", f"{path}/send-manual-message", {"message": STRANGE + LONG})
    everything = await ask("GET", f"{path}/messages")
    shown = (everything or {}).get("messages") or [{"id": "none"}]
    vote = {
        "conversationMessageId": shown[1 % len(shown)]["id"],
        "userId": uid,
        "voteType": "up",
        "question": "q",
    }
    for change in ({"comment": STRANGE + LONG, "answer": "a"}, {}, {"voteType": "UP"}, {"comment": "\U0001f600  "}):
        await ask("POST", "/external/conversation-message-feedbacks", {**vote, **change})
    await ask("POST", "/external/conversation-message-feedbacks", {**vote, "question": None} | {"question": "x"})
    del vote["question"]
    await ask("POST", "/external/conversation-message-feedbacks", vote)
    for query in ({}, {"orderDirection": "DESC"}, {"orderDirection": "none"}, {"shouldIncludeFeedbacks": "true"}):
        await ask("GET", f"{path}/messages", **query)
    upload = {"fileName": "a.png", "contentType": "image/png"}
    for _ in range(2):
        await ask("POST", f"{path}/message-files/upload-url", upload)
    await ask("GET", path)


async def _prompts(client: Client) -> None:
    ask = client.ask
    for prompt in (STRANGE + LONG, STRANGE, 5):
        await ask("POST", "/external/prompts", {"prompt": prompt})
    await ask("POST", "/external/prompts/async", {"prompt": "p"})
    made = await ask("POST", "/external/prompts/async", {"prompt": "p"})
    for _ in range(6):
        await ask("GET", f"/external/prompts/{made['promptId']}/response-on")
    await ask("GET", f"/external/prompts/{made['promptId']}/response-on", key=1)
    await ask("GET", f"/external/prompts/{made['promptId']}/response-on", key="no")
    await ask("GET", "/external/prompts/none/response-on")


async def _agent(client: Client) -> None:
    ask = client.ask
    hook = {
        "title": "t",
        "description": STRANGE,
        "url": "https://example.com/hook",
        "triggerCondition": "manual",
        "headers": {"X-A": " Upper "},
    }
    for change in ({}, {}, {"url": "http://example.com"}, {"url": "https://10.0.0.1"}, {"triggerCondition": "none"}):
        await ask("POST", "/external/agents/webhooks", {**hook, **change})
    for path in ("/external/agents/by-api-key", f"{_CONVERSATIONS}/states"):
        for key in (0, 1, "no"):
            await ask("GET", path, key=key)
    await ask("POST", "/external/prompts/upload-url", {"fileName": "a", "contentType": "text/plain"}, key="no")


async def _lists(client: Client, uid: str, one: str) -> None:
    ask, users = client.ask, "/external/agents/users"
    for number in range(12):
        made = {"firstName": f"U{number}", "lastName": "X", "fkId": f"f{number}"}
        await ask("POST", _USERS, made)
        await ask("POST", _CONVERSATIONS, {"conversationUserId": uid, "title": f"Title {number}"})
    await ask("PUT", f"{_CONVERSATIONS}/{one}", {"context": "moves"})
    for path in (_CONVERSATIONS, users):
        total = (await ask("GET", path) or {}).get("totalItems", 1)
        await ask("POST", _USERS, {"firstName": "new", "lastName": path, "fkId": path})
        await ask("POST", _CONVERSATIONS, {"conversationUserId": uid})
        for query in (
            {},
            {"page": 2},
            {"page": 2, "pageSize": 3},
            {"page": 99},
            {"page": 10**10},
            {"page": 0},
            {"pageSize": 1},
            {"pageSize": 60},
            {"pageSize": 100},
            {"pageSize": "x"},
            {"pageSize": 7},
            {"pageSize": total + 1},
            {"pageSize": [1, 2]},
            {"page": total + 1, "pageSize": 1},
            {"page": 2, "pageSize": total},
            {"orderDirection": "ASC", "pageSize": 100},
            {"orderBy": "createdAt", "orderDirection": "ASC", "pageSize": 100},
            {"orderBy": "none"},
            {"orderDirection": "asc"},
        ):
            await ask("GET", path, **query)
    for query in (
        {"userId": _DOCUMENTED, "searchKeyword": "T"},
        {"userId": uid, "withFeedbacksOnly": "true"},
        {"userId": _DOCUMENTED, "page": 1},
        {"startDate": "2026-01-01T00:10:00Z", "endDate": "2027-01-01T00:00:00Z"},
        {"startDate": "2026-01-01"},
        {"withFeedbacksOnly": "false"},
        {"withFeedbacksOnly": "yes"},
        {"searchKeyword": "zEBRA"},
        {"searchKeyword": "FINAL"},
        {"searchKeyword": "itle 1"},
        {"searchKeyword": "Doe"},
        {"searchKeyword": " 1 "},
        {"searchKeyword": "100%"},
        {"searchKeyword": "(("},
    ):
        await ask("GET", _CONVERSATIONS, **query)
    for query in (
        {"email": "Anna@x.org"},
        {"email": "anna@x.org"},
        {"email": "Anna"},
        {"email": "x.org"},
        {"email": "Anna@x.org", "fkId": "none"},
        {"phoneNumber": "+49 1"},
        {"fkId": "123456"},
    ):
        await ask("GET", f"{_USERS}/search", **query)
        await ask("GET", f"{_USERS}/search", key=1, **query)


async def _keys(client: Client, path: str, uid: str) -> None:
    ask = client.ask
    await ask("GET", path)
    for key in wrong_keys("raia"):
        for method in ("GET", "HEAD", "OPTIONS"):
            await ask(method, path, key=key)
        await ask("GET", "/external/agents/users", key=key)
        await ask("POST", _USERS, {"firstName": "a", "lastName": "b", "fkId": "c"}, key=key)
    await ask("POST", _CONVERSATIONS, [], key="no")
    await ask("GET", f"{_CONVERSATIONS}/{_DOCUMENTED}/message-files/{_DOCUMENTED}/signed-url", key="no")
    await ask("GET", f"{_CONVERSATIONS}/{_DOCUMENTED}/message-files/{_DOCUMENTED}/signed-url", key=1)
    await ask("DELETE", f"{_USERS}/7b9d3d5d-5d5d-4d5d-9d5d-5d5d5d5d5d5d", key="no")
    await ask("DELETE", f"{_USERS}/6a8c2c4c-4c4c-4c4c-8c4c-4c4c4c4c4c4c", key=1)
    question = await ask("POST", f"{path}/messages/async", {"message": "q"})
    for method, rest, body in (
        ("GET", "", None),
        ("PUT", "", {"title": "stolen"}),
        ("GET", "/messages", None),
        ("POST", "/messages", {"message": "m"}),
        ("GET", f"/messages/{question['id']}/response-on", None),
    ):
        await ask(method, f"{path}{rest}", body, key=1)
    for name in (uid, uid.upper(), f" {uid} ", "it's", "none", "x" * 70):
        await ask("GET", f"{_USERS}/{name}", key=0)
        await ask("GET", f"{_CONVERSATIONS}/{name}")
    await ask("GET", f"{_USERS}/{uid}", key=1)
    await ask("GET", path.replace(path.rpartition("/")[2], f" {path.rpartition('/')[2]} "))


async def _together(client: Client, one: str, two: str) -> None:
    ask, path = client.ask, f"{_CONVERSATIONS}/{two}"
    await ask("PUT", f"{path}/mode", {"mode": "ai"})
    await client.at_once(
        lambda: ask("PUT", path, {"conversationStateId": "first", "context": "x"}),
        lambda: ask("PUT", path, {"title": "second", "conversationStateId": "s2"}),
    )
    await ask("GET", path)
    await client.at_once(
        lambda: ask("PUT", path, {"conversationStateId": "third"}), lambda: ask("PUT", path, {"title": "fourth"})
    )
    await ask("GET", path)
    await client.at_once(
        lambda: ask("PUT", path, {"conversationStateId": "s3", "title": "third"}),
        lambda: later(lambda: ask("GET", path)),
    )
    await client.at_once(*[posting(ask, f"{path}/messages/async", {"message": each}) for each in ("1", "2")])
    messages = (await ask("GET", f"{path}/messages") or {})["messages"]
    created = [{"conversationUserId": _DOCUMENTED, "title": each} for each in ("1", "2")]
    await client.at_once(*[posting(ask, _CONVERSATIONS, each) for each in created])
    user = {"firstName": "a", "lastName": "b", "email": "twice@x.org"}
    await client.at_once(posting(ask, _USERS, user), posting(ask, _USERS, user))
    await client.at_once(lambda: ask("GET", f"{_CONVERSATIONS}/{one}"), lambda: ask("GET", path))
    reads = [f"{path}/messages/{each['id']}/response-on" for each in messages if each["message"] in {"1", "2"}]
    for read in reads:
        await ask("GET", read)
        await ask("GET", read)
    await client.at_once(*[_reading(ask, read) for read in reads])


def _reading(ask: Any, path: str) -> Any:
    return lambda: ask("GET", path)

"""What a careful caller asks of Convocore."""

from __future__ import annotations

from typing import Any

from tests.kill_rate.strangers.caller import HALF, LONG, SHAPES, STRANGE, later, posting, wrong_keys
from tests.kill_rate.strangers.client import Client

_BASE = "/agents/agent123/convos"


def _turn(payload: Any) -> dict[str, Any]:
    message = {"type": "text", "item": {"type": "text", "payload": payload}}
    return {"from": "human", "ts": 1700000001, "messages": [message]}


_TURNS = [_turn({"message": STRANGE}), _turn({"message": LONG}), _turn(SHAPES), _turn({"message": "fourth"})]


async def convocore(client: Client) -> None:
    """Ask Convocore."""
    ask = client.ask

    async def create(**fields: Any) -> str:
        made = await ask("POST", _BASE, {"conversation": {"ts": 1700000000, **fields}})
        return str(((made or {}).get("data") or {}).get("ID"))

    deep: Any = 0
    for _ in range(30):
        deep = [deep]
    one = await create(userName=STRANGE, notes=LONG, tags=["b ", "A", "<c>"], leadScore=0.5, origin="whatsapp")
    two = await create(
        userName=STRANGE,
        notes=STRANGE + LONG,
        tags=["B", "a"],
        capturedVariables={**SHAPES, "text": STRANGE},
        funnelExtractedData=SHAPES,
        leadScore=0,
        isTest=True,
        state="completed",
    )
    await ask("POST", "/agents/agent456/convos", {"conversation": {"ts": 1, "notes": "theirs"}}, key=1)
    await ask("POST", _BASE, {"conversation": {"ts": 1700000003, "funnelExtractedData": {"a": deep}}})
    for _ in range(2):
        await create(notes="same")
    for convo in (one, two, "agent123_convo456"):
        await _conversation(client, f"{_BASE}/{convo}")
    path = f"{_BASE}/{one}"
    await _wrong(client, path)
    await _agent(client, one)
    for number in range(7):
        await create(ts=1700000100 + number)
    await _lists(client, two)
    await _keys(client, path)
    await ask("PUT", f"{_BASE}/{two}", {"conversation": {"notes": "put"}})
    for name in (one.upper(), one.lower(), f" {two} ", "x" * 100, "it's", "none"):
        for rest in ("", "/export", "/details"):
            await ask("GET", f"{_BASE}/{name}{rest}", **({"region": "eu"} if rest == "/details" else {}))
    await _together(client, one, two)
    for gone in (one, one):
        await ask("DELETE", f"{_BASE}/{gone}")
        for rest in ("", "/export"):
            await ask("GET", f"{_BASE}/{gone}{rest}")
    again = await create()
    await ask("GET", f"{_BASE}/{one}")
    await ask("GET", f"{_BASE}/{again}")
    await ask("GET", _BASE, limit=100)


async def _conversation(client: Client, path: str) -> None:
    ask = client.ask
    await ask("PATCH", f"{path}/messages", {"turns": _TURNS * 15})
    await ask("GET", path)
    await ask("PATCH", f"{path}/messages", {"turns": _TURNS[:1], "updateConversationMetadata": False})
    await ask("GET", path)
    await ask("PATCH", path, {"conversation": {"title": "T", "tags": ["x", "b"]}})
    await ask("GET", path)
    await ask("GET", f"{path}/details", region="eu")
    await ask("PATCH", path, {"conversation": {"userName": "C", "notes": "\U0001f600", "language": "de"}})
    await ask("GET", path)
    await ask("GET", f"{path}/details", region="eu")
    await ask("PATCH", path, {"conversation": {"notes": "", "capturedVariables": SHAPES, "funnelExtractedData": {}}})
    await ask("PATCH", path, {"conversation": {"notes": "kept?", "state": "none"}})
    await ask("PATCH", path, {"conversation": {"funnelExtractedData": SHAPES}, "unknown": 1})
    await ask("GET", path)
    await ask("GET", f"{path}/export")
    people = {
        "assignToUserIds": ["u1", "u2"],
        "note": "n",
        "delegatedBy": "boss",
        "assigneesHint": [{"id": "u1", "name": "N"}],
    }
    await ask("POST", f"{path}/assign", people)
    await ask("GET", path)
    for count in (25, 26):
        await ask("POST", f"{path}/assign", {"assignToUserIds": [f"u{number}" for number in range(count)]})
    await ask("POST", f"{path}/assign", {"assignToUserIds": [""]})
    for options in ({"dryRun": True}, {"skipIfHumanHandoff": True}, {}, {"dryRun": "true"}, {"dryRun": 1}):
        await ask("POST", f"{path}/send", {"message": LONG + STRANGE, "sourceLabel": "mine", "options": options})
    await ask("POST", f"{path}/send", {"message": "again"})
    await ask("POST", f"{path}/send", {"message": "again"})
    await ask("POST", f"{path}/accept-handoff", {"acceptedByUserId": "u1"})
    await ask("POST", f"{path}/accept-handoff", {})
    await ask("POST", f"{path}/send", {"message": "skip me", "options": {"skipIfHumanHandoff": True}})
    await ask("GET", path)


async def _wrong(client: Client, path: str) -> None:
    ask = client.ask
    for wrong in (
        {"notes": "a", "isTest": "true"},
        {"state": "COMPLETED"},
        {"tags": "x"},
        {"title": None},
        {"userName": 5},
        {"ts": "1700000000"},
        {"ts": 1700000000.5},
    ):
        await ask("PATCH", path, {"conversation": wrong})
        await ask("POST", _BASE, {"conversation": {"ts": 1, **wrong}})
        await ask("GET", path)
    for body in (b'{"conversation": {"ts": 1,}}', b"[]", b"{"):
        await ask("PATCH", path, body)
    for media_type in ("text/plain", "application/json; charset=utf-8"):
        await ask("POST", _BASE, {"conversation": {"ts": 2}}, media_type=media_type)
    await ask("POST", _BASE, {"conversation": {}})
    await ask("PATCH", path, {"conversation": {"notes": ""}})
    wrong_turn = {"from": "nobody", "messages": []}
    wrong_message = {"from": "bot", "messages": [{"type": "text"}, {"type": "none"}]}
    for each in ([_TURNS[0], wrong_turn], [{**_TURNS[0], "from": "HUMAN"}], [wrong_message], []):
        await ask("PATCH", f"{path}/messages", {"turns": each})
    half = {"type": "text", "item": {"payload": {"message": HALF}}}
    await ask("PATCH", f"{path}/messages", {"turns": [{"from": "bot", "messages": [half]}]})
    await ask("PATCH", f"{path}/messages", {})


async def _agent(client: Client, convo: str) -> None:
    ask = client.ask
    item = {"convoId": convo, "agentId": "agent123", "transcript": "a b c d e", "messageCount": 1}
    for count in (2, 25, 26):
        await ask("POST", "/convos/generate-summaries", {"items": [{**item, "convoId": f"c{n}"} for n in range(count)]})
    await ask("POST", "/convos/generate-summaries", {"items": [item, {}]})
    said = {"agentId": "agent123", "convoId": "new", "bucket": "voiceglow-eu", "prompt": f"  {STRANGE}  "}
    await ask("POST", "/agents/interact", said)
    await ask("POST", "/agents/interact", {**said, "convoId": "new2", "disableRecordHistory": True})
    await ask("POST", "/agents/interact", {**said, "bucket": "none"})
    for number in range(3):
        await ask(
            "POST", "/agents/interact", {**said, "convoId": f"chat{number}", "lightConvoData": {"origin": "WhatsApp"}}
        )


async def _keys(client: Client, path: str) -> None:
    ask = client.ask
    for key in wrong_keys("convocore"):
        for method in ("GET", "HEAD", "OPTIONS"):
            await ask(method, path, key=key)
        await ask("GET", _BASE, key=key)
        await ask("POST", _BASE, {"conversation": {"ts": 1}}, key=key)
    await ask("POST", _BASE, [], key="Bearer no")
    for method, rest, body in (
        ("GET", "", None),
        ("GET", "/details?", None),
        ("GET", "/export", None),
        ("PATCH", "", {"conversation": {"notes": "x"}}),
        ("PATCH", "/messages", {"turns": []}),
        ("POST", "/assign", {"assignToUserId": "u"}),
        ("POST", "/accept-handoff", {"acceptedByUserId": "u"}),
        ("DELETE", "", None),
    ):
        query = {"region": "eu"} if "?" in rest else {}
        theirs = "/agents/agent456/convos/agent456_convo789"
        await ask(method, f"{theirs}{rest.strip('?')}", body, **query)
        await ask(method, f"{path}{rest.strip('?')}", body, key="Bearer no", **query)


async def _together(client: Client, one: str, two: str) -> None:
    ask = client.ask
    await client.at_once(
        lambda: ask("PATCH", f"{_BASE}/{two}", {"conversation": {"notes": "first", "title": "one"}}),
        lambda: ask("PATCH", f"{_BASE}/{two}", {"conversation": {"userName": "second", "language": "x"}}),
    )
    await ask("GET", f"{_BASE}/{two}")
    await client.at_once(
        lambda: ask("PATCH", f"{_BASE}/{two}", {"conversation": {"notes": "third", "title": "three"}}),
        lambda: later(lambda: ask("GET", f"{_BASE}/{two}")),
    )
    await ask("GET", f"{_BASE}/{two}")
    for rest, bodies in (
        ("/send", [{"message": "1"}, {"message": "2"}]),
        ("/assign", [{"assignToUserId": "1"}, {"assignToUserId": "2"}]),
    ):
        await client.at_once(*[posting(ask, f"{_BASE}/{two}{rest}", body) for body in bodies])
        await ask("GET", f"{_BASE}/{two}/export")
    await client.at_once(
        lambda: ask("PATCH", f"{_BASE}/{two}/messages", {"turns": _TURNS}),
        lambda: later(lambda: ask("GET", f"{_BASE}/{two}/export")),
    )
    await client.at_once(lambda: ask("GET", f"{_BASE}/{one}"), lambda: ask("GET", f"{_BASE}/{two}"))


async def _lists(client: Client, some: str) -> None:
    ask = client.ask
    for _ in range(2):
        await ask("GET", _BASE)
    await ask("POST", _BASE, {"conversation": {"ts": 1}})
    await ask("GET", _BASE)
    for limit in (0, 1, 5, 60, 100, 101):
        page = await ask("GET", _BASE, limit=limit)
        for _ in range(2):
            page = await ask("GET", _BASE, limit=limit, cursor=(page or {}).get("nextCursor") or "none")
    count = len((await ask("GET", _BASE, limit=100) or {}).get("data", ())) or 1
    await ask("GET", _BASE, limit=min(count, 100))
    for query in ({"limit": [5, 6]}, {"page": 2}, {"page": 1}, {"cursor": "no cursor"}):
        await ask("GET", _BASE, **query)
    ids = f"{some},agent123_convo456"
    for query in (
        {},
        {"limit": 2},
        {"limit": 60},
        {"limit": 500},
        {"limit": 100},
        {"sort": "asc"},
        {"sort": "ASC"},
        {"format": "xml"},
        {"format": "csv", "convoIds": ids},
        {"convoIds": ids},
        {"fromTs": 1700000000},
        {"toTs": 1700000000},
        {"fromTs": 1700000000, "toTs": 1799999999},
        {"fromTs": 1700000000000},
        {"fromTs": 1767225600, "toTs": 1867225600},
    ):
        page = await ask("GET", f"{_BASE}/export", **query)
        cursor = (page or {}).get("nextCursor")
        for _ in range(2 if cursor else 0):
            page = await ask("GET", f"{_BASE}/export", **query, cursor=cursor)
            cursor = (page or {}).get("nextCursor") or cursor
    count = len((await ask("GET", f"{_BASE}/export", limit=100) or {}).get("data", ())) or 1
    await ask("GET", f"{_BASE}/export", limit=count)
    sessions = {"workspaceId": "workspace123", "region": "eu"}
    for query in (
        {},
        {"page": 1, "limit": 2},
        {"page": -1},
        {"region": "EU"},
        {"origin": "WhatsApp"},
        {"agentId": "none", "origin": "WhatsApp"},
        {"workspaceId": "workspace456"},
        {"limit": 2},
    ):
        await ask("GET", "/workspace/sessions", **{**sessions, **query})
    await ask("GET", "/workspace/sessions", key="Bearer no", **sessions)
    await ask("POST", "/convos/generate-summaries", {"items": [{}]}, key="Bearer no")
    for query in ({}, {"region": "EU"}):
        await ask("GET", f"{_BASE}/{some}/details", **query)

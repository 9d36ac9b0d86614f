"""What a careful caller asks of Zild."""

from __future__ import annotations

from typing import Any

from tests.kill_rate.strangers.caller import LONG, SHAPES, STRANGE, posting, wrong_keys
from tests.kill_rate.strangers.client import Client

_PATH = "/api/Conversation/proactive-conversation"


async def zild(client: Client) -> None:
    """Ask Zild."""
    ask = client.ask
    start: dict[str, Any] = {
        "channelId": 1,
        "botId": 2,
        "recipient": ["+1", "+2"],
        "contactIds": [5],
        "accountIds": [6],
        "liveAgent": True,
        "conversationTemplateId": 7,
        "counterpartUserId": 8,
        "userId": 9,
        "queueId": 10,
        "contentVariables": {**SHAPES, "text": STRANGE, "long": LONG},
        "conversationIntegrationType": 1,
    }
    await ask("POST", _PATH, start)
    await ask("POST", _PATH, start)
    await ask("POST", _PATH, {**start, "contentVariables": {"theirs": 1}}, key=1)
    changes: tuple[dict[str, Any], ...] = (
        {"queueId": 11},
        {"contentVariables": SHAPES},
        {"conversationTemplateId": 70},
        {"recipient": [STRANGE, "Abc", "+3", "+3"]},
        {"recipient": None},
        {"contactIds": None},
        {"contactIds": [5, "x"]},
        {"recipient": "+4"},
        {"queueId": None},
        {"queueId": "11"},
        {"queueId": 2**31},
        {"queueId": 1.5},
        {"contactIds": [1.5]},
        {"liveAgent": "true"},
        {"contentVariables": []},
        {"contentVariables": {"a": "\U0001f600"}},
        {"recipient": [f"+{number}" for number in range(1000)], "contactIds": [], "accountIds": []},
        {"recipient": [f"+{number}" for number in range(1001)], "contactIds": [], "accountIds": []},
    )
    for change in changes:
        await ask("POST", _PATH, {**start, **change})
    for left_out in ("queueId", "userId", "liveAgent"):
        await ask("POST", _PATH, {name: value for name, value in start.items() if name != left_out})
    await ask("POST", _PATH, {})
    await ask("POST", _PATH, b'{"recipient": ["+1"],}')
    await ask("PUT", _PATH, {"recipient": ["+1"]})
    for media_type in ("text/plain", "application/json; charset=utf-8"):
        await ask("POST", _PATH, {"recipient": ["+9"]}, media_type=media_type)
    for key in wrong_keys("zild"):
        await ask("POST", _PATH, {"recipient": ["+9"]}, key=key)
    await client.at_once(*[posting(ask, _PATH, {"recipient": [each]}) for each in ("+20", "+21")])
    await ask("POST", _PATH, {"recipient": ["+20", "+21"]})

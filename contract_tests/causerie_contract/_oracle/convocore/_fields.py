"""The fields of a conversation, and values for them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from causerie_contract._oracle._machine import OBJECTS, TEXTS

TEXT_FIELDS = [
    "userName",
    "userEmail",
    "userPhone",
    "userAddress",
    "userCompany",
    "userWebsite",
    "userProfilePic",
    "userImage",
    "notes",
    "note",
    "userID",
    "campaignId",
    "socialHandle",
    "userOs",
    "userBrowser",
    "userPlatform",
    "lang",
    "whatsappPhoneNumberId",
    "whatsappBusinessNumber",
    "whatsappDisplayPhoneNumber",
    "whatsappBusinessAccountId",
    "title",
    "summary",
    "lastMessage",
    "endReason",
    "chatAssignedTo",
    "notifyToUserId",
    "requestedTeamKey",
    "delegatedBy",
    "funnelSummary",
]
_INTEGER = [
    "ts",
    "firstMessageTS",
    "lastMessageTS",
    "lastViewed",
    "messagesNum",
    "interactionsNum",
    "totalUserInteractions",
    "sessionsNum",
    "delegatedAt",
    "funnelLastEvaluated",
]
_NUMBER = ["convoTimeSeconds", "averageLatency", "ratingFrom5", "leadScore"]
_BOOLEAN = ["isFollowingBusiness", "socialVerified", "isTyping", "isBlocked", "isTest", "funnelNotificationSent"]
_LISTS = ["sessions", "metrics", "campaignCalls", "funnelStepsMatched", "funnelScoreHistory"]
_ANY = ["origin", "capturedVariables"]
_STATES = ("requested_chat", "human-chatting", "ai-chatting", "ended_chat", "completed")
SHAPED: dict[str, tuple[Any, ...]] = {
    "tags": (["new-lead", "new-lead", " B ", "a"], [], ["", "a"]),
    "state": _STATES,
    "handoffHistory": (
        [
            {"requestedAt": 1, "acceptedAt": 2, "completedAt": 3, "acceptedBy": "p", "organizationId": "o"},
            {"requestedTeamKey": "k", "teamIds": ["2", "1", "1"], "teamKeys": ["b", "a"]},
        ],
        [],
    ),
    "nodesInfo": ({"currentNode": "node"}, {}),
    "vapi": (
        {"cost": 0.5, "callDuration": 2.5, "recordingUrl": "r", "callStatus": "s", "callError": "e"},
        {"callerPhoneNumber": "+491", "calleePhoneNumber": "+492"},
    ),
    "voice": ({"latestSessionId": "s", "listenUrl": "u", "listenUrlUNIX": 1}, {"latestSessionId": "t"}),
    "detailedCost": (
        {"totalCreditsConsumed": 1.5, "speechGenCost": 2.5, "transcriberCost": 3.5},
        {"twilioCost": 4.5, "llmCost": 5.5},
    ),
    "funnelExtractedData": OBJECTS,
}
FIELDS = (*TEXT_FIELDS, *_INTEGER, *_NUMBER, *_BOOLEAN, *_LISTS, *_ANY, *SHAPED)
_ANYTHING: tuple[Any, ...] = ("web-chat", "", 0, False, None, [], {"a": [1, None]}, 1.5)

#: Which of its values each field gets.
SOME_FIELDS = st.dictionaries(st.sampled_from(FIELDS), st.integers(0, 12), max_size=6)
SOME = st.integers(0, 7)


def value(name: str, number: int) -> Any:
    """The value with that number; they go round."""
    place = FIELDS.index(name)
    if name in TEXT_FIELDS:
        return TEXTS[number - 3] if 3 <= number < len(TEXTS) + 3 else f"{name} {number}"
    if name in _INTEGER:
        return (1700000000 + place, 0, 1, 2147483647 + place)[number % 4]
    if name in _NUMBER:
        return (place + 0.5, 0, 7, -0.25)[number % 4]
    if name in _BOOLEAN:
        return (place + number) % 2 == 0
    if name in _LISTS:
        return ([place, "b", "b", {"a": None}], [], [[1]])[number % 3]
    values = _ANYTHING if name in _ANY else SHAPED[name]
    return values[number % len(values)]

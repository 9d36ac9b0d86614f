"""The fields of a conversation, and values for them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ..._oracle._machine import OBJECTS, TEXTS

TEXT_FIELDS = [
    *("userName", "userEmail", "userPhone", "userAddress", "userCompany", "userWebsite", "userProfilePic", "userImage"),
    *("notes", "note", "ipAddress", "countryCode", "language", "linkedIn", "facebook", "instagram", "source"),
    *("subIndustry", "currency", "expectedCloseDate", "demoDate", "demoTime", "demoLink", "lostReason"),
    *("userID", "campaignId", "socialHandle", "userOs", "userBrowser", "browserTimezone", "userPlatform", "lang"),
    *("whatsappPhoneNumberId", "whatsappBusinessNumber", "whatsappDisplayPhoneNumber", "whatsappBusinessAccountId"),
    *("smbContactName", "contactIdentityId", "crossChannelContext", "title", "summary", "shortSummary", "lastMessage"),
    *("endReason", "archivedBy", "resolvedBy", "resolvedByEmail", "lastResolvedAssigneeId", "reopenReason"),
    *("chatAssignedTo", "notifyToUserId", "requestedTeamKey", "delegatedBy", "funnelSummary"),
]
_INTEGER = [
    *("ts", "firstMessageTS", "lastMessageTS", "lastViewed", "messagesNum", "interactionsNum", "totalUserInteractions"),
    *("sessionsNum", "delegatedAt", "funnelLastEvaluated", "smbContactRemovedAt", "smbLastSeenAt", "archivedAt"),
    *("resolvedAt", "reopenedAt"),
]
_NUMBER = ["convoTimeSeconds", "averageLatency", "ratingFrom5", "leadScore", "hotScore"]
_BOOLEAN = [
    *("isFollowingBusiness", "socialVerified", "isTyping", "isBlocked", "isTest", "funnelNotificationSent"),
    *("smbContact", "isArchived", "isResolved"),
]
_LISTS = ["sessions", "metrics", "campaignCalls"]
_LABELS = ["linkedChannels", "chatAssignedToIds", "funnelStepsMatched"]
_ANY = ["origin", "capturedVariables"]
_NULLABLE = ["humanClaimedAt", "humanLastRepliedAt", "pendingAiReplyAt"]
_EITHER = ["value", "lastActivityDate"]
_STATES = ("requested_chat", "human-chatting", "ai-chatting", "ended_chat", "completed")
_STAGES = (
    *("new", "engaged", "email_sent", "follow_up", "info_req", "demo_req", "demo_conf", "demo_done", "proposal"),
    *("negotiation", "trial", "won", "lost"),
)
_PERSON = {"userId": "p", "name": " P ", "email": "e", "photoUrl": "u", "note": "n", "assignedAt": 1.5}
_PEOPLE: tuple[dict[str, Any], ...] = (
    {**_PERSON, "status": "pending"},
    {"assignedAt": "now", "status": "accepted"},
    {"status": "done"},
    {},
)
_ACTIVITIES = ("Message", "Call", "Email", "Demo", "Meeting", "Follow-Up", "Note", "Stage Change", "Handoff", "System")
_CHANNELS = (
    *("LinkedIn", "WhatsApp", "Instagram", "Facebook", "Email", "Phone/Call", "Zoom/Video", "In Person", "Referral"),
    *("Web Chat", "Unknown"),
)
SHAPED: dict[str, tuple[Any, ...]] = {
    "tags": (["new-lead", "new-lead", " B ", "a"], [], ["", "a"], ["a", "c", "c"]),
    "state": _STATES,
    "hotLabel": ("hot", "warm", "cold"),
    "stage": _STAGES,
    "assignedTo": _PEOPLE,
    "assignedToUsers": ([*_PEOPLE], [], [_PEOPLE[1]]),
    "crmActivities": (
        [
            {
                "id": "i",
                "title": "t",
                "type": "Call",
                "date": 1.5,
                "dueDate": "d",
                "note": "n",
                "firstChannel": "Email",
                "secondChannel": "Unknown",
                "completed": True,
                "responded": False,
                "firstEngaged": True,
                "secondEngaged": False,
                "metadata": OBJECTS[2],
                "notesHistory": [
                    {"text": "t", "agentId": "a", "agentName": "n", "timestamp": 1.5},
                    {"timestamp": "t"},
                    {},
                ],
            },
            {"date": "d", "dueDate": 2.5, "notesHistory": []},
        ],
        [{"type": each} for each in _ACTIVITIES],
        [{"firstChannel": each, "secondChannel": each} for each in _CHANNELS],
        [],
    ),
    "crmAlerts": (
        {
            "overdueECD": True,
            "overdueActivity": False,
            "staleLead": True,
            "responded": True,
            "newHandoffAssigned": False,
        },
        {},
    ),
    "voiceflowV4Session": (
        {"sessionKey": "s", "projectId": "p", "environmentAlias": "e", "updatedAt": 1, "resolvedRuntime": "legacy"},
        {"resolvedRuntime": "v4"},
        {},
    ),
    "csat": (
        {"satisfaction10": 9.5, "ease10": 1.5, "comment": "c", "submittedAt": 1, "channel": "c", "surveyVersion": 0.5},
        {"satisfaction10": 10, "ease10": 1},
        {},
    ),
    "inboundEngagementState": (
        {
            "firstDecisionAt": 1,
            "firstDecisionShouldReply": True,
            "lastDecisionAt": 2,
            "lastDecisionReason": "r",
            "lastDecisionShouldReply": False,
            "aiOwnedThread": True,
            "ignoreThread": False,
            "lastTriggeredBy": "phrase",
        },
        {"lastTriggeredBy": "ai_rule"},
        {"lastTriggeredBy": "ownership"},
        {},
    ),
    "tokenUsage": (
        {
            "cumulativeInputTokens": 1,
            "cumulativeOutputTokens": 2,
            "cumulativeTotalTokens": 3,
            "lastTurnTs": 4,
            "lastTurnInputTokens": 5,
            "lastTurnOutputTokens": 6,
            "lastTurnTotalTokens": 7,
            "cumulativeUsd": 0.5,
            "lastTurnUsd": 0.25,
            "lastTurnModelId": "m",
            "lastTurnContextWindow": 8,
            "lastTurnInputUsdPer1k": 0.1,
            "lastTurnOutputUsdPer1k": 0.2,
            "usagePerModel": OBJECTS[0],
        },
        {},
    ),
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
        {"callerPhoneNumber": "+491", "calleePhoneNumber": "+492", "syncRecordingUrl": "s"},
    ),
    "voice": ({"latestSessionId": "s", "listenUrl": "u", "listenUrlUNIX": 1}, {"latestSessionId": "t"}),
    "detailedCost": (
        {"totalCreditsConsumed": 1.5, "speechGenCost": 2.5, "transcriberCost": 3.5},
        {"twilioCost": 4.5, "llmCost": 5.5},
    ),
    "funnelScoreHistory": (
        [
            {"timestamp": 1, "stepId": "s", "stepName": "n", "pointsAdded": 0.5, "newScore": 1.5},
            {
                "timestamp": 2,
                "stepId": "",
                "stepName": "",
                "pointsAdded": -1,
                "newScore": 0,
                "extractedData": OBJECTS[2],
                "messageContext": "m",
            },
        ],
        [],
    ),
    "funnelExtractedData": OBJECTS,
}
FIELDS = (*TEXT_FIELDS, *_INTEGER, *_NUMBER, *_BOOLEAN, *_LISTS, *_LABELS, *_ANY, *_NULLABLE, *_EITHER, *SHAPED)
#: Channels on which a message reaches the person (documented).
DELIVERABLE = ("whatsapp", "messenger", "instagram", "telegram", "sms", "discord")
_ANYTHING: tuple[Any, ...] = ("web-chat", "", 0, False, None, [], {"a": [1, None]}, 1.5, *DELIVERABLE)

_VALUES: dict[str, tuple[Any, ...]] = {
    **{name: (1700000000 + place, 0, 1, 2147483647 + place) for place, name in enumerate(_INTEGER)},
    **{name: (place + 0.5, 0, 7, -0.25) for place, name in enumerate(_NUMBER)},
    **{name: (place % 2 == 0, place % 2 == 1) for place, name in enumerate(_BOOLEAN)},
    **{name: ([place, "b", "b", {"a": None}], [], [[1]]) for place, name in enumerate(_LISTS)},
    **{name: (["b", "a", "a"], [], [name]) for name in _LABELS},
    **dict.fromkeys(_ANY, _ANYTHING),
    **{name: (1700000000 + place, None, 0) for place, name in enumerate(_NULLABLE)},
    **{name: (name, place + 0.5, "", 0) for place, name in enumerate(_EITHER)},
    **SHAPED,
}

#: Which of its values each field gets.
SOME_FIELDS = st.dictionaries(st.sampled_from(FIELDS), st.integers(0, 13), max_size=6)
SOME = st.integers(0, 7)


def value(name: str, number: int) -> Any:
    """Return the value with that number; after the last value comes the first again."""
    if name in TEXT_FIELDS:
        return TEXTS[number - 3] if 3 <= number < len(TEXTS) + 3 else f"{name} {number}"
    values = _VALUES[name]
    return values[number % len(values)]


def merged(known: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    """Return what an update of a conversation with these fields writes: tags that are new are added."""
    if "tags" not in fields:
        return fields
    return {**fields, "tags": list(dict.fromkeys([*known.get("tags", []), *fields["tags"]]))}

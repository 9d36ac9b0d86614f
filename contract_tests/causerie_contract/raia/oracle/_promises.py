"""What is promised of conversations, of their messages and their users."""

from __future__ import annotations

from causerie_spec.evidence import Evidence

from ..._oracle._machine import inferred
from ..._oracle._promise import Promise

DOCUMENTED = Evidence("documented", "raia-conversations")
EXAMPLE = Evidence("example", "raia-conversations")
PUBLISHED = Evidence("published", "raia-openapi", "2026-07-27")
WRITTEN = Promise("value after write", DOCUMENTED)
KEPT = Promise("what nobody changes stays", DOCUMENTED)
SENT = Promise("a message keeps its text", DOCUMENTED)
NEW_ID = Promise("an id is never used again", inferred("An id that names two conversations names none"))
MOVES = Promise("updatedAt moves with a change", inferred("The time of the last change; that messages count is ours"))
STAYS = Promise("updatedAt stays without a change", inferred("The time of the last change"))
BORN = Promise("both dates are that of creation", inferred("Nothing has changed yet"))
GONE = Promise("what is deleted is gone", DOCUMENTED)
UNKNOWN = Promise("an unknown id is a 404", DOCUMENTED)
UNKNOWN_MESSAGE = Promise("an unknown id is a 404", inferred("Documented for conversations, not for their messages"))
OWN = Promise("a key sees its own agent alone", PUBLISHED)
TOTAL = Promise("totals", DOCUMENTED)
FILTER = Promise("filter", DOCUMENTED)
MESSAGES = Promise("all messages in the order of creation", DOCUMENTED)
FEEDBACKS = Promise("feedbacks where they are asked for", DOCUMENTED)
LIST_FEEDBACKS = Promise("feedbacks", PUBLISHED)
DEFAULT_PAGE = Promise("default page", inferred("No default is documented; the first page of 10"))
PENDING = Promise("pending before completed", inferred("An asynchronous answer takes the mock one poll"))
FINAL = Promise("completed is for ever", DOCUMENTED)
REPLY = Promise("the reply to a message", DOCUMENTED)
_SIGNED = inferred("Signed URLs of object stores take PUT and GET, the media type as it was signed")
TAKES = Promise("the signed URL takes the file", _SIGNED)
GIVES = Promise("the signed URL gives the file that was uploaded", _SIGNED)
ONE_EACH = Promise("two files of one name are two files", inferred("Else the second would be in place of the first"))
CONVERSATION: dict[str, Promise] = {
    "id": KEPT,
    "conversationUserId": WRITTEN,
    "title": WRITTEN,
    "score": Promise("absent unless somebody sets it", inferred("No operation sets it")),
    "summary": Promise("absent unless somebody sets it", inferred("No operation sets it")),
    "aiConversationId": KEPT,
    "metadata": Promise("metadata.customData is the customData", EXAMPLE),
    "aiCallId": Promise("voice conversations alone have a call", inferred("The id of a call")),
    "mode": Promise("mode", DOCUMENTED),
    "conversationStateId": WRITTEN,
    "createdAt": Promise("createdAt stays", DOCUMENTED),
    "updatedAt": STAYS,
    "assignedUser": Promise("nobody is assigned", inferred("No operation assigns anybody")),
    "isAnonymized": Promise("not anonymized", inferred("No operation anonymizes")),
}
USER: dict[str, Promise] = {
    "id": WRITTEN,
    **dict.fromkeys(("firstName", "lastName"), Promise("the user's names", inferred("Those given last, else unknown"))),
    **dict.fromkeys(
        ("context", "source", "fkId", "fkUserId", "email", "phoneNumber"),
        Promise("the user's details", inferred("Those that were given last")),
    ),
    "metadata": Promise("metadata.customData is the customData", EXAMPLE),
    "isAnonymized": Promise("not anonymized", inferred("No operation anonymizes")),
}
MESSAGE: dict[str, Promise] = {
    "id": KEPT,
    "message": SENT,
    "rawMessage": Promise("rawMessage is the message", inferred("Nothing formats it")),
    "conversationId": Promise("a message belongs to its conversation", DOCUMENTED),
    "senderRole": Promise("senderRole", PUBLISHED),
    "conversationMessageId": Promise("a message names its question", PUBLISHED),
    "source": Promise("source is the channel", PUBLISHED),
    "createdAt": Promise("createdAt stays", DOCUMENTED),
    "fullAIResponse": Promise("the AI's messages have fullAIResponse", inferred("The shape is published")),
    "subagentId": Promise("absent", inferred("No orchestration is documented")),
    "expandedMessage": Promise("absent", inferred("No Enhanced Prompting is documented")),
    "files": Promise("files of a message", PUBLISHED),
    "isAnonymized": Promise("not anonymized", inferred("No operation anonymizes")),
}

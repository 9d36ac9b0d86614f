"""What is promised of conversations, of their messages and their users."""

from __future__ import annotations

from ..._oracle._promise import Promise, promises_of

promise_of = promises_of("raia")

WRITTEN = promise_of("value-after-write")
KEPT = promise_of("what-nobody-changes-stays")
SENT = promise_of("message-keeps-its-text")
NEW_ID = promise_of("id-is-never-used-again")
MOVES = promise_of("updated-at-moves")
STAYS = promise_of("updated-at-stays")
BORN = promise_of("both-dates-at-creation")
UNWRITTEN = promise_of("unwritten-fields-are-absent")
GONE = promise_of("deleted-is-gone")
UNKNOWN = promise_of("unknown-conversation-is-a-404")
UNKNOWN_MESSAGE = promise_of("unknown-message-is-a-404")
OWN = promise_of("key-reaches-its-agent-alone")
TOTAL = promise_of("totals-agree")
FILTER = promise_of("lists-filter")
MESSAGES = promise_of("messages-in-order-of-creation")
FEEDBACKS = promise_of("feedbacks-where-asked-for")
LIST_FEEDBACKS = promise_of("feedbacks-are-shown")
DEFAULT_PAGE = promise_of("default-page-is-the-first-of-10")
FINAL = promise_of("completed-is-for-ever")
REPLY = promise_of("reply-to-a-message")
TAKES = promise_of("upload-url-takes-the-file")
GIVES = promise_of("download-url-gives-the-file")
ONE_EACH = promise_of("two-uploads-are-two-files")
CONVERSATION: dict[str, Promise] = {
    "id": KEPT,
    "conversationUserId": WRITTEN,
    "title": WRITTEN,
    "score": promise_of("score-and-summary-are-absent"),
    "summary": promise_of("score-and-summary-are-absent"),
    "aiConversationId": KEPT,
    "metadata": promise_of("custom-data-is-metadata"),
    "aiCallId": promise_of("voice-alone-has-a-call"),
    "mode": promise_of("mode-is-shown"),
    "conversationStateId": WRITTEN,
    "createdAt": promise_of("created-at-stays"),
    "updatedAt": STAYS,
    "assignedUser": promise_of("nobody-is-assigned"),
    "isAnonymized": promise_of("not-anonymized"),
}
USER: dict[str, Promise] = {
    "id": promise_of("users-id-is-the-one-given"),
    **dict.fromkeys(("firstName", "lastName"), promise_of("names-are-those-given-last")),
    **dict.fromkeys(
        ("context", "source", "fkId", "fkUserId", "email", "phoneNumber"),
        promise_of("details-are-those-given-last"),
    ),
    "metadata": promise_of("custom-data-is-metadata"),
    "isAnonymized": promise_of("not-anonymized"),
}
MESSAGE: dict[str, Promise] = {
    "id": KEPT,
    "message": SENT,
    "rawMessage": promise_of("raw-message-is-the-message"),
    "conversationId": promise_of("message-belongs-to-its-conversation"),
    "senderRole": promise_of("sender-role-is-shown"),
    "conversationMessageId": promise_of("message-names-its-question"),
    "source": promise_of("source-is-the-channel"),
    "createdAt": promise_of("created-at-stays"),
    "fullAIResponse": promise_of("ai-messages-have-full-response"),
    "subagentId": promise_of("no-subagent"),
    "expandedMessage": promise_of("no-expanded-message"),
    "files": promise_of("files-of-a-message"),
    "isAnonymized": promise_of("not-anonymized"),
}

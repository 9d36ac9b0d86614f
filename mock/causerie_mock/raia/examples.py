"""The values in the examples of raia's documents."""

from __future__ import annotations

from .._seed import Record

# behaviour: examples-are-there
#: The id of everything in the examples on raia's page.
DOCUMENTED_ID = "5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b"
# behaviour: conversations-to-delete-are-there
#: The user in the document's example of deleting conversations, who has a conversation.
DELETED_USER_ID = "6a8c2c4c-4c4c-4c4c-8c4c-4c4c4c4c4c4c"
#: The user in the document's example of deleting a user.
GONE_USER_ID = "7b9d3d5d-5d5d-4d5d-9d5d-5d5d5d5d5d5d"
# behaviour: other-examples-are-there
#: The message and the user in the document's example of a feedback.
VOTED_ID = "123e4567-e89b-12d3-a456-426614174000"

#: A time in raia's own form.
DATE = "2023-10-01T12:00:00.000Z"
FILE = b"This is an example.\n"
QUESTION = "How does quantum entanglement work?"
RESPONSE = "The theory of relativity explains how time and space are linked"

_DATES = {"createdAt": DATE, "updatedAt": DATE}
_EMAIL = "test@test.com"

#: The conversation on the page, with an answered question and an answer with a feedback.
DOCUMENTED: Record = {
    "id": DOCUMENTED_ID,
    "user": {
        "id": DOCUMENTED_ID,
        "firstName": "John",
        "lastName": "Doe",
        "fkId": "123456",
        "email": _EMAIL,
        "phoneNumber": "+1234567890",
    },
    "title": "Conversation Title",
    "score": 4,
    "summary": "This is a summary of the conversation.",
    "aiConversationId": "conv_h435hi34h5i43i5sdfdfs",
    "metadata": {"customData": {"key1": "value1", "key2": "value2"}},
    "aiCallId": "call_h435hi34h5i43i5",
    "mode": "manual",
    "conversationStateId": DOCUMENTED_ID,
    **_DATES,
    "messages": [
        {
            "id": DOCUMENTED_ID,
            "message": QUESTION,
            "createdAt": DATE,
            "files": [{"id": DOCUMENTED_ID, "fileName": "example.txt", "size": len(FILE), **_DATES}],
        },
        {
            "id": VOTED_ID,
            "message": "Hello, how can I help you?",
            "senderRole": "assistant",
            "createdAt": DATE,
            "conversationMessageFeedbacks": [
                {"id": DOCUMENTED_ID, "voteType": "down", "question": QUESTION, **_DATES, "userEmail": _EMAIL}
            ],
        },
    ],
}

#: The conversation that is deleted with its user.
DOOMED: Record = {
    "user": {"id": DELETED_USER_ID, "firstName": "Jane", "lastName": "Roe", "email": "jane@test.com"},
    "title": "A conversation to delete",
}

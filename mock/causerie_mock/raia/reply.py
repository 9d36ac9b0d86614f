"""What the agent answers: raia's AI, played by a function."""

from __future__ import annotations

from typing import Any

import attrs


@attrs.frozen
class Question:
    """What a reply function is asked."""

    #: The user's message, or the prompt.
    text: str
    #: None for a prompt.
    conversation_id: str | None
    #: A copy of the user, as an answer shows it; empty for a prompt.
    user: dict[str, Any]
    #: The message's own context, or the conversation's; None when neither has one.
    context: str | None


class ReplyFailed(Exception):
    """What a reply function raises when the agent is to have no answer.

    An asynchronous question then ends `failed` with `message` as its error; so does a prompt, which has these fields
    either way. A synchronous question is answered with status 500.
    """

    # behaviour: reply-may-fail

    def __init__(self, message: str = "Internal Server Error") -> None:
        super().__init__(message)
        self.message = message


def echo(question: Question) -> str:
    """Return the reply when a test sets no other."""
    # behaviour: reply-function-answers, prompt-is-echoed
    return f"You said: {question.text}"

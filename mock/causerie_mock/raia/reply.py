"""The agent's replies: raia's AI is replaced by a function."""

from __future__ import annotations

from typing import Any

import attrs


@attrs.frozen
class Question:
    """The question that a reply function gets."""

    #: The user's message, or the prompt.
    text: str
    #: None for a prompt.
    conversation_id: str | None
    #: A copy of the user in the form of an answer; empty for a prompt.
    user: dict[str, Any]
    #: The context of the message or else of the conversation; None if neither has one.
    context: str | None


class ReplyFailed(Exception):
    """Raised by a reply function to make the agent fail.

    An asynchronous question then ends `failed` with `message` as its error; so does a prompt, which has these fields
    either way. A synchronous question is answered with status 500.
    """

    # behaviour: reply-may-fail

    def __init__(self, message: str = "Internal Server Error") -> None:
        super().__init__(message)
        self.message = message


def echo(question: Question) -> str:
    """Return the default reply."""
    # behaviour: reply-function-answers, prompt-is-echoed
    return f"You said: {question.text}"

"""The options that a test may set for raia."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from .. import _options
from .._options import about
from .reply import Question, echo


def _unknown(_: dict[str, Any], __: dict[str, Any]) -> None:
    """Return None, since raia does not publish the body."""


@attrs.define
class Options(_options.Options):
    """Options, which a test may change at any time.

    Raises `ValueError` for a value of the wrong type, at the latest when it is used.
    """

    reply: Callable[[Question], str] = attrs.field(
        default=echo,
        metadata=about(_options.FUNCTION, "The agent's answer to a question. It raises ReplyFailed for none."),
    )
    pending_polls: int = attrs.field(
        default=1,
        metadata=about(
            _options.COUNT,
            "How many polls the response to an asynchronous question or prompt is pending for, at least.",
        ),
    )
    pending_seconds: float = attrs.field(
        default=0,
        metadata=about(_options.SECONDS, "How many seconds of mock time such a response is pending for, at least."),
    )
    signed_seconds: float = attrs.field(
        default=900, metadata=about(_options.SECONDS, "How many seconds of mock time a signed URL is good for.")
    )
    webhook_body: Callable[[dict[str, Any], dict[str, Any]], dict[str, Any] | None] = attrs.field(
        default=_unknown,
        metadata=about(
            _options.FUNCTION,
            "Returns the body for webhooks after a reply, from the reply and its conversation; None sends nothing.",
        ),
    )

"""Waiting for the agent's reply to a message or to a prompt."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from causerie_api.request import Request
from causerie_api.unset import UNSET, Unset

from .. import _clock
from .._errors import APIConnectionError, APIStatusError, ArgumentError, ReplyFailedError, ReplyTimeoutError
from .._options import check_timeout, path_id
from .._plan import Plan, Wait
from .._resource import Driver, Resource
from .._retry import STATUSES

if TYPE_CHECKING:
    from causerie_api.raia.models import MessageResponseStatus, PromptResponseStatus

T = TypeVar("T")
R = TypeVar("R")


class Asked(NamedTuple):
    """A question that waits for its reply."""

    conversation_id: str | None
    """None for a prompt."""
    id: str


class Deadline:
    """A deadline: ``timeout`` seconds from now. ``moment`` is the same as a time of ``_clock.now()``.

    Raises ``ArgumentError``.
    """

    def __init__(self, timeout: float) -> None:
        check_timeout(timeout)
        self.timeout = timeout
        self.moment = _clock.now() + timeout


class Asking(Resource[Driver]):
    """A resource for asking questions."""

    def _awaited(
        self,
        request: Request[R, Any],
        read: Callable[[R], tuple[MessageResponseStatus | PromptResponseStatus | None, T | None, str | None]],
        asked: Asked,
        wait: Deadline,
    ) -> Plan[T]:
        """Wait for the reply, and return it. ``read`` returns the status, the reply and an error of an answer."""
        until = wait.moment
        interval = 0.25
        while True:
            try:
                status, reply, error = yield from self._read(request, read, until)
            except (APIConnectionError, APIStatusError) as failure:
                if isinstance(failure, APIStatusError) and failure.status_code not in STATUSES:
                    raise  # to go on waiting would not help
                late = ReplyTimeoutError(*asked, wait.timeout)
                if _clock.now() + interval >= until:
                    raise late from failure
                failure.add_note(f"The question stands: {late}.")
                raise
            if status == "completed" and reply:
                return reply
            if status == "failed":
                raise ReplyFailedError(*asked, error or None)
            # The jitter keeps callers that began together from asking together for ever.
            seconds = interval * random.uniform(0.75, 1.25)  # noqa: S311
            interval = min(5.0, interval * 1.5)
            if _clock.now() + seconds >= until:
                raise ReplyTimeoutError(*asked, wait.timeout)
            yield Wait(seconds)


def usable_id(given: str) -> str | Unset:
    """Return a question's id if it can be used to ask for the reply."""
    try:
        return path_id("id", given)
    except ArgumentError:  # the vendor's fault, not the caller's
        return UNSET

"""Help for who receives the calls of a raia webhook.

raia publishes how a webhook is made, and nothing of what it sends: neither the body's shape nor a signature. So an
event is a JSON object, kept whole, in which the objects are found that look like those which raia does publish. And a
call is known for raia's by a secret of yours, in a header that raia was told to send along::

    raia.webhooks.create("Inbox", "…", "https://example.com/raia", "each_message", headers={"Authorization": secret})

    def receive(request):
        webhooks.verify(request.headers, {"Authorization": secret})
        event = webhooks.parse(request.body)
        if event.message is not None:
            print(event.message.message)
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
import orjson

from palaver_api.model import DecodeError, Model
from palaver_api.raia import models

from ._errors import ArgumentError, WebhookVerificationError

if TYPE_CHECKING:
    from palaver_api.raia.models import Conversation, ConversationMessage, ConversationUser

__all__ = ["WebhookEvent", "WebhookVerificationError", "parse", "verify"]

M = TypeVar("M", bound=Model)


@attrs.frozen
class WebhookEvent:
    """What raia sent. What it means is not published; only what is found in it by its shape has a type."""

    json: dict[str, Any] = attrs.field(repr=False)
    """The whole body."""

    @property
    def conversation(self) -> Conversation | None:
        """The first object, outermost first, that is a conversation by the published contract; None without one."""
        return self._first(models.Conversation)

    @property
    def message(self) -> ConversationMessage | None:
        """The first object that is a message; None without one."""
        return self._first(models.ConversationMessage)

    @property
    def user(self) -> ConversationUser | None:
        """The first object that is a user; None without one."""
        return self._first(models.ConversationUser)

    def _first(self, kind: type[M]) -> M | None:
        for each in _objects(self.json):
            try:
                return kind.from_dict(each).validate()
            except DecodeError:
                continue
        return None


def parse(
    body: bytes | str, headers: Mapping[str, str] | None = None, expected: Mapping[str, str] | None = None
) -> WebhookEvent:
    """The event in the body of a call, which is a JSON object.

    With ``headers`` and ``expected``, they are held against each other first, as ``verify`` does. Raises
    ``ArgumentError`` and ``WebhookVerificationError``.
    """
    if headers is not None or expected is not None:
        verify(headers or {}, expected or {})
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        value = None
    if not isinstance(value, dict):  # not shown: it is somebody's conversation
        raise ArgumentError("body", "it is not a JSON object: give the call's body as it came")
    return WebhookEvent(value)


def verify(headers: Mapping[str, str], expected: Mapping[str, str]) -> None:
    """Make sure that a call has the headers that the webhook was made with. Raises ``WebhookVerificationError``.

    ``headers`` are the call's; ``expected`` are those with a secret, by any case of their names. How long it takes
    tells nothing about a secret. raia publishes no signature, so a body cannot be verified beyond this: keep to HTTPS.
    Raises ``ArgumentError`` when nothing is expected, since everything would then be verified.
    """
    if not expected or not all(expected.values()):
        raise ArgumentError("expected", "give at least one header, and a secret for each")
    for name, secret in expected.items():
        given = [value for other, value in headers.items() if other.lower() == name.lower()]
        if not given:
            raise WebhookVerificationError(name, "is missing")
        if not all(hmac.compare_digest(_bytes(value), _bytes(secret)) for value in given):
            raise WebhookVerificationError(name, "is not the one that was expected")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every JSON object within, outermost first."""
    level = [value]
    while level:
        yield from (each for each in level if isinstance(each, dict))
        level = [
            inner
            for each in level
            for inner in (each.values() if isinstance(each, dict) else each)
            if isinstance(inner, dict | list)
        ]

"""Helpers for receiving the calls of raia's webhooks.

raia publishes how a webhook is created, but not what it sends: neither the form of the body nor a signature. So an
event is a JSON object, kept whole, and objects in it are recognized if they look like those that raia does publish. A
call is recognized as raia's by your own secret, in a header that the webhook was created with::

    raia.webhooks.create("Inbox", "…", "https://example.com/raia", "each_message", headers={"Authorization": secret})

    def receive(request):
        webhooks.verify(request.headers, {"Authorization": secret})
        event = webhooks.parse(request.body)
        if event.message is not None:
            print(event.message.message)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import attrs
import orjson

from causerie_api.annotations import evaluable
from causerie_api.model import DecodeError, Model
from causerie_api.raia import models
from causerie_api.unset import UNSET

from .._errors import ArgumentError, WebhookVerificationError
from .._secret import without_frames
from .._webhook import Body, is_secret, read

if TYPE_CHECKING:
    from causerie_api.raia.models import Conversation, ConversationMessage, ConversationUser

M = TypeVar("M", bound=Model)

_UNPROVED = ("conversationId", "messageId", "userId", "message", "timestamp")


class Headers(Protocol):
    """The headers of a call: a mapping, or the headers object of a web framework.

    An ``email.message.Message`` is one.
    """

    def items(self) -> Iterable[tuple[str, str]]:
        """Return the names and values."""
        ...


@evaluable
@attrs.frozen
class WebhookEvent:
    """An event from raia. raia does not publish its form, so only objects that are recognized have a type.

    An object is recognized if it has every required field and fits the contract; an optional field that is null counts
    as missing. Objects inside a recognized object are parts of it, and are not searched.
    """

    json: dict[str, Any] = attrs.field(repr=False)
    """The whole body."""
    _found: dict[type[Model], Any] = attrs.field(factory=dict, init=False, repr=False, eq=False)

    @property
    def unproved(self) -> dict[str, Any]:
        """Return the values of five undocumented names at the top level of ``json``.

        They are ``conversationId``, ``messageId``, ``userId``, ``message`` and ``timestamp``.

        The vendor's own code reads them there, but no source promises that they are sent, or what they contain.
        """
        return {name: self.json[name] for name in _UNPROVED if name in self.json}

    @property
    def conversation(self) -> Conversation | None:
        """The first object, outermost first, that is a conversation by the published contract; None without one."""
        return self._first(models.Conversation)

    @property
    def message(self) -> ConversationMessage | None:
        """The first object that is a message; None if there is none."""
        return self._first(models.ConversationMessage)

    @property
    def user(self) -> ConversationUser | None:
        """The first object that is a user; None if there is none."""
        return self._first(models.ConversationUser)

    def _first(self, kind: type[M]) -> M | None:
        if kind not in self._found:
            fitting = (_fitting(kind, each) for each in _outermost(self.json, kind))
            self._found[kind] = next(filter(None, fitting), None)
        found: M | None = self._found[kind]
        return found


@without_frames
def parse(
    body: Body,
    headers: Headers | None = None,
    expected: Mapping[str, str] | None = None,
) -> WebhookEvent:
    """Return the event in the body of a call, which is a JSON object.

    If ``headers`` and ``expected`` are given, they are checked first, as ``verify`` does. Raises ``ArgumentError`` and
    ``WebhookVerificationError``.
    """
    if headers is not None or expected is not None:
        verify(headers or {}, expected or {})
    return WebhookEvent(read(body))


@without_frames
def verify(headers: Headers, expected: Mapping[str, str]) -> None:
    """Raise ``WebhookVerificationError`` unless a call has the headers that the webhook was created with.

    ``headers`` are the call's; ``expected`` are the headers with a secret, in upper or lower case. All of them are
    compared, as digests, so that the time reveals nothing about a secret. raia publishes no signature, so a body cannot
    be verified further: use HTTPS. Raises ``ArgumentError`` if ``expected`` is empty, because every call would then be
    accepted.
    """
    if not expected or not all(isinstance(secret, str) and secret for secret in expected.values()):
        raise ArgumentError("expected", "give at least one header, and a secret for each, as text")
    problems = {name: _problem(headers, name, secret) for name, secret in expected.items()}
    for name, problem in problems.items():
        if problem is not None:
            raise WebhookVerificationError("header", name, problem)


def _problem(headers: Headers, name: str, secret: str) -> str | None:
    given: list[object] = [value for other, value in headers.items() if other.lower() == name.lower()]
    if not given:
        return "is missing"
    are_equal = [is_secret(value, secret) for value in given]
    return None if all(are_equal) else "is not the one that was expected"


def _outermost(value: Any, kind: type[Model]) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects with every required field, outermost first, but none that is inside another."""
    level = [value]
    while level:
        below = []
        for each in level:
            if isinstance(each, dict) and kind._required <= each.keys():
                yield each
            else:
                inner = each.values() if isinstance(each, dict) else each
                below += [one for one in inner if isinstance(one, dict | list)]
        level = below


def _fitting(kind: type[M], found: dict[str, Any]) -> M | None:
    """Return the object as a model if it fits the contract. The model shares nothing with ``found``."""
    try:
        text = orjson.dumps(found)
        _without_nulls(kind.from_json(text)).validate()
        return kind.from_json(text)
    except (DecodeError, orjson.JSONEncodeError):  # the latter is for what is nested deeper than 254 levels
        return None


def _without_nulls(model: M) -> M:
    """Return the model without its optional fields that are null, at any depth. Raises ``DecodeError``."""
    for field in model._fields.values():
        value = getattr(model, field.name)
        if value is None and not field.required:
            setattr(model, field.name, UNSET)
        for nested in value if isinstance(value, list) else [value]:
            if isinstance(nested, Model):
                _without_nulls(nested)
    return model

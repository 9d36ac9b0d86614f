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
    """The headers of a call: a mapping, or what a web framework has in its place.

    An ``email.message.Message`` is one.
    """

    def items(self) -> Iterable[tuple[str, str]]:
        """Their names and values."""
        ...


@evaluable
@attrs.frozen
class WebhookEvent:
    """What raia sent. What it means is not published; only what is found in it by its shape has a type.

    An object has the shape when it has every required field, and what it has fits the contract; an optional field that
    is null counts as one that is not there. What stands in an object with these fields is a part of it, and not looked
    for by itself.
    """

    json: dict[str, Any] = attrs.field(repr=False)
    """The whole body."""
    _found: dict[type[Model], Any] = attrs.field(factory=dict, init=False, repr=False, eq=False)

    @property
    def unproved(self) -> dict[str, Any]:
        """Return what the top of ``json`` has of five names, which no source promises.

        They are ``conversationId``, ``messageId``, ``userId``, ``message`` and ``timestamp``.

        Code of the vendor's reads them there; nothing proves that they are sent, nor what they hold.
        """
        return {name: self.json[name] for name in _UNPROVED if name in self.json}

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

    With ``headers`` and ``expected``, they are held against each other first, as ``verify`` does. Raises
    ``ArgumentError`` and ``WebhookVerificationError``.
    """
    if headers is not None or expected is not None:
        verify(headers or {}, expected or {})
    return WebhookEvent(read(body))


@without_frames
def verify(headers: Headers, expected: Mapping[str, str]) -> None:
    """Make sure that a call has the headers that the webhook was made with. Raises ``WebhookVerificationError``.

    ``headers`` are the call's; ``expected`` are those with a secret, by any case of their names. All of them are
    compared, as digests, so that the time it takes tells nothing about a secret. raia publishes no signature, so a body
    cannot be verified beyond this: keep to HTTPS. Raises ``ArgumentError`` when nothing is expected, since everything
    would then be verified.
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
    """Yield the JSON objects with every required field, the outermost first, and none that stands in another."""
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
    """Return the object, if it fits the contract. It shares nothing with ``found``."""
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

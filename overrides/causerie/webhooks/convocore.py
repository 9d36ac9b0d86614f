"""Calls of Convocore's webhooks: who sent them, and what happened.

Convocore puts the secret of the workspace into the body of every call, in clear: whoever logs or stores the body stores
a key that opens the whole workspace. ``parse`` compares it and gives an event without it::

    def receive(request):
        event = convocore.parse(request.body, workspace_secret)
        match event.payload:
            case convocore.MessageReceived(convo_id=conversation, message_content=text):
                print(conversation, text)

A call is a POST that is given 60 seconds and is not repeated. Calls come in no certain order, and one may come twice:
``event.key`` is the same for both. Source: Convocore's pages on events, as of August 2026.
"""

from __future__ import annotations

import hmac
import json
from datetime import datetime
from functools import cached_property
from hashlib import blake2b
from typing import Any

import attrs

from causerie_api import schema
from causerie_api.convocore.models import Conversation, Turn
from causerie_api.model import DecodeError, Model, field, moment
from causerie_api.unset import UNSET, Unset

from .._errors import ArgumentError, WebhookVerificationError
from .._secret import without_frames
from ._body import digest, read

_SECRET = "workspaceSecret"  # noqa: S105 - its name
_STARS = "***"


class Payload(Model):
    """What every event says, and all that is known of one whose type the pages do not have.

    Attributes are ``UNSET`` where the vendor sent nothing; what no page describes is in ``additional_properties``.
    """

    agent_id: str | Unset = field("agentId", schema.STRING, default=UNSET)
    """Id of the agent."""
    agent_name: str | Unset = field("agentName", schema.STRING, default=UNSET)
    """Name of the agent."""
    operation: str | Unset = field("operation", schema.STRING, default=UNSET)
    """What happened, in a word."""
    created_at: int | Unset = field("createdAt", schema.UNIX_MILLISECONDS, default=UNSET)
    """Time of the event in Unix milliseconds."""

    @property
    def created_at_datetime(self) -> datetime | Unset:
        """``created_at`` as a ``datetime`` in UTC, whichever unit it has; ``UNSET`` where it is no time."""
        try:
            return moment(self, "created_at")  # type: ignore[no-any-return]
        except DecodeError:
            return UNSET


class MessageReceived(Payload):
    """``message_received``: a person has written."""

    convo_id: str | Unset = field("convoId", schema.STRING, default=UNSET)
    """Id of the conversation."""
    message_content: str | Unset = field("messageContent", schema.STRING, default=UNSET)
    """The text."""
    channel: str | Unset = field("channel", schema.STRING, default=UNSET)
    """Channel, such as whatsapp or webchat."""
    message_type: str | Unset = field("messageType", schema.STRING, default=UNSET)
    """Type of the message."""
    from_: str | Unset = field("from", schema.STRING, default=UNSET)
    """Who has written."""


class ConversationUpdated(Payload):
    """``conversation_updated``: a conversation was stored."""

    convo_id: str | Unset = field("convoId", schema.STRING, default=UNSET)
    """Id of the conversation."""
    session_id: str | Unset = field("sessionId", schema.STRING, default=UNSET)
    """Id of the session."""
    channel: str | Unset = field("channel", schema.STRING, default=UNSET)
    """Channel of the conversation."""
    region: str | Unset = field("region", schema.STRING, default=UNSET)
    """Region that it is kept in: eu or na."""
    light_convo_data: Conversation | Unset = field("lightConvoData", schema.ref(lambda: Conversation), default=UNSET)
    """The record of the conversation."""
    turns: list[Turn] | Unset = field("turns", schema.array(schema.ref(lambda: Turn)), default=UNSET)
    """The stored turns."""
    messages_history: list[Any] | Unset = field("messagesHistory", schema.array(schema.ANY), default=UNSET)
    """Messages of any shape."""


class ChatDelegated(Payload):
    """``chat_delegated``: a conversation was handed to a person."""

    convo_id: str | Unset = field("convoId", schema.STRING, default=UNSET)
    """Id of the conversation."""
    assigned_to_user_id: str | Unset = field("assignedToUserId", schema.STRING, default=UNSET)
    """Id of the person."""
    assigned_to_user_name: str | Unset = field("assignedToUserName", schema.STRING, default=UNSET)
    """Name of the person."""
    assigned_to_user_email: str | Unset = field("assignedToUserEmail", schema.STRING, default=UNSET)
    """Email address of the person."""
    delegated_by_user_id: str | Unset = field("delegatedByUserId", schema.STRING, default=UNSET)
    """Id of whoever handed it over."""
    delegated_by_user_name: str | Unset = field("delegatedByUserName", schema.STRING, default=UNSET)
    """Name of whoever handed it over."""
    customer_name: str | Unset = field("customerName", schema.STRING, default=UNSET)
    """Name of the customer."""
    customer_email: str | Unset = field("customerEmail", schema.STRING, default=UNSET)
    """Email address of the customer."""
    customer_phone: str | Unset = field("customerPhone", schema.STRING, default=UNSET)
    """Phone number of the customer."""
    channel: str | Unset = field("channel", schema.STRING, default=UNSET)
    """Channel of the conversation."""


class BugReported(Payload):
    """``bug_reported``: somebody has reported a fault of a conversation."""

    convo_id: str | Unset = field("convoId", schema.STRING, default=UNSET)
    """Id of the conversation."""
    bug_description: str | Unset = field("bugDescription", schema.STRING, default=UNSET)
    """What was reported."""
    image_url: str | Unset = field("imageUrl", schema.STRING, default=UNSET)
    """URL of a picture."""
    reported_by_user_id: str | Unset = field("reportedByUserId", schema.STRING, default=UNSET)
    """Id of whoever reported it."""
    reported_by_user_name: str | Unset = field("reportedByUserName", schema.STRING, default=UNSET)
    """Name of whoever reported it."""
    reported_by_user_email: str | Unset = field("reportedByUserEmail", schema.STRING, default=UNSET)
    """Email address of whoever reported it."""
    channel: str | Unset = field("channel", schema.STRING, default=UNSET)
    """Channel of the conversation."""


class LeadCaptured(Payload):
    """``lead_captured``: an agent has learnt who a person is. It names no conversation."""

    lead_name: str | Unset = field("leadName", schema.STRING, default=UNSET)
    """Name."""
    lead_email: str | Unset = field("leadEmail", schema.STRING, default=UNSET)
    """Email address."""
    lead_phone: str | Unset = field("leadPhone", schema.STRING, default=UNSET)
    """Phone number."""
    channel: str | Unset = field("channel", schema.STRING, default=UNSET)
    """Channel of the conversation."""


class FormSubmitted(Payload):
    """``form_submitted``: a person has filled in a form."""

    convo_id: str | Unset = field("convoId", schema.STRING, default=UNSET)
    """Id of the conversation."""
    form_type: str | Unset = field("formType", schema.STRING, default=UNSET)
    """Type of the form: ui_engine_form or ui_engine_input."""
    form_data: dict[str, Any] | Unset = field("formData", schema.OBJECT, default=UNSET)
    """What was filled in."""
    channel: str | Unset = field("channel", schema.STRING, default=UNSET)
    """Channel of the conversation."""


class AgentChanged(Payload):
    """``agent_created``, ``agent_updated`` and ``agent_deleted``."""

    agent_platform: str | Unset = field("agentPlatform", schema.STRING, default=UNSET)
    """Platform of the agent."""


class OrganisationChanged(Payload):
    """``organisation_created``, ``organisation_updated`` and ``organisation_deleted``."""

    organisation_id: str | Unset = field("organisationId", schema.STRING, default=UNSET)
    """Id of the organisation."""
    organisation_name: str | Unset = field("organisationName", schema.STRING, default=UNSET)
    """Name of the organisation."""


class ClientChanged(OrganisationChanged):
    """``client_created``, ``client_updated`` and ``client_deleted``: a client of an organisation."""

    client_id: str | Unset = field("clientId", schema.STRING, default=UNSET)
    """Id of the client."""
    client_name: str | Unset = field("clientName", schema.STRING, default=UNSET)
    """Name of the client."""
    client_email: str | Unset = field("clientEmail", schema.STRING, default=UNSET)
    """Email address of the client."""


class WebhookTest(Payload):
    """``webhook_test``: somebody tries the webhook out."""

    message: str | Unset = field("message", schema.STRING, default=UNSET)
    """A text."""


TYPES: dict[str, type[Payload]] = {
    "message_received": MessageReceived,
    "conversation_updated": ConversationUpdated,
    "chat_delegated": ChatDelegated,
    "bug_reported": BugReported,
    "lead_captured": LeadCaptured,
    "form_submitted": FormSubmitted,
    **dict.fromkeys(("agent_created", "agent_updated", "agent_deleted"), AgentChanged),
    **dict.fromkeys(("organisation_created", "organisation_updated", "organisation_deleted"), OrganisationChanged),
    **dict.fromkeys(("client_created", "client_updated", "client_deleted"), ClientChanged),
    "webhook_test": WebhookTest,
}
"""What a payload is, by the type of the event."""


@attrs.frozen(slots=False)
class Event:
    """What Convocore sent, without the secret. It may be logged and stored, as far as the person's words may."""

    type: str
    """Such as ``message_received``; one that no page has is kept as it is."""
    payload: Payload
    """One of the classes in ``TYPES``; a plain ``Payload`` where the type is unknown."""
    json: dict[str, Any] = attrs.field(repr=False)
    """The whole body. It shares nothing with ``payload``."""

    @cached_property
    def key(self) -> str:
        """The same for two calls with the same event: no id comes with it, so time and content have to do."""
        return blake2b(json.dumps(self.json, sort_keys=True).encode(), digest_size=16).hexdigest()


@without_frames
def parse(body: bytes | bytearray | memoryview | str, workspace_secret: str) -> Event:
    """Return the event in the body of a call that has the secret of your workspace.

    The secrets are compared in constant time. Raises ``WebhookVerificationError`` when it is missing or another, and
    ``ArgumentError`` for a body that is no JSON object, and for an empty secret, which everybody would know. No error
    shows a secret or the body.
    """
    if not isinstance(workspace_secret, str) or not workspace_secret:
        raise ArgumentError("workspace_secret", "give the secret of your workspace, as text")
    whole = read(body)
    payload = whole.get("payload")
    given = payload.get(_SECRET) if isinstance(payload, dict) else None
    if not isinstance(given, str) or not hmac.compare_digest(digest(given), digest(workspace_secret)):
        problem = "is missing" if given is None else "is not the one that was expected"
        raise WebhookVerificationError(f"payload.{_SECRET}", problem)
    kind = whole.get("type")
    try:
        name = _without(kind, workspace_secret) if isinstance(kind, str) else ""
        made = TYPES.get(name, Payload).from_dict(_without(payload, workspace_secret))
        return Event(name, made, _without(whole, workspace_secret))
    except RecursionError:
        raise ArgumentError("body", "it is nested too deeply to be an event") from None


def _without(value: Any, secret: str) -> Any:
    """The JSON without what the vendor calls the secret, and with stars for the secret wherever else it stands."""
    if isinstance(value, str):
        stars = "" if secret in _STARS else _STARS
        while secret in value:  # what stands beside a secret can be a secret with the stars
            value = value.replace(secret, stars)
        return value
    if isinstance(value, list):
        return [_without(each, secret) for each in value]
    if isinstance(value, dict):
        return {_without(name, secret): _without(each, secret) for name, each in value.items() if name != _SECRET}
    return value

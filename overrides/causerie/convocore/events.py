"""The calls of Convocore's webhooks: they are checked by the secret in their body, and returned without it.

Convocore puts the secret of the workspace unencrypted into the body of every call, and anyone who has it can access the
whole workspace. ``parse`` checks it, and returns an event without it::

    def receive(request):
        event = convocore.parse(request.body, secret)
        if isinstance(event.payload, convocore.MessageReceived):
            print(event.payload.convo_id, event.payload.message_content)

A call is a POST that waits 60 seconds for a 200 and is not repeated. Calls come in any order, and the same one may come
twice. Source: the vendor's page on events, as of August 2026.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import attrs
import orjson

from causerie_api import schema
from causerie_api.annotations import evaluable
from causerie_api.convocore import models
from causerie_api.model import Model, field
from causerie_api.unset import UNSET, Unset

from .._errors import ArgumentError, WebhookVerificationError
from .._secret import without_frames
from .._webhook import Body, check, conceal, is_secret, read

if TYPE_CHECKING:
    from causerie_api.convocore.models import Conversation, Turn

_SECRET: Final = "workspaceSecret"  # noqa: S105 - its name


class Payload(Model):
    """The fields of every event, and the payload of an event whose type is not documented.

    Undocumented fields are in ``additional_properties``. No field is required: a missing one is ``UNSET``. A value of
    another type than documented is returned as it is, but a conversation or a turn that is not a JSON object raises
    ``DecodeError`` when it is read. ``validate()`` checks everything against the documentation.
    """

    created_at: int = field("createdAt", schema.UNIX_MILLISECONDS)
    """Time of the event in Unix milliseconds."""

    @property
    def created_at_datetime(self) -> datetime | Unset:
        """``created_at`` as a ``datetime`` in UTC, even if it is in seconds; ``UNSET`` if it is not a time."""
        try:
            moment: datetime | None = schema.from_unix_time(self.created_at)
        except schema.Mismatch:
            moment = None
        return UNSET if moment is None else moment


class MessageReceived(Payload):
    """``message_received``: a person wrote a message."""

    agent_id: str = field("agentId", schema.STRING)
    """Id of the agent."""
    convo_id: str = field("convoId", schema.STRING)
    """Id of the conversation."""
    message_content: str = field("messageContent", schema.STRING)
    """The text."""
    channel: str = field("channel", schema.STRING)
    """``whatsapp``, ``instagram``, ``facebook``, ``telegram`` or ``webchat``."""
    agent_name: str | Unset = field("agentName", schema.STRING, default=UNSET)
    """Name of the agent."""
    message_type: str | Unset = field("messageType", schema.STRING, default=UNSET)
    """Type of the message."""
    from_: str | Unset = field("from", schema.STRING, default=UNSET)
    """Who wrote it."""


class ConversationUpdated(Payload):
    """``conversation_updated``: a conversation was stored. An agent's ``serverUrl`` is called with this event, too."""

    agent_id: str = field("agentId", schema.STRING)
    """Id of the agent."""
    convo_id: str = field("convoId", schema.STRING)
    """Id of the conversation."""
    light_convo_data: Conversation = field("lightConvoData", schema.ref(lambda: models.Conversation))
    """The record of the conversation."""
    turns: list[Turn] = field("turns", schema.array(schema.ref(lambda: models.Turn)))
    """The stored turns."""
    operation: str = field("operation", schema.STRING)
    """``updated``."""
    agent_name: str | Unset = field("agentName", schema.STRING, default=UNSET)
    """Name of the agent."""
    session_id: str | Unset = field("sessionId", schema.STRING, default=UNSET)
    """Id of the session."""
    channel: str | Unset = field("channel", schema.STRING, default=UNSET)
    """Channel of the conversation, such as ``webchat`` or ``whatsapp``."""
    region: str | Unset = field("region", schema.STRING, default=UNSET)
    """``eu`` or ``na``."""
    messages_history: list[Any] | Unset = field("messagesHistory", schema.array(schema.ANY), default=UNSET)
    """Messages, of any shape."""


class ChatDelegated(Payload):
    """``chat_delegated``: a conversation was handed to a person."""

    agent_id: str = field("agentId", schema.STRING)
    """Id of the agent."""
    convo_id: str = field("convoId", schema.STRING)
    """Id of the conversation."""
    assigned_to_user_id: str = field("assignedToUserId", schema.STRING)
    """Id of that person."""
    channel: str = field("channel", schema.STRING)
    """Channel of the conversation, such as ``webchat`` or ``whatsapp``."""
    operation: str = field("operation", schema.STRING)
    """``delegated``."""
    agent_name: str | Unset = field("agentName", schema.STRING, default=UNSET)
    """Name of the agent."""
    assigned_to_user_name: str | Unset = field("assignedToUserName", schema.STRING, default=UNSET)
    """Name of that person."""
    assigned_to_user_email: str | Unset = field("assignedToUserEmail", schema.STRING, default=UNSET)
    """Email address of that person."""
    delegated_by_user_id: str | Unset = field("delegatedByUserId", schema.STRING, default=UNSET)
    """Id of the person who handed it over."""
    delegated_by_user_name: str | Unset = field("delegatedByUserName", schema.STRING, default=UNSET)
    """Name of the person who handed it over."""
    customer_name: str | Unset = field("customerName", schema.STRING, default=UNSET)
    """Name of the customer."""
    customer_email: str | Unset = field("customerEmail", schema.STRING, default=UNSET)
    """Email address of the customer."""
    customer_phone: str | Unset = field("customerPhone", schema.STRING, default=UNSET)
    """Phone number of the customer."""


class BugReported(Payload):
    """``bug_reported``: a person reported a fault in a conversation."""

    agent_id: str = field("agentId", schema.STRING)
    """Id of the agent."""
    convo_id: str = field("convoId", schema.STRING)
    """Id of the conversation."""
    bug_description: str = field("bugDescription", schema.STRING)
    """What was reported."""
    channel: str = field("channel", schema.STRING)
    """Channel of the conversation, such as ``webchat`` or ``whatsapp``."""
    operation: str = field("operation", schema.STRING)
    """``reported``."""
    agent_name: str | Unset = field("agentName", schema.STRING, default=UNSET)
    """Name of the agent."""
    image_url: str | Unset = field("imageUrl", schema.STRING, default=UNSET)
    """URL of a picture."""
    reported_by_user_id: str | Unset = field("reportedByUserId", schema.STRING, default=UNSET)
    """Id of the person who reported it."""
    reported_by_user_name: str | Unset = field("reportedByUserName", schema.STRING, default=UNSET)
    """Name of the person who reported it."""
    reported_by_user_email: str | Unset = field("reportedByUserEmail", schema.STRING, default=UNSET)
    """Email address of the person who reported it."""


class LeadCaptured(Payload):
    """``lead_captured``: an agent learned who a person is. The event does not say in which conversation."""

    agent_id: str = field("agentId", schema.STRING)
    """Id of the agent."""
    channel: str = field("channel", schema.STRING)
    """Channel of the conversation, such as ``webchat`` or ``whatsapp``."""
    operation: str = field("operation", schema.STRING)
    """``captured``."""
    agent_name: str | Unset = field("agentName", schema.STRING, default=UNSET)
    """Name of the agent."""
    lead_name: str | Unset = field("leadName", schema.STRING, default=UNSET)
    """Name of the person."""
    lead_email: str | Unset = field("leadEmail", schema.STRING, default=UNSET)
    """Email address of the person."""
    lead_phone: str | Unset = field("leadPhone", schema.STRING, default=UNSET)
    """Phone number of the person."""


class FormSubmitted(Payload):
    """``form_submitted``: a person submitted a form."""

    agent_id: str = field("agentId", schema.STRING)
    """Id of the agent."""
    convo_id: str = field("convoId", schema.STRING)
    """Id of the conversation."""
    form_type: str = field("formType", schema.STRING)
    """``ui_engine_form`` or ``ui_engine_input``."""
    form_data: dict[str, Any] = field("formData", schema.OBJECT)
    """The contents of the form."""
    channel: str = field("channel", schema.STRING)
    """Channel of the conversation, such as ``webchat`` or ``whatsapp``."""
    agent_name: str | Unset = field("agentName", schema.STRING, default=UNSET)
    """Name of the agent."""


class AgentChanged(Payload):
    """``agent_created``, ``agent_updated`` and ``agent_deleted``."""

    agent_id: str = field("agentId", schema.STRING)
    """Id of the agent."""
    operation: str = field("operation", schema.STRING)
    """``created``, ``updated`` or ``deleted``."""
    agent_name: str | Unset = field("agentName", schema.STRING, default=UNSET)
    """Name of the agent."""
    agent_platform: str | Unset = field("agentPlatform", schema.STRING, default=UNSET)
    """``vg`` or ``vf``."""


class OrganisationChanged(Payload):
    """``organisation_created``, ``organisation_updated`` and ``organisation_deleted``."""

    organisation_id: str = field("organisationId", schema.STRING)
    """Id of the organisation."""
    operation: str = field("operation", schema.STRING)
    """``created``, ``updated`` or ``deleted``."""
    organisation_name: str | Unset = field("organisationName", schema.STRING, default=UNSET)
    """Name of the organisation."""


class ClientChanged(Payload):
    """``client_created``, ``client_updated`` and ``client_deleted``: a client of an organisation."""

    organisation_id: str = field("organisationId", schema.STRING)
    """Id of the organisation."""
    client_id: str = field("clientId", schema.STRING)
    """Id of the client."""
    operation: str = field("operation", schema.STRING)
    """``created``, ``updated`` or ``deleted``."""
    organisation_name: str | Unset = field("organisationName", schema.STRING, default=UNSET)
    """Name of the organisation."""
    client_name: str | Unset = field("clientName", schema.STRING, default=UNSET)
    """Name of the client."""
    client_email: str | Unset = field("clientEmail", schema.STRING, default=UNSET)
    """Email address of the client."""


class WebhookTest(Payload):
    """``webhook_test``: a person tests a webhook."""

    message: str = field("message", schema.STRING)
    """A text."""


TYPES: Final[Mapping[str, type[Payload]]] = MappingProxyType(
    {
        "message_received": MessageReceived,
        "conversation_updated": ConversationUpdated,
        "chat_delegated": ChatDelegated,
        "bug_reported": BugReported,
        "lead_captured": LeadCaptured,
        "form_submitted": FormSubmitted,
        "agent_created": AgentChanged,
        "agent_updated": AgentChanged,
        "agent_deleted": AgentChanged,
        "organisation_created": OrganisationChanged,
        "organisation_updated": OrganisationChanged,
        "organisation_deleted": OrganisationChanged,
        "client_created": ClientChanged,
        "client_updated": ClientChanged,
        "client_deleted": ClientChanged,
        "webhook_test": WebhookTest,
    }
)
"""The class of an event's payload, by the type of the event, for the sixteen documented types."""


@evaluable
@attrs.frozen
class Event:
    """An event from Convocore, without the secret. Its repr does not show what people wrote."""

    type: str
    """What happened, such as ``message_received``. It may be an undocumented type, and is empty if it is not a string.
    """
    key: str
    """An id that is the same whenever the same event arrives again: a digest of its type, time and content."""
    payload: Payload = attrs.field(repr=False)
    """An instance of the class that ``TYPES`` has for the type, or a plain ``Payload``."""
    json: dict[str, Any] = attrs.field(repr=False)
    """The whole body, which is safe to store; it shares nothing with ``payload``."""


@without_frames
def parse(body: Body, workspace_secret: str) -> Event:
    """Return the event in the body of a call, after checking the secret of the workspace.

    Raises ``WebhookVerificationError`` if ``payload.workspaceSecret`` is missing or different: answer 401. Raises
    ``ArgumentError`` for a body that is not a JSON object, has a name twice in an object, or is nested deeper than 100
    levels: answer 400. It also raises ``ArgumentError`` for a ``workspace_secret`` that is empty or not a string. No
    error shows a secret or the body.

    The event contains neither ``workspaceSecret``, at any depth, nor the secret in any other field, where stars replace
    it.
    """
    if not isinstance(workspace_secret, str) or not workspace_secret:
        raise ArgumentError("workspace_secret", "give the secret of your workspace, as text")
    json = read(body)
    payload = json.get("payload")
    if not isinstance(payload, dict) or not is_secret(payload.get(_SECRET), workspace_secret):
        raise WebhookVerificationError("field", f"payload.{_SECRET}", "is missing, or not the one that was expected")
    check(body)
    conceal(json, _SECRET, workspace_secret)
    named = json.get("type")
    kind = named if isinstance(named, str) else ""
    key = sha256(orjson.dumps(json, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return Event(kind, key, TYPES.get(kind, Payload).from_json(orjson.dumps(payload)), json)

from __future__ import annotations

from typing import TYPE_CHECKING

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    import datetime

    from ..models.agent_type import AgentType
    from ..models.collected_data import CollectedData
    from ..models.conversation_message import ConversationMessage
    from ..models.conversation_tag import ConversationTag
    from ..models.conversation_type import ConversationType
    from ..models.dynamic_variable import DynamicVariable
    from ..models.evaluation_status import EvaluationStatus
    from ..models.integration_type import IntegrationType


class Conversation(Model):
    """A conversation of the tenant with one contact."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    id: int | Unset = field("id", schema.INTEGER, default=UNSET)
    """Id of the conversation."""
    active: bool | Unset = field("active", schema.BOOLEAN, default=UNSET)
    """True while the conversation is open."""
    live_agent: bool | Unset = field("liveAgent", schema.BOOLEAN, default=UNSET)
    """True when a human has the conversation."""
    from_: str | None | Unset = field("from", schema.nullable(schema.STRING), default=UNSET)
    """Address that the conversation comes from."""
    conversation_id: str | None | Unset = field("conversationId", schema.nullable(schema.STRING), default=UNSET)
    """Id of the conversation at the channel."""
    water_mark: str | None | Unset = field("waterMark", schema.nullable(schema.STRING), default=UNSET)
    """Position in the channel's stream of messages."""
    token: str | None | Unset = field("token", schema.nullable(schema.STRING), default=UNSET)
    """Token of the channel's session."""
    created_at: datetime.datetime | Unset = field("createdAt", schema.DATETIME, default=UNSET)
    """Time of creation."""
    finished_at: datetime.datetime | None | Unset = field("finishedAt", schema.nullable(schema.DATETIME), default=UNSET)
    """Time of the end."""
    queued_at: datetime.datetime | None | Unset = field("queuedAt", schema.nullable(schema.DATETIME), default=UNSET)
    """Time of joining the queue."""
    last_conversation_update_time: datetime.datetime | Unset = field(
        "lastConversationUpdateTime", schema.DATETIME, default=UNSET
    )
    """Time of the last change."""
    last_message_content: str | None | Unset = field(
        "lastMessageContent", schema.nullable(schema.STRING), default=UNSET
    )
    """Text of the last message."""
    contact_name: str | None | Unset = field("contactName", schema.nullable(schema.STRING), default=UNSET)
    """Name of the contact."""
    user_id: int | Unset = field("userId", schema.INTEGER, default=UNSET)
    """Id of the user who has the conversation."""
    user_name: str | None | Unset = field("userName", schema.nullable(schema.STRING), default=UNSET)
    """Name of the user who has the conversation."""
    counterpart_user_id: int | Unset = field("counterpartUserId", schema.INTEGER, default=UNSET)
    """Id of the user on the other side."""
    counterpart_user_name: str | None | Unset = field(
        "counterpartUserName", schema.nullable(schema.STRING), default=UNSET
    )
    """Name of the user on the other side."""
    bot_id: int | Unset = field("botId", schema.INTEGER, default=UNSET)
    """Id of the bot that has the conversation."""
    bot_name: str | None | Unset = field("botName", schema.nullable(schema.STRING), default=UNSET)
    """Name of the bot."""
    file_url: str | None | Unset = field("fileUrl", schema.nullable(schema.STRING), default=UNSET)
    """URL of the conversation's file."""
    file_name: str | None | Unset = field("fileName", schema.nullable(schema.STRING), default=UNSET)
    """Name of the conversation's file."""
    tenant_id: int | Unset = field("tenantId", schema.INTEGER, default=UNSET)
    """Id of the tenant."""
    conversation_summary: str | None | Unset = field(
        "conversationSummary", schema.nullable(schema.STRING), default=UNSET
    )
    """Summary."""
    messages: list[ConversationMessage] | None | Unset = field(
        "messages", schema.nullable(schema.array(schema.ref(lambda: models.ConversationMessage))), default=UNSET
    )
    """The messages."""
    score: int | Unset = field("score", schema.INTEGER, default=UNSET)
    """Score of the evaluation; the scale is not documented."""
    final_score: int | Unset = field("finalScore", schema.INTEGER, default=UNSET)
    """Final score; the scale is not documented."""
    checklist_id: int | Unset = field("checklistId", schema.INTEGER, default=UNSET)
    """Id of the checklist of the evaluation."""
    channel_id: int | Unset = field("channelId", schema.INTEGER, default=UNSET)
    """Id of the channel."""
    conversation_integration_type: IntegrationType | Unset = field(
        "conversationIntegrationType", schema.enum(lambda: models.IntegrationType), default=UNSET
    )
    """System that a conversation comes through; the page does not name the values."""
    duration: str | None | Unset = field("duration", schema.nullable(schema.STRING), default=UNSET)
    """Duration as [days.]hours:minutes:seconds such as 00:01:23.4560000."""
    high_importance_error_detected: bool | Unset = field("highImportanceErrorDetected", schema.BOOLEAN, default=UNSET)
    """True when the evaluation found a grave error."""
    tags: list[ConversationTag] | None | Unset = field(
        "tags", schema.nullable(schema.array(schema.ref(lambda: models.ConversationTag))), default=UNSET
    )
    """The tags."""
    conversation_evaluation_status: EvaluationStatus | Unset = field(
        "conversationEvaluationStatus", schema.enum(lambda: models.EvaluationStatus), default=UNSET
    )
    """State of a conversation's evaluation; the page does not name the values."""
    conversation_evaluation_status_message: str | None | Unset = field(
        "conversationEvaluationStatusMessage", schema.nullable(schema.STRING), default=UNSET
    )
    """Explanation of the evaluation's status."""
    queue_id: int | Unset = field("queueId", schema.INTEGER, default=UNSET)
    """Id of the queue."""
    queue_name: str | None | Unset = field("queueName", schema.nullable(schema.STRING), default=UNSET)
    """Name of the queue."""
    conversation_ended_reason_id: int | Unset = field("conversationEndedReasonId", schema.INTEGER, default=UNSET)
    """Id of the reason of the end."""
    agent_type: AgentType | Unset = field("agentType", schema.enum(lambda: models.AgentType), default=UNSET)
    """Kind of agent that has a conversation; the page does not name the values."""
    conversation_type: ConversationType | Unset = field(
        "conversationType", schema.enum(lambda: models.ConversationType), default=UNSET
    )
    """Kind of conversation; the page does not name the values."""
    application_status_id: int | Unset = field("applicationStatusId", schema.INTEGER, default=UNSET)
    """Id of the application's status."""
    overall_sentiment: str | None | Unset = field("overallSentiment", schema.nullable(schema.STRING), default=UNSET)
    """Sentiment of the whole conversation."""
    call_status: str | None | Unset = field("callStatus", schema.nullable(schema.STRING), default=UNSET)
    """Status of the call."""
    disconnection_reason: str | None | Unset = field(
        "disconnectionReason", schema.nullable(schema.STRING), default=UNSET
    )
    """Reason why the call ended."""
    call_successful: bool | Unset = field("callSuccessful", schema.BOOLEAN, default=UNSET)
    """True when the call succeeded."""
    total_unreaded_messages_by_user: int | Unset = field("totalUnreadedMessagesByUser", schema.INTEGER, default=UNSET)
    """Number of messages that the user has not read."""
    dynamic_variables: list[DynamicVariable] | None | Unset = field(
        "dynamicVariables", schema.nullable(schema.array(schema.ref(lambda: models.DynamicVariable))), default=UNSET
    )
    """Variables given to the agent."""
    data_collection: list[CollectedData] | None | Unset = field(
        "dataCollection", schema.nullable(schema.array(schema.ref(lambda: models.CollectedData))), default=UNSET
    )
    """Values that the agent collected."""
    agent_id: int | Unset = field("agentId", schema.INTEGER, default=UNSET)
    """Id of the agent."""

"""The schemas of the document. A module is imported when its class is first asked for."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .acknowledgement import Acknowledgement as Acknowledgement
    from .assigned_user import AssignedUser as AssignedUser
    from .assignee import Assignee as Assignee
    from .assignee_hint import AssigneeHint as AssigneeHint
    from .assignment import Assignment as Assignment
    from .assignment_response import AssignmentResponse as AssignmentResponse
    from .assignment_status import AssignmentStatus as AssignmentStatus
    from .assignment_status import AssignmentStatusValue as AssignmentStatusValue
    from .bucket import Bucket as Bucket
    from .bucket import BucketValue as BucketValue
    from .conversation import Conversation as Conversation
    from .conversation_details import ConversationDetails as ConversationDetails
    from .conversation_export import ConversationExport as ConversationExport
    from .conversation_list import ConversationList as ConversationList
    from .conversation_response import ConversationResponse as ConversationResponse
    from .conversation_state import ConversationState as ConversationState
    from .conversation_state import ConversationStateValue as ConversationStateValue
    from .conversation_summary import ConversationSummary as ConversationSummary
    from .conversations_export import ConversationsExport as ConversationsExport
    from .create_conversation_body import (
        CreateConversationBody as CreateConversationBody,
    )
    from .crm_activity import CrmActivity as CrmActivity
    from .crm_activity_type import CrmActivityType as CrmActivityType
    from .crm_activity_type import CrmActivityTypeValue as CrmActivityTypeValue
    from .crm_alerts import CrmAlerts as CrmAlerts
    from .crm_channel import CrmChannel as CrmChannel
    from .crm_channel import CrmChannelValue as CrmChannelValue
    from .crm_note import CrmNote as CrmNote
    from .delivered_message import DeliveredMessage as DeliveredMessage
    from .delivery import Delivery as Delivery
    from .detailed_cost import DetailedCost as DetailedCost
    from .details_metadata import DetailsMetadata as DetailsMetadata
    from .engagement_trigger import EngagementTrigger as EngagementTrigger
    from .engagement_trigger import EngagementTriggerValue as EngagementTriggerValue
    from .error import Error as Error
    from .error_issue import ErrorIssue as ErrorIssue
    from .export_format import ExportFormat as ExportFormat
    from .export_format import ExportFormatValue as ExportFormatValue
    from .export_mode import ExportMode as ExportMode
    from .export_mode import ExportModeValue as ExportModeValue
    from .export_query import ExportQuery as ExportQuery
    from .export_rate_limit import ExportRateLimit as ExportRateLimit
    from .export_source import ExportSource as ExportSource
    from .export_source import ExportSourceValue as ExportSourceValue
    from .export_usage import ExportUsage as ExportUsage
    from .exported_conversation import ExportedConversation as ExportedConversation
    from .exported_message import ExportedMessage as ExportedMessage
    from .exported_metadata import ExportedMetadata as ExportedMetadata
    from .exported_payload import ExportedPayload as ExportedPayload
    from .exported_record import ExportedRecord as ExportedRecord
    from .exported_sender import ExportedSender as ExportedSender
    from .exported_sender import ExportedSenderValue as ExportedSenderValue
    from .exported_turn import ExportedTurn as ExportedTurn
    from .funnel_score import FunnelScore as FunnelScore
    from .handoff import Handoff as Handoff
    from .handoff_acceptance import HandoffAcceptance as HandoffAcceptance
    from .hot_label import HotLabel as HotLabel
    from .hot_label import HotLabelValue as HotLabelValue
    from .inbound_engagement import InboundEngagement as InboundEngagement
    from .interact_body import InteractBody as InteractBody
    from .interact_metadata import InteractMetadata as InteractMetadata
    from .interact_response import InteractResponse as InteractResponse
    from .lead_stage import LeadStage as LeadStage
    from .lead_stage import LeadStageValue as LeadStageValue
    from .list_rate_limit import ListRateLimit as ListRateLimit
    from .message_item import MessageItem as MessageItem
    from .message_mask import MessageMask as MessageMask
    from .messages_replacement import MessagesReplacement as MessagesReplacement
    from .messages_replacement_response import (
        MessagesReplacementResponse as MessagesReplacementResponse,
    )
    from .new_conversation import NewConversation as NewConversation
    from .nodes_info import NodesInfo as NodesInfo
    from .nodes_options import NodesOptions as NodesOptions
    from .outgoing_message import OutgoingMessage as OutgoingMessage
    from .outgoing_message_type import OutgoingMessageType as OutgoingMessageType
    from .outgoing_message_type import (
        OutgoingMessageTypeValue as OutgoingMessageTypeValue,
    )
    from .prompt_type import PromptType as PromptType
    from .prompt_type import PromptTypeValue as PromptTypeValue
    from .recordings import Recordings as Recordings
    from .region import Region as Region
    from .region import RegionValue as RegionValue
    from .replaced_messages import ReplacedMessages as ReplacedMessages
    from .reply_to import ReplyTo as ReplyTo
    from .response_mode import ResponseMode as ResponseMode
    from .response_mode import ResponseModeValue as ResponseModeValue
    from .send_error import SendError as SendError
    from .send_messages_body import SendMessagesBody as SendMessagesBody
    from .send_messages_response import SendMessagesResponse as SendMessagesResponse
    from .send_options import SendOptions as SendOptions
    from .sender import Sender as Sender
    from .sender import SenderValue as SenderValue
    from .session_data import SessionData as SessionData
    from .session_pagination import SessionPagination as SessionPagination
    from .shown_element import ShownElement as ShownElement
    from .sort_order import SortOrder as SortOrder
    from .sort_order import SortOrderValue as SortOrderValue
    from .summaries_body import SummariesBody as SummariesBody
    from .summaries_response import SummariesResponse as SummariesResponse
    from .summary_item import SummaryItem as SummaryItem
    from .survey import Survey as Survey
    from .timestamp_range import TimestampRange as TimestampRange
    from .token_usage import TokenUsage as TokenUsage
    from .turn import Turn as Turn
    from .turn_message import TurnMessage as TurnMessage
    from .turn_message_type import TurnMessageType as TurnMessageType
    from .turn_message_type import TurnMessageTypeValue as TurnMessageTypeValue
    from .turn_tokens import TurnTokens as TurnTokens
    from .update_conversation_body import (
        UpdateConversationBody as UpdateConversationBody,
    )
    from .vapi_call import VapiCall as VapiCall
    from .visual_payload import VisualPayload as VisualPayload
    from .voice_session import VoiceSession as VoiceSession
    from .voiceflow_runtime import VoiceflowRuntime as VoiceflowRuntime
    from .voiceflow_runtime import VoiceflowRuntimeValue as VoiceflowRuntimeValue
    from .voiceflow_session import VoiceflowSession as VoiceflowSession
    from .workspace_session import WorkspaceSession as WorkspaceSession
    from .workspace_sessions import WorkspaceSessions as WorkspaceSessions

_MODULES: dict[str, str] = {
    "Acknowledgement": ".acknowledgement",
    "AssignedUser": ".assigned_user",
    "Assignee": ".assignee",
    "AssigneeHint": ".assignee_hint",
    "Assignment": ".assignment",
    "AssignmentResponse": ".assignment_response",
    "AssignmentStatus": ".assignment_status",
    "AssignmentStatusValue": ".assignment_status",
    "Bucket": ".bucket",
    "BucketValue": ".bucket",
    "Conversation": ".conversation",
    "ConversationDetails": ".conversation_details",
    "ConversationExport": ".conversation_export",
    "ConversationList": ".conversation_list",
    "ConversationResponse": ".conversation_response",
    "ConversationState": ".conversation_state",
    "ConversationStateValue": ".conversation_state",
    "ConversationSummary": ".conversation_summary",
    "ConversationsExport": ".conversations_export",
    "CreateConversationBody": ".create_conversation_body",
    "CrmActivity": ".crm_activity",
    "CrmActivityType": ".crm_activity_type",
    "CrmActivityTypeValue": ".crm_activity_type",
    "CrmAlerts": ".crm_alerts",
    "CrmChannel": ".crm_channel",
    "CrmChannelValue": ".crm_channel",
    "CrmNote": ".crm_note",
    "DeliveredMessage": ".delivered_message",
    "Delivery": ".delivery",
    "DetailedCost": ".detailed_cost",
    "DetailsMetadata": ".details_metadata",
    "EngagementTrigger": ".engagement_trigger",
    "EngagementTriggerValue": ".engagement_trigger",
    "Error": ".error",
    "ErrorIssue": ".error_issue",
    "ExportFormat": ".export_format",
    "ExportFormatValue": ".export_format",
    "ExportMode": ".export_mode",
    "ExportModeValue": ".export_mode",
    "ExportQuery": ".export_query",
    "ExportRateLimit": ".export_rate_limit",
    "ExportSource": ".export_source",
    "ExportSourceValue": ".export_source",
    "ExportUsage": ".export_usage",
    "ExportedConversation": ".exported_conversation",
    "ExportedMessage": ".exported_message",
    "ExportedMetadata": ".exported_metadata",
    "ExportedPayload": ".exported_payload",
    "ExportedRecord": ".exported_record",
    "ExportedSender": ".exported_sender",
    "ExportedSenderValue": ".exported_sender",
    "ExportedTurn": ".exported_turn",
    "FunnelScore": ".funnel_score",
    "Handoff": ".handoff",
    "HandoffAcceptance": ".handoff_acceptance",
    "HotLabel": ".hot_label",
    "HotLabelValue": ".hot_label",
    "InboundEngagement": ".inbound_engagement",
    "InteractBody": ".interact_body",
    "InteractMetadata": ".interact_metadata",
    "InteractResponse": ".interact_response",
    "LeadStage": ".lead_stage",
    "LeadStageValue": ".lead_stage",
    "ListRateLimit": ".list_rate_limit",
    "MessageItem": ".message_item",
    "MessageMask": ".message_mask",
    "MessagesReplacement": ".messages_replacement",
    "MessagesReplacementResponse": ".messages_replacement_response",
    "NewConversation": ".new_conversation",
    "NodesInfo": ".nodes_info",
    "NodesOptions": ".nodes_options",
    "OutgoingMessage": ".outgoing_message",
    "OutgoingMessageType": ".outgoing_message_type",
    "OutgoingMessageTypeValue": ".outgoing_message_type",
    "PromptType": ".prompt_type",
    "PromptTypeValue": ".prompt_type",
    "Recordings": ".recordings",
    "Region": ".region",
    "RegionValue": ".region",
    "ReplacedMessages": ".replaced_messages",
    "ReplyTo": ".reply_to",
    "ResponseMode": ".response_mode",
    "ResponseModeValue": ".response_mode",
    "SendError": ".send_error",
    "SendMessagesBody": ".send_messages_body",
    "SendMessagesResponse": ".send_messages_response",
    "SendOptions": ".send_options",
    "Sender": ".sender",
    "SenderValue": ".sender",
    "SessionData": ".session_data",
    "SessionPagination": ".session_pagination",
    "ShownElement": ".shown_element",
    "SortOrder": ".sort_order",
    "SortOrderValue": ".sort_order",
    "SummariesBody": ".summaries_body",
    "SummariesResponse": ".summaries_response",
    "SummaryItem": ".summary_item",
    "Survey": ".survey",
    "TimestampRange": ".timestamp_range",
    "TokenUsage": ".token_usage",
    "Turn": ".turn",
    "TurnMessage": ".turn_message",
    "TurnMessageType": ".turn_message_type",
    "TurnMessageTypeValue": ".turn_message_type",
    "TurnTokens": ".turn_tokens",
    "UpdateConversationBody": ".update_conversation_body",
    "VapiCall": ".vapi_call",
    "VisualPayload": ".visual_payload",
    "VoiceSession": ".voice_session",
    "VoiceflowRuntime": ".voiceflow_runtime",
    "VoiceflowRuntimeValue": ".voiceflow_runtime",
    "VoiceflowSession": ".voiceflow_session",
    "WorkspaceSession": ".workspace_session",
    "WorkspaceSessions": ".workspace_sessions",
}

__all__ = (
    "Acknowledgement",
    "AssignedUser",
    "Assignee",
    "AssigneeHint",
    "Assignment",
    "AssignmentResponse",
    "AssignmentStatus",
    "Bucket",
    "Conversation",
    "ConversationDetails",
    "ConversationExport",
    "ConversationList",
    "ConversationResponse",
    "ConversationsExport",
    "ConversationState",
    "ConversationSummary",
    "CreateConversationBody",
    "CrmActivity",
    "CrmActivityType",
    "CrmAlerts",
    "CrmChannel",
    "CrmNote",
    "DeliveredMessage",
    "Delivery",
    "DetailedCost",
    "DetailsMetadata",
    "EngagementTrigger",
    "Error",
    "ErrorIssue",
    "ExportedConversation",
    "ExportedMessage",
    "ExportedMetadata",
    "ExportedPayload",
    "ExportedRecord",
    "ExportedSender",
    "ExportedTurn",
    "ExportFormat",
    "ExportMode",
    "ExportQuery",
    "ExportRateLimit",
    "ExportSource",
    "ExportUsage",
    "FunnelScore",
    "Handoff",
    "HandoffAcceptance",
    "HotLabel",
    "InboundEngagement",
    "InteractBody",
    "InteractMetadata",
    "InteractResponse",
    "LeadStage",
    "ListRateLimit",
    "MessageItem",
    "MessageMask",
    "MessagesReplacement",
    "MessagesReplacementResponse",
    "NewConversation",
    "NodesInfo",
    "NodesOptions",
    "OutgoingMessage",
    "OutgoingMessageType",
    "PromptType",
    "Recordings",
    "Region",
    "ReplacedMessages",
    "ReplyTo",
    "ResponseMode",
    "Sender",
    "SendError",
    "SendMessagesBody",
    "SendMessagesResponse",
    "SendOptions",
    "SessionData",
    "SessionPagination",
    "ShownElement",
    "SortOrder",
    "SummariesBody",
    "SummariesResponse",
    "SummaryItem",
    "Survey",
    "TimestampRange",
    "TokenUsage",
    "Turn",
    "TurnMessage",
    "TurnMessageType",
    "TurnTokens",
    "UpdateConversationBody",
    "VapiCall",
    "VisualPayload",
    "VoiceflowRuntime",
    "VoiceflowSession",
    "VoiceSession",
    "WorkspaceSession",
    "WorkspaceSessions",
)


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        value = globals()[name] = getattr(import_module(_MODULES[name], __name__), name)
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)

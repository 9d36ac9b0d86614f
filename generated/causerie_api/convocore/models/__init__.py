"""The schemas of the document. A module is imported when its class is first asked for."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .acknowledgement import Acknowledgement as Acknowledgement
    from .assigned_user import AssignedUser as AssignedUser
    from .assignee import Assignee as Assignee
    from .assignment import Assignment as Assignment
    from .assignment_response import AssignmentResponse as AssignmentResponse
    from .conversation import Conversation as Conversation
    from .conversation_details import ConversationDetails as ConversationDetails
    from .conversation_export import ConversationExport as ConversationExport
    from .conversation_fields import ConversationFields as ConversationFields
    from .conversation_list import ConversationList as ConversationList
    from .conversation_response import ConversationResponse as ConversationResponse
    from .conversation_state import ConversationState as ConversationState
    from .conversations_export import ConversationsExport as ConversationsExport
    from .create_conversation_body import (
        CreateConversationBody as CreateConversationBody,
    )
    from .crm_activity import CrmActivity as CrmActivity
    from .crm_alerts import CrmAlerts as CrmAlerts
    from .crm_note import CrmNote as CrmNote
    from .detailed_cost import DetailedCost as DetailedCost
    from .error import Error as Error
    from .error_issue import ErrorIssue as ErrorIssue
    from .export_format import ExportFormat as ExportFormat
    from .handoff import Handoff as Handoff
    from .inbound_engagement import InboundEngagement as InboundEngagement
    from .messages_replacement import MessagesReplacement as MessagesReplacement
    from .new_conversation import NewConversation as NewConversation
    from .nodes_info import NodesInfo as NodesInfo
    from .region import Region as Region
    from .token_usage import TokenUsage as TokenUsage
    from .update_conversation_body import (
        UpdateConversationBody as UpdateConversationBody,
    )
    from .vapi_call import VapiCall as VapiCall
    from .voice_session import VoiceSession as VoiceSession
    from .voiceflow_session import VoiceflowSession as VoiceflowSession

_MODULES = {
    "Acknowledgement": ".acknowledgement",
    "AssignedUser": ".assigned_user",
    "Assignee": ".assignee",
    "Assignment": ".assignment",
    "AssignmentResponse": ".assignment_response",
    "Conversation": ".conversation",
    "ConversationDetails": ".conversation_details",
    "ConversationExport": ".conversation_export",
    "ConversationFields": ".conversation_fields",
    "ConversationList": ".conversation_list",
    "ConversationResponse": ".conversation_response",
    "ConversationState": ".conversation_state",
    "ConversationsExport": ".conversations_export",
    "CreateConversationBody": ".create_conversation_body",
    "CrmActivity": ".crm_activity",
    "CrmAlerts": ".crm_alerts",
    "CrmNote": ".crm_note",
    "DetailedCost": ".detailed_cost",
    "Error": ".error",
    "ErrorIssue": ".error_issue",
    "ExportFormat": ".export_format",
    "Handoff": ".handoff",
    "InboundEngagement": ".inbound_engagement",
    "MessagesReplacement": ".messages_replacement",
    "NewConversation": ".new_conversation",
    "NodesInfo": ".nodes_info",
    "Region": ".region",
    "TokenUsage": ".token_usage",
    "UpdateConversationBody": ".update_conversation_body",
    "VapiCall": ".vapi_call",
    "VoiceSession": ".voice_session",
    "VoiceflowSession": ".voiceflow_session",
}

__all__ = (
    "Acknowledgement",
    "AssignedUser",
    "Assignee",
    "Assignment",
    "AssignmentResponse",
    "Conversation",
    "ConversationDetails",
    "ConversationExport",
    "ConversationFields",
    "ConversationList",
    "ConversationResponse",
    "ConversationsExport",
    "ConversationState",
    "CreateConversationBody",
    "CrmActivity",
    "CrmAlerts",
    "CrmNote",
    "DetailedCost",
    "Error",
    "ErrorIssue",
    "ExportFormat",
    "Handoff",
    "InboundEngagement",
    "MessagesReplacement",
    "NewConversation",
    "NodesInfo",
    "Region",
    "TokenUsage",
    "UpdateConversationBody",
    "VapiCall",
    "VoiceflowSession",
    "VoiceSession",
)


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        value = globals()[name] = getattr(import_module(_MODULES[name], __name__), name)
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)

"""The schemas of the document. A module is imported when its class is first asked for."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .agent import Agent as Agent
    from .agent_skill import AgentSkill as AgentSkill
    from .agent_status import AgentStatus as AgentStatus
    from .agent_status import AgentStatusValue as AgentStatusValue
    from .agent_webhook import AgentWebhook as AgentWebhook
    from .assigned_user import AssignedUser as AssignedUser
    from .conversation import Conversation as Conversation
    from .conversation_feedback import ConversationFeedback as ConversationFeedback
    from .conversation_message import ConversationMessage as ConversationMessage
    from .conversation_messages import ConversationMessages as ConversationMessages
    from .conversation_mode import ConversationMode as ConversationMode
    from .conversation_mode import ConversationModeValue as ConversationModeValue
    from .conversation_mode_update import (
        ConversationModeUpdate as ConversationModeUpdate,
    )
    from .conversation_page import ConversationPage as ConversationPage
    from .conversation_state import ConversationState as ConversationState
    from .conversation_status import ConversationStatus as ConversationStatus
    from .conversation_status import ConversationStatusValue as ConversationStatusValue
    from .conversation_update import ConversationUpdate as ConversationUpdate
    from .conversation_user import ConversationUser as ConversationUser
    from .conversation_user_page import ConversationUserPage as ConversationUserPage
    from .conversation_user_reference import (
        ConversationUserReference as ConversationUserReference,
    )
    from .created_prompt import CreatedPrompt as CreatedPrompt
    from .download_url import DownloadUrl as DownloadUrl
    from .error import Error as Error
    from .file_citation import FileCitation as FileCitation
    from .full_ai_response import FullAIResponse as FullAIResponse
    from .message_attachment import MessageAttachment as MessageAttachment
    from .message_feedback import MessageFeedback as MessageFeedback
    from .message_file import MessageFile as MessageFile
    from .message_response import MessageResponse as MessageResponse
    from .message_response_status import MessageResponseStatus as MessageResponseStatus
    from .message_response_status import (
        MessageResponseStatusValue as MessageResponseStatusValue,
    )
    from .message_source import MessageSource as MessageSource
    from .message_source import MessageSourceValue as MessageSourceValue
    from .new_conversation import NewConversation as NewConversation
    from .new_file import NewFile as NewFile
    from .new_manual_message import NewManualMessage as NewManualMessage
    from .new_message import NewMessage as NewMessage
    from .new_message_feedback import NewMessageFeedback as NewMessageFeedback
    from .new_prompt import NewPrompt as NewPrompt
    from .new_user import NewUser as NewUser
    from .new_user_by_email import NewUserByEmail as NewUserByEmail
    from .new_user_by_foreign_id import NewUserByForeignId as NewUserByForeignId
    from .new_user_by_phone import NewUserByPhone as NewUserByPhone
    from .new_webhook import NewWebhook as NewWebhook
    from .order_by import OrderBy as OrderBy
    from .order_by import OrderByValue as OrderByValue
    from .order_direction import OrderDirection as OrderDirection
    from .order_direction import OrderDirectionValue as OrderDirectionValue
    from .prompt_attachment import PromptAttachment as PromptAttachment
    from .prompt_response import PromptResponse as PromptResponse
    from .prompt_response_status import PromptResponseStatus as PromptResponseStatus
    from .prompt_response_status import (
        PromptResponseStatusValue as PromptResponseStatusValue,
    )
    from .saved_message_feedback import SavedMessageFeedback as SavedMessageFeedback
    from .sender_role import SenderRole as SenderRole
    from .sender_role import SenderRoleValue as SenderRoleValue
    from .server_error import ServerError as ServerError
    from .skill_name import SkillName as SkillName
    from .skill_name import SkillNameValue as SkillNameValue
    from .skill_status import SkillStatus as SkillStatus
    from .skill_status import SkillStatusValue as SkillStatusValue
    from .start_conversation import StartConversation as StartConversation
    from .start_email_conversation import (
        StartEmailConversation as StartEmailConversation,
    )
    from .start_email_conversation_channel import (
        StartEmailConversationChannel as StartEmailConversationChannel,
    )
    from .start_email_conversation_channel import (
        StartEmailConversationChannelValue as StartEmailConversationChannelValue,
    )
    from .start_sms_conversation import StartSmsConversation as StartSmsConversation
    from .start_sms_conversation_channel import (
        StartSmsConversationChannel as StartSmsConversationChannel,
    )
    from .start_sms_conversation_channel import (
        StartSmsConversationChannelValue as StartSmsConversationChannelValue,
    )
    from .start_voice_conversation import (
        StartVoiceConversation as StartVoiceConversation,
    )
    from .start_voice_conversation_channel import (
        StartVoiceConversationChannel as StartVoiceConversationChannel,
    )
    from .start_voice_conversation_channel import (
        StartVoiceConversationChannelValue as StartVoiceConversationChannelValue,
    )
    from .started_conversation import StartedConversation as StartedConversation
    from .upload_url import UploadUrl as UploadUrl
    from .url_citation import UrlCitation as UrlCitation
    from .user_order_by import UserOrderBy as UserOrderBy
    from .user_order_by import UserOrderByValue as UserOrderByValue
    from .user_with_conversations import UserWithConversations as UserWithConversations
    from .vote_type import VoteType as VoteType
    from .vote_type import VoteTypeValue as VoteTypeValue
    from .webhook import Webhook as Webhook
    from .webhook_status import WebhookStatus as WebhookStatus
    from .webhook_status import WebhookStatusValue as WebhookStatusValue
    from .webhook_trigger import WebhookTrigger as WebhookTrigger
    from .webhook_trigger import WebhookTriggerValue as WebhookTriggerValue

_MODULES: dict[str, str] = {
    "Agent": ".agent",
    "AgentSkill": ".agent_skill",
    "AgentStatus": ".agent_status",
    "AgentStatusValue": ".agent_status",
    "AgentWebhook": ".agent_webhook",
    "AssignedUser": ".assigned_user",
    "Conversation": ".conversation",
    "ConversationFeedback": ".conversation_feedback",
    "ConversationMessage": ".conversation_message",
    "ConversationMessages": ".conversation_messages",
    "ConversationMode": ".conversation_mode",
    "ConversationModeValue": ".conversation_mode",
    "ConversationModeUpdate": ".conversation_mode_update",
    "ConversationPage": ".conversation_page",
    "ConversationState": ".conversation_state",
    "ConversationStatus": ".conversation_status",
    "ConversationStatusValue": ".conversation_status",
    "ConversationUpdate": ".conversation_update",
    "ConversationUser": ".conversation_user",
    "ConversationUserPage": ".conversation_user_page",
    "ConversationUserReference": ".conversation_user_reference",
    "CreatedPrompt": ".created_prompt",
    "DownloadUrl": ".download_url",
    "Error": ".error",
    "FileCitation": ".file_citation",
    "FullAIResponse": ".full_ai_response",
    "MessageAttachment": ".message_attachment",
    "MessageFeedback": ".message_feedback",
    "MessageFile": ".message_file",
    "MessageResponse": ".message_response",
    "MessageResponseStatus": ".message_response_status",
    "MessageResponseStatusValue": ".message_response_status",
    "MessageSource": ".message_source",
    "MessageSourceValue": ".message_source",
    "NewConversation": ".new_conversation",
    "NewFile": ".new_file",
    "NewManualMessage": ".new_manual_message",
    "NewMessage": ".new_message",
    "NewMessageFeedback": ".new_message_feedback",
    "NewPrompt": ".new_prompt",
    "NewUser": ".new_user",
    "NewUserByEmail": ".new_user_by_email",
    "NewUserByForeignId": ".new_user_by_foreign_id",
    "NewUserByPhone": ".new_user_by_phone",
    "NewWebhook": ".new_webhook",
    "OrderBy": ".order_by",
    "OrderByValue": ".order_by",
    "OrderDirection": ".order_direction",
    "OrderDirectionValue": ".order_direction",
    "PromptAttachment": ".prompt_attachment",
    "PromptResponse": ".prompt_response",
    "PromptResponseStatus": ".prompt_response_status",
    "PromptResponseStatusValue": ".prompt_response_status",
    "SavedMessageFeedback": ".saved_message_feedback",
    "SenderRole": ".sender_role",
    "SenderRoleValue": ".sender_role",
    "ServerError": ".server_error",
    "SkillName": ".skill_name",
    "SkillNameValue": ".skill_name",
    "SkillStatus": ".skill_status",
    "SkillStatusValue": ".skill_status",
    "StartConversation": ".start_conversation",
    "StartEmailConversation": ".start_email_conversation",
    "StartEmailConversationChannel": ".start_email_conversation_channel",
    "StartEmailConversationChannelValue": ".start_email_conversation_channel",
    "StartSmsConversation": ".start_sms_conversation",
    "StartSmsConversationChannel": ".start_sms_conversation_channel",
    "StartSmsConversationChannelValue": ".start_sms_conversation_channel",
    "StartVoiceConversation": ".start_voice_conversation",
    "StartVoiceConversationChannel": ".start_voice_conversation_channel",
    "StartVoiceConversationChannelValue": ".start_voice_conversation_channel",
    "StartedConversation": ".started_conversation",
    "UploadUrl": ".upload_url",
    "UrlCitation": ".url_citation",
    "UserOrderBy": ".user_order_by",
    "UserOrderByValue": ".user_order_by",
    "UserWithConversations": ".user_with_conversations",
    "VoteType": ".vote_type",
    "VoteTypeValue": ".vote_type",
    "Webhook": ".webhook",
    "WebhookStatus": ".webhook_status",
    "WebhookStatusValue": ".webhook_status",
    "WebhookTrigger": ".webhook_trigger",
    "WebhookTriggerValue": ".webhook_trigger",
}

__all__ = (
    "Agent",
    "AgentSkill",
    "AgentStatus",
    "AgentWebhook",
    "AssignedUser",
    "Conversation",
    "ConversationFeedback",
    "ConversationMessage",
    "ConversationMessages",
    "ConversationMode",
    "ConversationModeUpdate",
    "ConversationPage",
    "ConversationState",
    "ConversationStatus",
    "ConversationUpdate",
    "ConversationUser",
    "ConversationUserPage",
    "ConversationUserReference",
    "CreatedPrompt",
    "DownloadUrl",
    "Error",
    "FileCitation",
    "FullAIResponse",
    "MessageAttachment",
    "MessageFeedback",
    "MessageFile",
    "MessageResponse",
    "MessageResponseStatus",
    "MessageSource",
    "NewConversation",
    "NewFile",
    "NewManualMessage",
    "NewMessage",
    "NewMessageFeedback",
    "NewPrompt",
    "NewUser",
    "NewUserByEmail",
    "NewUserByForeignId",
    "NewUserByPhone",
    "NewWebhook",
    "OrderBy",
    "OrderDirection",
    "PromptAttachment",
    "PromptResponse",
    "PromptResponseStatus",
    "SavedMessageFeedback",
    "SenderRole",
    "ServerError",
    "SkillName",
    "SkillStatus",
    "StartConversation",
    "StartedConversation",
    "StartEmailConversation",
    "StartEmailConversationChannel",
    "StartSmsConversation",
    "StartSmsConversationChannel",
    "StartVoiceConversation",
    "StartVoiceConversationChannel",
    "UploadUrl",
    "UrlCitation",
    "UserOrderBy",
    "UserWithConversations",
    "VoteType",
    "Webhook",
    "WebhookStatus",
    "WebhookTrigger",
)


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        value = globals()[name] = getattr(import_module(_MODULES[name], __name__), name)
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)

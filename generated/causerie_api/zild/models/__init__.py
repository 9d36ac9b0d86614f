"""The schemas of the document. A module is imported when its class is first asked for."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .agent_type import AgentType as AgentType
    from .agent_type import AgentTypeValue as AgentTypeValue
    from .collected_data import CollectedData as CollectedData
    from .conversation import Conversation as Conversation
    from .conversation_message import ConversationMessage as ConversationMessage
    from .conversation_tag import ConversationTag as ConversationTag
    from .conversation_type import ConversationType as ConversationType
    from .conversation_type import ConversationTypeValue as ConversationTypeValue
    from .dynamic_variable import DynamicVariable as DynamicVariable
    from .evaluation_status import EvaluationStatus as EvaluationStatus
    from .evaluation_status import EvaluationStatusValue as EvaluationStatusValue
    from .integration_type import IntegrationType as IntegrationType
    from .integration_type import IntegrationTypeValue as IntegrationTypeValue
    from .new_proactive_conversation import (
        NewProactiveConversation as NewProactiveConversation,
    )
    from .problem import Problem as Problem

_MODULES: dict[str, str] = {
    "AgentType": ".agent_type",
    "AgentTypeValue": ".agent_type",
    "CollectedData": ".collected_data",
    "Conversation": ".conversation",
    "ConversationMessage": ".conversation_message",
    "ConversationTag": ".conversation_tag",
    "ConversationType": ".conversation_type",
    "ConversationTypeValue": ".conversation_type",
    "DynamicVariable": ".dynamic_variable",
    "EvaluationStatus": ".evaluation_status",
    "EvaluationStatusValue": ".evaluation_status",
    "IntegrationType": ".integration_type",
    "IntegrationTypeValue": ".integration_type",
    "NewProactiveConversation": ".new_proactive_conversation",
    "Problem": ".problem",
}

__all__ = (
    "AgentType",
    "CollectedData",
    "Conversation",
    "ConversationMessage",
    "ConversationTag",
    "ConversationType",
    "DynamicVariable",
    "EvaluationStatus",
    "IntegrationType",
    "NewProactiveConversation",
    "Problem",
)


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        value = globals()[name] = getattr(import_module(_MODULES[name], __name__), name)
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Required, TypedDict

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    from ..models.bucket import Bucket, BucketValue
    from ..models.nodes_options import NodesOptions
    from ..models.prompt_type import PromptType, PromptTypeValue
    from ..models.response_mode import ResponseMode, ResponseModeValue
    from ..models.visual_payload import VisualPayload


class InteractBody(Model):
    """One turn with an agent."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    agent_id: str = field("agentId", schema.STRING)
    """Id of the agent."""
    convo_id: str = field("convoId", schema.STRING)
    """Id of the conversation; a new one begins a conversation."""
    bucket: Bucket = field("bucket", schema.enum(lambda: models.Bucket))
    """Region that the agent is kept in; the first value is Europe and the second North America."""
    prompt: str = field("prompt", schema.STRING)
    """What the person says."""
    session_id: str | Unset = field("sessionId", schema.STRING, default=UNSET)
    """Id of the session."""
    agent_data: dict[str, Any] | Unset = field("agentData", schema.OBJECT, default=UNSET)
    """A JSON object of any shape."""
    turns_history: list[Any] | Unset = field("turnsHistory", schema.array(schema.ANY), default=UNSET)
    """Turns before this one, of any shape."""
    workspace_data: Any | Unset = field("workspaceData", schema.ANY, default=UNSET)
    """Data of the workspace; any JSON value."""
    light_convo_data: Any | Unset = field("lightConvoData", schema.ANY, default=UNSET)
    """Record of the user such as name, email and origin; any JSON value."""
    disable_ui_engine: bool | Unset = field("disableUiEngine", schema.BOOLEAN, default=UNSET)
    """True to answer without cards and the like."""
    disable_record_history: bool | Unset = field("disableRecordHistory", schema.BOOLEAN, default=UNSET)
    """True to store nothing."""
    is_test: bool | Unset = field("isTest", schema.BOOLEAN, default=UNSET)
    """True when the conversation is a test."""
    kb_preview: bool | Unset = field("kbPreview", schema.BOOLEAN, default=UNSET)
    """True to preview the knowledge base."""
    message_type: PromptType | Unset = field("messageType", schema.enum(lambda: models.PromptType), default=UNSET)
    """Type of what the person sends."""
    visual_payload: VisualPayload | Unset = field(
        "visualPayload", schema.ref(lambda: models.VisualPayload), default=UNSET
    )
    """Pictures that the person sends."""
    init_nodes_options: NodesOptions | Unset = field(
        "initNodesOptions", schema.ref(lambda: models.NodesOptions), default=UNSET
    )
    """With what the agent's flow begins."""
    v2: bool | Unset = field("v2", schema.BOOLEAN, default=UNSET)
    """True for the second version of the runtime."""
    lg_messages: list[Any] | Unset = field("lgMessages", schema.array(schema.ANY), default=UNSET)
    """Messages for the framework of the language model, of any shape."""
    timeout: int | Unset = field("timeout", schema.INTEGER, default=UNSET)
    """Milliseconds that the turn may take, 60000 by default."""
    response_mode: ResponseMode | Unset = field("responseMode", schema.enum(lambda: models.ResponseMode), default=UNSET)
    """How much an answer of a turn says, lean by default."""


if TYPE_CHECKING:

    class InteractBodyParams(TypedDict, total=False):
        """The fields of ``InteractBody`` as keyword arguments."""

        agent_id: Required[str]
        convo_id: Required[str]
        bucket: Required[BucketValue]
        prompt: Required[str]
        session_id: str | Unset
        agent_data: dict[str, Any] | Unset
        turns_history: list[Any] | Unset
        workspace_data: Any | Unset
        light_convo_data: Any | Unset
        disable_ui_engine: bool | Unset
        disable_record_history: bool | Unset
        is_test: bool | Unset
        kb_preview: bool | Unset
        message_type: PromptTypeValue | Unset
        visual_payload: VisualPayload | Unset
        init_nodes_options: NodesOptions | Unset
        v2: bool | Unset
        lg_messages: list[Any] | Unset
        timeout: int | Unset
        response_mode: ResponseModeValue | Unset

"""Convocore: its clients, their resources and the models of its document, each imported on first use."""

from typing import TYPE_CHECKING

from .._lazy import lazy

if TYPE_CHECKING:
    from causerie_api.convocore.models import *  # noqa: F403

    from .agents import Agents as Agents
    from .client import AsyncConvocore as AsyncConvocore
    from .client import Convocore as Convocore
    from .conversations import Conversations as Conversations
    from .workspace import Workspace as Workspace

__getattr__, __dir__ = lazy(
    __name__,
    {
        "Agents": "agents",
        "AsyncConvocore": "client",
        "Conversations": "conversations",
        "Convocore": "client",
        "Workspace": "workspace",
    },
    "causerie_api.convocore.models",
)

"""raia: its clients, their resources and the models of its document, each imported on first use."""

from typing import TYPE_CHECKING

from .._lazy import lazy

if TYPE_CHECKING:
    from causerie_api.raia.models import *  # noqa: F403

    from .agents import Agents as Agents
    from .client import AsyncRaia as AsyncRaia
    from .client import Raia as Raia
    from .conversations import Conversations as Conversations
    from .feedbacks import Feedbacks as Feedbacks
    from .files import Files as Files
    from .messages import Messages as Messages
    from .prompts import Prompts as Prompts
    from .users import Users as Users
    from .webhooks import Webhooks as Webhooks

__getattr__, __dir__ = lazy(
    __name__,
    {
        "Agents": "agents",
        "AsyncRaia": "client",
        "Conversations": "conversations",
        "Feedbacks": "feedbacks",
        "Files": "files",
        "Messages": "messages",
        "Prompts": "prompts",
        "Raia": "client",
        "Users": "users",
        "Webhooks": "webhooks",
    },
    "causerie_api.raia.models",
)

"""Zild: its clients, their resources and the models of its document, each imported on first use."""

from typing import TYPE_CHECKING

from .._lazy import lazy

if TYPE_CHECKING:
    from causerie_api.zild.models import *  # noqa: F403

    from .client import AsyncZild as AsyncZild
    from .client import Zild as Zild
    from .conversations import Conversations as Conversations

__getattr__, __dir__ = lazy(
    __name__,
    {
        "AsyncZild": "client",
        "Conversations": "conversations",
        "Zild": "client",
    },
    "causerie_api.zild.models",
)

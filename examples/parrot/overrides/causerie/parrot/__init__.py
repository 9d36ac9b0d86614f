"""Parrot: its clients, their resources, and the models of its document, imported when they are first asked for."""

from typing import TYPE_CHECKING

from .._lazy import lazy

if TYPE_CHECKING:
    from causerie_api.parrot.models import *  # noqa: F403

    from .client import AsyncParrot as AsyncParrot
    from .client import Parrot as Parrot
    from .conversations import Conversations as Conversations

__getattr__, __dir__ = lazy(
    __name__,
    {"AsyncParrot": "client", "Conversations": "conversations", "Parrot": "client"},
    "causerie_api.parrot.models",
)

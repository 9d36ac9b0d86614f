"""raia: conversations of an agent with its users, the messages in them, and what belongs to these."""

from __future__ import annotations

from ._base import BASE
from ._machine import Raia

__all__ = ["BASE", "Raia"]

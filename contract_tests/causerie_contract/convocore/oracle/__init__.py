"""Convocore: conversations of an agent and the messages in them."""

from __future__ import annotations

from ._base import BASE
from ._machine import Convocore

__all__ = ["BASE", "Convocore"]

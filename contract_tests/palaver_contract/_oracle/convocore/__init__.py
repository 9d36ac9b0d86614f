"""Convocore: conversations of an agent and the messages in them."""

from __future__ import annotations

from palaver_contract._oracle.convocore._base import BASE
from palaver_contract._oracle.convocore._machine import Convocore

__all__ = ["BASE", "Convocore"]

"""Convocore: conversations of an agent and the messages in them."""

from __future__ import annotations

from causerie_contract.convocore.oracle._base import BASE
from causerie_contract.convocore.oracle._machine import Convocore

__all__ = ["BASE", "Convocore"]

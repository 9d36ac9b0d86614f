"""raia: conversations of an agent with its users, the messages in them, and what belongs to these."""

from __future__ import annotations

from causerie_contract.raia.oracle._base import BASE
from causerie_contract.raia.oracle._machine import Raia

__all__ = ["BASE", "Raia"]

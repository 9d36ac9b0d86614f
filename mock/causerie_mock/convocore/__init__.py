"""Convocore: conversations that belong to agents that belong to keys."""

from __future__ import annotations

from causerie_mock._vendor import Vendor
from causerie_mock.convocore.errors import error
from causerie_mock.convocore.routes import HANDLERS
from causerie_mock.convocore.state import Options, State

#: Keys of the first account (owns agent123) and the second (owns agent456).
KEYS = ("convocore-mock-key", "convocore-mock-key-2")

VENDOR = Vendor(credentials=KEYS, options=Options, state=State, handlers=HANDLERS, error=error)

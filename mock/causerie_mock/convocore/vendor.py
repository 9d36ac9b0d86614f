"""The record from which the mock plays this vendor, apart from its document."""

from __future__ import annotations

from .._vendor import Vendor
from . import conversations, events, exports, interact, messages, workspace
from .access import gated
from .errors import error
from .options import Options
from .seen import observe
from .state import State

#: Keys of the first account (owns agent123) and the second (owns agent456).
KEYS = ("convocore-mock-key", "convocore-mock-key-2")

VENDOR = Vendor(
    credentials=KEYS,
    options=Options,
    state=State,
    handlers={
        name: gated(handler)
        for module in (conversations, exports, interact, messages, workspace)
        for name, handler in module.HANDLERS.items()
    },
    error=error,
    hooks=events.hooks(KEYS),
    observe=observe,
)

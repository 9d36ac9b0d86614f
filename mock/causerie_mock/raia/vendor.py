"""The record from which the mock plays this vendor, apart from its document."""

from __future__ import annotations

from .._vendor import Vendor
from . import agents, events, feedbacks, files, prompts, routes, users, webhooks
from .errors import error
from .options import Options
from .seen import observe
from .state import State

# behaviour: keys-do-not-expire
#: Secret keys of the first agent and the second.
KEYS = ("raia-mock-key", "raia-mock-key-2")

VENDOR = Vendor(
    credentials=KEYS,
    options=Options,
    state=State,
    handlers={
        **routes.HANDLERS,
        **files.HANDLERS,
        **users.HANDLERS,
        **feedbacks.HANDLERS,
        **prompts.HANDLERS,
        **webhooks.HANDLERS,
        **agents.HANDLERS,
    },
    error=error,
    # behaviour: log-shows-no-secrets
    secrets={"create_webhook": "headers", "get_agent": "skills"},
    beside=files.storage,
    hooks=events.hooks(),
    observe=observe,
)

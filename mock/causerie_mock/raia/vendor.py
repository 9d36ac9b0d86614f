"""What is played of this vendor, apart from what its document says."""

from __future__ import annotations

from causerie_mock._vendor import Vendor
from causerie_mock.raia import agents, feedbacks, files, prompts, routes, users, webhooks
from causerie_mock.raia.errors import error
from causerie_mock.raia.options import Options
from causerie_mock.raia.state import State

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
    secrets={"create_webhook": "headers", "get_agent": "skills"},
    beside=files.storage,
)

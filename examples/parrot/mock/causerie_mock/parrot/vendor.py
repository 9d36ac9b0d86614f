"""What is played of Parrot, apart from what its document says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from .._exchange import Problem, Reply
from .._options import Options
from .._seed import Record, Seeds, component
from .._vendor import Call, Vendor, World

#: Tokens of the first and the second tenant.
TOKENS = ("parrot-mock-token", "parrot-mock-token-2")


@attrs.define
class Memory:
    """All that is remembered: the conversations of either tenant, by id."""

    tenants: tuple[dict[str, Record], dict[str, Record]] = attrs.field(factory=lambda: ({}, {}))


class State:
    """Conversations, of which each tenant has the documented example at first."""

    def __init__(self, world: World, options: Options) -> None:
        self.world = world
        self.options = options
        self._seeds = Seeds(world.document, {"conversations": component("Conversation")})
        self.memory = Memory()
        for tenant in (0, 1):
            self.seed(tenant, {"conversations": [{"id": "c1", "text": "Hello Hello"}]})

    def seed(self, tenant: int, data: Mapping[str, Any]) -> dict[str, list[Record]]:
        """Add `conversations`, and return them as they are stored. Raises `ValueError`."""
        given = self._seeds.read(tenant, data)
        for index, record in enumerate(given["conversations"]):
            self._seeds.check("conversations", f"conversations[{index}]", record)
            self.memory.tenants[tenant][record["id"]] = record
        return given

    def adopt(self, memory: Memory) -> None:
        """Go on from another state's memory."""
        self.memory = memory


def _error(problem: Problem) -> Reply:
    return Reply.json(problem.status, {"message": problem.message}, problem.headers)


def create_conversation(state: State, call: Call) -> Record:
    # behaviour: parrot-says-it-twice
    record = {"id": state.world.ids.uuid(), "text": f"{call.body['text']} {call.body['text']}"}
    state.memory.tenants[call.tenant][record["id"]] = record
    return record


def list_conversations(state: State, call: Call) -> list[Record]:
    return list(state.memory.tenants[call.tenant].values())


def get_conversation(state: State, call: Call) -> Record:
    try:
        return state.memory.tenants[call.tenant][call.parameters["conversationId"]]
    except KeyError:
        raise Problem(404, "There is no such conversation.") from None


VENDOR = Vendor(
    credentials=TOKENS,
    options=Options,
    state=State,
    handlers={each.__name__: each for each in (create_conversation, list_conversations, get_conversation)},
    error=_error,
)

"""raia's operation on the agent itself."""

from __future__ import annotations

from typing import Any

from .._vendor import Call, Handler
from .state import State, agent_of


def get_agent(state: State, call: Call) -> Any:
    """GET /external/agents/by-api-key."""
    # behaviour: agent-is-that-of-the-key, agent-stays-as-it-is
    return agent_of(state, call).whole


HANDLERS: dict[str, Handler] = {get_agent.__name__: get_agent}

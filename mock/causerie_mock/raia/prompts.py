"""raia's operations on prompts: questions that belong to no conversation."""

from __future__ import annotations

from typing import Any

from .._exchange import Problem
from .._vendor import Call, Handler
from .memory import Pending, Prompt
from .state import State, agent_of


def send_prompt(state: State, call: Call) -> Any:
    """POST /external/prompts. published: the answer has a status and an error, so a failure is no 500."""
    prompt = Prompt(call.body["prompt"])
    state.respond(prompt)
    return prompt.shown


def send_prompt_async(state: State, call: Call) -> Any:
    """POST /external/prompts/async."""
    prompt_id = state.world.ids.uuid()
    agent_of(state, call).prompts[prompt_id] = Prompt(call.body["prompt"], Pending(state.world.clock.now))
    return {"promptId": prompt_id}


def get_prompt_response(state: State, call: Call) -> Any:
    """GET /external/prompts/{promptId}/response-on. published: null while it is not ready.

    inferred: every poll brings it nearer to its end.
    """
    prompt = agent_of(state, call).prompts.get(call.parameters["promptId"])
    if prompt is None:
        raise Problem(404, "There is no such prompt.")
    if prompt.pending is not None:
        if not state.is_due(prompt.pending):
            prompt.pending.polls += 1
            return None
        state.respond(prompt)
    return prompt.shown


HANDLERS: dict[str, Handler] = {
    handler.__name__: handler for handler in (send_prompt, send_prompt_async, get_prompt_response)
}

"""raia's operations on prompts: questions outside of any conversation."""

from __future__ import annotations

from typing import Any

from .._exchange import Problem
from .._vendor import Call, Handler
from .memory import Pending, Prompt
from .state import State, agent_of


def send_prompt(state: State, call: Call) -> Any:
    """POST /external/prompts."""
    # behaviour: prompt-is-answered, failed-prompt-is-no-500, prompts-files-show-nowhere
    prompt = Prompt(call.body["prompt"])
    state.respond(prompt)
    return prompt.shown


def send_prompt_async(state: State, call: Call) -> Any:
    """POST /external/prompts/async."""
    prompt_id = state.world.ids.uuid()
    agent_of(state, call).prompts[prompt_id] = Prompt(call.body["prompt"], Pending(state.world.clock.now))
    return {"promptId": prompt_id}


def get_prompt_response(state: State, call: Call) -> Any:
    """GET /external/prompts/{promptId}/response-on."""
    # behaviour: unknown-prompt-is-a-404, pending-prompt-is-null, prompt-takes-one-poll, completed-prompt-is-for-ever
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

"""raia's operations on prompts: questions that belong to no conversation."""

from __future__ import annotations

from typing import Any

from causerie_mock._exchange import Problem
from causerie_mock._vendor import Call, Handler
from causerie_mock.raia.state import Prompt, State, agent_of


def send_prompt(state: State, call: Call) -> Any:
    """POST /external/prompts. published: the answer has a status and an error, so a failure is no 500."""
    prompt = Prompt(call.body["prompt"])
    state.respond(prompt)
    return prompt.shown


def send_prompt_async(state: State, call: Call) -> Any:
    """POST /external/prompts/async."""
    return {"promptId": state.create_prompt(agent_of(state, call), call.body["prompt"])}


def get_prompt_response(state: State, call: Call) -> Any:
    """GET /external/prompts/{promptId}/response-on. published: null while it is not ready."""
    prompt = agent_of(state, call).prompts.get(call.parameters["promptId"])
    if prompt is None:
        raise Problem(404, "There is no such prompt.")
    return prompt.shown if state.poll_prompt(prompt) else None


HANDLERS: dict[str, Handler] = {
    handler.__name__: handler for handler in (send_prompt, send_prompt_async, get_prompt_response)
}

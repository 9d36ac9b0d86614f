"""The agent that the key belongs to."""

from __future__ import annotations

from ..._oracle._machine import rule
from ._model import Model, webhook_skill
from ._promises import OWN, promise_of

_THIS = promise_of("agent-is-that-of-the-key")
_STAYS = promise_of("agent-stays-as-it-is")
_WEBHOOKS = promise_of("agent-shows-its-webhooks")


class Agents(Model):
    """Sequences of requests to the agent."""

    @rule()
    def read_agent(self) -> None:
        """get_agent, with both keys."""
        answer = self.session.ok(self.session.call("get_agent"))
        for agent in self.webhooks.values():
            self.session.same(answer, ("id",), agent, _THIS)
        if self.session.target.other:
            theirs = self.session.ok(self.session.call("get_agent", credential="other"))
            self.session.relation(theirs, ("id",), "!=", answer.need("id"), OWN)
        number = webhook_skill(answer.need("skills"))
        shown = answer.need("skills", number, "webhooks")
        if self.real:  # what others have made is not known
            places = [("skills", number, "webhooks", index) for index in range(len(shown))]
            for made in self.shown_webhooks:
                if all(any(answer.differences(made, place)) for place in places):
                    self.session.wrong(answer, ("skills", number, "webhooks"), f"it lacks {made['url']}", _WEBHOOKS)
            return
        self.session.same(answer, ("skills", number, "webhooks"), self.shown_webhooks, _WEBHOOKS)
        for name, value in self.agent.items():
            if name != "skills":
                self.session.same(answer, (name,), value, _STAYS)
        for index, skill in enumerate(self.agent["skills"]):
            for name, value in skill.items():
                self.session.same(answer, ("skills", index, name), value, _STAYS)

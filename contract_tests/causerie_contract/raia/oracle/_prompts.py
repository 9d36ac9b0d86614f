"""Prompts: questions that belong to no conversation."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.errors import UnsatisfiedAssumption
from hypothesis.stateful import precondition

from ..._oracle._answer import Answer
from ..._oracle._machine import TEXTS, rule
from ._model import Model, Record, at_number
from ._promises import NEW_ID, ONE_EACH, OWN, TAKES, promise_of
from ._values import FAILURE, PATIENCE, SOME

_COMPLETED = promise_of("prompt-is-answered")
_PENDING = promise_of("pending-prompt-is-null")
_FINAL = promise_of("completed-prompt-is-for-ever")
_FAILED = promise_of("failed-is-for-ever")
_UNKNOWN = promise_of("unknown-prompt-is-a-404")


class Prompts(Model):
    """Sequences of requests to prompts."""

    def _prompt(self, text: str, more: int) -> Record:
        files = [{"fileName": "a.png", "storagePath": "prompt-files/a.png"}]
        return {
            "prompt": text,
            **({"tokenTrackingId": self.own_id("tokens")} if more & 1 else {}),
            **({"files": files} if more & 2 else {}),
        }

    @rule(text=st.sampled_from(TEXTS), more=st.integers(0, 3))
    def prompt(self, text: str, more: int) -> None:
        """send_prompt."""
        answer = self.session.ok(self.session.call("send_prompt", body=self._prompt(text, more)))
        self._answers(answer)

    def _answers(self, answer: Answer) -> None:
        self.session.same(answer, ("status",), "completed", _COMPLETED)
        self.session.same(answer, ("error",), None, _COMPLETED)
        self.session.relation(answer, ("response",), "!=", "", _COMPLETED)

    @rule(text=st.sampled_from(TEXTS))
    def prompt_with_file(self, text: str) -> None:
        """create_prompt_upload_url twice, two uploads, and a prompt with both files."""
        body = {"fileName": "Ünï côde (1).txt", "contentType": "text/plain"}
        files: list[Record] = []
        for content in (text, "the other one"):
            answer = self.session.ok(self.session.call("create_prompt_upload_url", body=body))
            for file in files:
                self.session.relation(answer, ("storagePath",), "!=", file["storagePath"], ONE_EACH)
                if answer.at("storagePath") == file["storagePath"]:  # two files at one place cannot be told apart
                    raise UnsatisfiedAssumption
            self.session.ok(self.session.follow(answer, ("signedUrl",), "PUT", content.encode(), "text/plain"), TAKES)
            files.append({"fileName": body["fileName"], "storagePath": answer.need("storagePath")})
        sent = {"prompt": text, "files": files}
        self._answers(self.session.ok(self.session.call("send_prompt", body=sent)))

    @rule(text=st.sampled_from(TEXTS), more=st.integers(0, 3), polls=st.integers(0, 3))
    def prompt_async(self, text: str, more: int, polls: int) -> None:
        """send_prompt_async and polls."""
        answer = self.session.ok(self.session.call("send_prompt_async", body=self._prompt(text, more)))
        prompt_id = answer.need("promptId")
        for taken in self.prompts:
            self.session.relation(answer, ("promptId",), "!=", taken, NEW_ID)
        self.prompts[prompt_id] = []
        for _ in range(polls):
            self._poll_prompt(prompt_id)

    @precondition(lambda self: self.prompts)
    @rule(number=SOME)
    def poll_prompt(self, number: int) -> None:
        """get_prompt_response of any prompt."""
        self._poll_prompt(at_number(list(self.prompts), number))

    def _poll_prompt(self, prompt_id: str) -> None:
        seen = self.prompts[prompt_id]
        answer = self.session.ok(self.session.call("get_prompt_response", {"promptId": prompt_id}))
        if any(each is not None for each in seen):
            self.session.same(answer, (), seen[-1], _FINAL)
        elif answer.value is not None:
            self.session.same(answer, ("status",), "completed", _PENDING)
            self._answers(answer)
        elif len(seen) >= PATIENCE and not self.real:
            self._answers(answer)
        seen.append(answer.value)

    @rule()
    def miss_prompt(self) -> None:
        """Ask for a prompt that does not exist, and for one of this agent with another's key."""
        path = {"promptId": self.own_id("no prompt")}
        self.session.refused(self.session.call("get_prompt_response", path), (404,), _UNKNOWN)
        if self.session.target.other:
            for prompt_id in list(self.prompts)[-1:]:
                answer = self.session.call("get_prompt_response", {"promptId": prompt_id}, credential="other")
                self.session.refused(answer, (404,), OWN)

    def prompt_in_vain(self, text: str) -> None:
        """send_prompt and send_prompt_async to an agent that fails."""
        expected = {"status": "failed", "totalTokens": None, "response": None, "error": FAILURE}
        answer = self.session.ok(self.session.call("send_prompt", body=self._prompt(text, 0)))
        self.session.same(answer, (), expected, _FAILED)
        answer = self.session.ok(self.session.call("send_prompt_async", body=self._prompt(text, 0)))
        path = {"promptId": answer.need("promptId")}
        for _ in range(2):
            polled = self.session.ok(self.session.call("get_prompt_response", path))
            self.session.same(polled, (), expected, _FAILED)

"""Webhooks: made, and shown by their agent."""

from __future__ import annotations

from hypothesis import strategies as st

from ..._oracle._machine import OBJECTS, TEXTS, rule
from ..._oracle._value import NOTHING
from ._model import Model, Record
from ._promises import BORN, NEW_ID, OWN, promise_of

_TRIGGERS = (
    *("each_message", "end_dialog", "start_dialog", "chat_currently_unavailable"),
    *("auto_archive_conversation", "manual"),
)
_BAD_URLS = (
    *("http://api.example.com/webhook", "ftp://api.example.com/", "api.example.com", "", "https://", "https:///path"),
    *("https://localhost/", "https://127.0.0.1/", "https://10.0.0.1:8443/x", "https://169.254.169.254/latest"),
    *("https://192.168.1.1/", "https://[::1]/", "https://[fd00::1]/", "https://0.0.0.0/", "https://ada@127.0.0.1/"),
    *("https://LOCALHOST/", "https://localhost./", "https://a.localhost/", "https://[::ffff:127.0.0.1]/"),
    *("https://2130706433/", "https://0x7f.1/", "https://127.1/"),
)

_WRITTEN = promise_of("webhook-is-written")
_ACTIVE = promise_of("new-webhook-is-active")
_AGENT = promise_of("webhook-belongs-to-the-agent")
_PUBLIC = promise_of("webhook-url-is-public")


class Webhooks(Model):
    """Sequences of requests to webhooks."""

    @rule(
        title=st.sampled_from(TEXTS),
        trigger=st.sampled_from(_TRIGGERS),
        headers=st.none() | st.sampled_from([{"Authorization": "Bearer token", "X-Ünï": "ä"}, *OBJECTS[1:2]]),
        path=st.sampled_from(["", "/webhook", ":8443/A?b=c#d"]),
    )
    def create_webhook(self, title: str, trigger: str, headers: Record | None, path: str) -> None:
        """create_webhook, with both keys."""
        body: Record = {
            "title": title,
            "description": title[::-1],
            "url": f"https://api.example.com{path}",
            "triggerCondition": trigger,
            **({} if headers is None else {"headers": headers}),
        }
        answer = self.session.ok(self.session.call("create_webhook", body=body))
        for name in ("title", "description", "url", "triggerCondition", "headers"):
            self.session.same(answer, (name,), body.get(name, NOTHING), _WRITTEN)
        self.session.same(answer, ("status",), "active", _ACTIVE)
        self.session.same(answer, ("updatedAt",), answer.need("createdAt"), BORN)
        for taken, agent in self.webhooks.items():
            self.session.relation(answer, ("id",), "!=", taken, NEW_ID)
            self.session.same(answer, ("agentId",), agent, _AGENT)
        self.webhooks[answer.need("id")] = answer.need("agentId")
        self.shown_webhooks.append({**body, "status": "active"})
        if self.session.target.other:
            theirs = self.session.ok(self.session.call("create_webhook", body=body, credential="other"))
            self.session.relation(theirs, ("agentId",), "!=", answer.at("agentId"), OWN)

    @rule(url=st.sampled_from(_BAD_URLS))
    def refuse_webhook(self, url: str) -> None:
        """Give a URL that the vendor must not call."""
        body = {"title": "Title", "description": "Description", "url": url, "triggerCondition": "manual"}
        self.session.refused(self.session.call("create_webhook", body=body), (400,), _PUBLIC)

    def all_webhooks(self) -> None:
        """Every trigger and every bad URL."""
        for number, trigger in enumerate(_TRIGGERS):
            headers = (None, {"Authorization": "Bearer token"}, {})[number % 3]
            self.create_webhook(TEXTS[number], trigger, headers, ("", "/webhook", ":8443/A?b=c#d")[number % 3])
        for url in _BAD_URLS:
            self.refuse_webhook(url)

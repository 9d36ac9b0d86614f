"""What no answer may show: the credential of its request, and the inside of the program."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from causerie_contract._finding import Finding
from causerie_contract._oracle import run as oracle
from causerie_contract._oracle._answer import Answer
from causerie_contract._oracle._contract import Contract
from causerie_contract._oracle._leaks import Leaks
from causerie_contract._oracle._story import Exchange, Sent
from causerie_contract._settings import Settings
from causerie_contract._target import mock_in_process
from causerie_mock import CONVOCORE_KEYS, RAIA_KEYS, VENDORS, ZILD_TOKENS, Mock, Reply, Request
from causerie_spec import credential, load

TRACES = {
    "Python": 'Traceback (most recent call last):\n  File "/srv/app.py", line 214, in handle',
    "Python, one line": 'File "/srv/app.py", line 214, in handle',
    "JavaScript": "TypeError: x is undefined at handle (/srv/app/index.js:12:7)",
    "Java": "java.lang.IllegalStateException at com.example.Store.find(Store.java:42)",
    "Java, with line ends": "java.lang.IllegalStateException\n\tat com.example.Store.find(Store.java:42)",
    ".NET": "at Example.Store.Find(String id) in /srv/Store.cs:line 42",
    "PHP": "#0 /var/www/html/index.php(12): find()",
    "Ruby": "app/models/store.rb:12:in `find'",
    "Go": "goroutine 1 [running]:",
}
#: Texts that are nothing of the kind.
PLAIN = [
    "at noon (12:30)",
    "We met at the store (3:15:20).",
    "File 7, line 12",
    "See index.php",
    "x" * 100_000,
    "at " * 30_000,
]
KEYS = {"convocore": CONVOCORE_KEYS[0], "raia": RAIA_KEYS[0], "zild": ZILD_TOKENS[0]}

#: What a vendor says before it repeats the credential.
_ECHO = "You sent"


class Talkative(Mock):
    """A vendor that says more than it should, in errors or in successes."""

    def __init__(self, vendor: str, more: str, *, in_errors: bool) -> None:
        self._more = more
        self._in_errors = in_errors
        super().__init__(vendor)

    def handle(self, request: Request) -> Reply:
        """Return the reply, and more where it is an object, or where its first item is one."""
        reply = super().handle(request)
        value = json.loads(reply.body) if reply.body[:1] in {b"{", b"["} else None
        record = value[0] if isinstance(value, list) and value else value
        if (reply.status >= 400) != self._in_errors or not isinstance(record, dict):
            return reply
        name = "title" if "title" in record and self._in_errors else "message"
        (header,) = self.headers(0)
        if self._more != _ECHO or request.header(header):
            record[name] = f"{record.get(name)} {self._more} {request.header(header) if self._more == _ECHO else ''}"
        return Reply.json(reply.status, value)


def found(mock: Mock) -> list[Finding]:
    """Return what bad requests find."""
    document = load(mock.vendor)
    target = mock_in_process(mock.vendor, document, mock)
    return oracle(mock.vendor, document, target, Settings(shrink=False), parts=["sweep"])


@pytest.mark.parametrize("vendor", VENDORS)
def test_an_error_that_repeats_the_credential(vendor: str) -> None:
    """A credential in an error is a finding, which does not show it either."""
    (finding,) = found(Talkative(vendor, _ECHO, in_errors=True))

    assert "model: answer-hides-the-credential" == finding.code
    assert KEYS[vendor] not in str(finding) + finding.test


@pytest.mark.parametrize("in_errors", [False, True])
@pytest.mark.parametrize("vendor", VENDORS)
def test_a_stack_trace(vendor: str, in_errors: bool) -> None:
    """A stack trace is a finding, in an error and in a success."""
    (finding,) = found(Talkative(vendor, TRACES["Python"], in_errors=in_errors))

    assert "model: answer-hides-the-program" == finding.code


def shown(text: str, body: str = "", key: str = "a-long-credential", **headers: str) -> list[str]:
    """Return the names of what an answer of Zild with this text and these headers shows to a request with this key."""
    header = credential(load("zild"))
    request = httpx.Request("POST", "http://mock.invalid", headers=header.write(key))
    sent = Sent("POST", "/", {}, {}, body.encode(), None, "own")
    exchange = Exchange(
        "start_proactive_conversation", sent, request, httpx.Response(200, headers=headers, json={"text": text})
    )
    answer: Any = Answer(exchange, exchange.response.json(), None)  # type: ignore[arg-type]  # no session reads it
    return [promise.keyword for promise, *_ in Leaks(header, two_tenants=False).of(answer)]


@pytest.mark.parametrize("language", TRACES)
def test_traces(language: str) -> None:
    """The stack traces of common languages are known."""
    assert ["model: answer-hides-the-program"] == shown(TRACES[language])


@pytest.mark.parametrize("text", PLAIN, ids=range(len(PLAIN)))
def test_other_texts(text: str) -> None:
    """A text that only resembles a stack trace is not reported, and a long text costs no time."""
    assert [] == shown(text)


def test_what_the_request_had() -> None:
    """An answer may repeat what its request had, and a short credential may stand there by chance."""
    assert [] == shown("goroutine 1 [running]:", body="goroutine 1 [running]:")
    assert [] == shown("a-long-credential", body="a-long-credential")
    assert [] == shown("short", key="short")
    assert ["model: answer-hides-the-credential"] == shown("a-long-credential")
    assert ["model: answer-hides-the-program"] == shown("", debug=TRACES["Java"])
    assert ["model: answer-hides-the-credential"] == shown("", debug="Bearer a-long-credential")
    assert ["model: answer-hides-the-program"] == shown("", debug="SELECT * FROM prompts WHERE id = $1")
    assert ["model: answer-hides-the-program"] == shown("", debug="postgres://app:s3cret@db/app")
    assert [] == shown("SELECT one FROM them WHERE you like")  # somebody may have written this
    assert ["model: answer-hides-the-credential"] == shown(
        '"quoted"', key='a "long" credential', debug='a "long" credential'
    )
    assert ["model: answer-hides-the-credential"] == shown('a "long" credential', key='a "long" credential')


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("passwordHash", "5f4dcc3b", True),
        ("accessToken", "abc", True),
        ("tokens", ["abc"], True),
        ("auth", {"token": {"value": "abc"}}, True),
        ("secretPin", 1234, True),
        ("promptTokens", 12, False),
        ("tokenUsage", {"in": 1, "out": [2, 0.5]}, False),
        ("hasPassword", True, False),
        ("credential", None, False),
        ("apiKey", "", False),
        ("hashtags", ["summer"], False),
        ("nextPageToken", "abc", False),
        ("syncToken", "abc", False),
        ("tokenizer", "cl100k_base", False),
        ("tokenType", "Bearer", False),
        ("password_changed_at", "2024-03-20T12:00:00Z", False),
        ("contentHash", "abc", False),
        ("sessionToken", "abc", True),
        ("API_KEY", "abc", True),
        ("hash2", "abc", True),
        ("token", {"type": "Bearer", "value": "abc"}, True),
    ],
)
def test_fields_that_may_be_secret(name: str, value: Any, *, expected: bool) -> None:
    """A field that the document does not know is reported where its name and its value are those of a secret."""
    contract = Contract(load("raia"))
    answered = Mock("raia").handle(Request("GET", b"/external/conversations", headers=_headers()))
    user = {**json.loads(answered.body)["data"][0], name: value}
    response = httpx.Response(200, json={**json.loads(answered.body), "data": [user]})
    fault = contract.fault("list_conversations", response)

    assert ("leak" if expected else None) == (fault and fault.keyword)


@pytest.mark.parametrize(
    ("name", "expected"), [("openaiApiKey", True), ("DB_PASSWORD", True), ("token", False), ("model", False)]
)
def test_secrets_in_free_objects(name: str, *, expected: bool) -> None:
    """An object that clients do not write has no secret, even if nobody has described its members."""
    contract = Contract(load("raia"))
    answered = Mock("raia").handle(Request("GET", b"/external/agents/by-api-key", headers=_headers()))
    agent = json.loads(answered.body)
    response = httpx.Response(200, json={**agent, "aiConfig": {**agent["aiConfig"], name: "abc"}})
    fault = contract.fault("get_agent", response)

    assert ("leak" if expected else None) == (fault and fault.keyword)


def _headers() -> list[tuple[bytes, bytes]]:
    return [(key.encode(), value.encode()) for key, value in Mock("raia").headers(0).items()]

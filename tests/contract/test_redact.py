"""Nothing that belongs to somebody is shown of recorded traffic."""

from __future__ import annotations

import base64
import json
import tempfile
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from causerie_contract import _har
from causerie_spec.documents import load
from causerie_spec.redact import MASK, Redactor

HEX = "0123456789abcdef"
BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

DOCUMENT = load("raia")

#: What keys and tokens look like: they stand anywhere and are no words.
KEYS = st.one_of(
    st.uuids().map(str),
    st.text(HEX, min_size=24, max_size=40).filter(lambda text: sum(map(str.isdigit, text)) > 2),
    st.text(BASE64, min_size=24, max_size=60).filter(lambda text: sum(map(str.isdigit, text)) > 2),
    st.text(BASE64, min_size=20, max_size=40).map(lambda text: f"sk-live-0{text}"),
    st.emails(),
    st.integers(10**9, 10**12).map(lambda number: f"+{number}"),
)

#: What people write: they stand where personal data stand, and perhaps elsewhere too.
WORDS = st.sampled_from(["Ada", "Lovelace", "Grace Hopper", "Please call me back", "wonderland", "Ünal", "o'Neil"])


def har(secret: str, word: str) -> dict[str, Any]:
    """Traffic with a secret and a word of somebody in every place that there is."""
    person = {"firstName": word, "email": secret, "phoneNumber": secret, "metadata": {secret: secret}}
    answer = {
        "id": secret,
        "mode": secret,
        "title": word,
        "user": {**person, secret: word},
        secret: secret,
        "feedbacks": [{"voteType": word, "comment": f"{word} {secret}"}],
    }
    message = {"conversationUserId": secret, "title": {"text": word}, "customData": {secret: word}, secret: word}
    path = "https://api.raia2.com/external/conversations"
    key, name = quote(secret, safe=""), quote(word)

    def entry(url: str, method: str, media: str, text: str) -> dict[str, Any]:
        return {
            "request": {
                "method": method,
                "url": url,
                "headers": [
                    {"name": "Agent-Secret-Key", "value": secret},
                    {"name": "Authorization", "value": f"Bearer {secret}"},
                    {"name": "X-Caller-Name", "value": word},
                ],
                "cookies": [{"name": "session", "value": word}],
                "queryString": [{"name": "token", "value": word}, {"name": "searchKeyword", "value": word}],
                "postData": {"mimeType": "application/json", "text": json.dumps(message)},
            },
            "response": {
                "status": 201 if method == "POST" else 200,
                "headers": [{"name": "Set-Cookie", "value": word}],
                "content": {"mimeType": media, "text": text},
            },
        }

    body, media = json.dumps(answer), "application/json"
    return {
        "log": {
            "version": "1.2",
            "entries": [
                entry(path, "POST", media, body),
                entry(f"{path}?token={key}&{key}={name}&orderBy={key}&page={name}", "GET", media, body),
                entry(f"{path}/{key}/{name}/{key}", "GET", media, body),
                entry(f"{path}/{name}", "PATCH", media, body),
                entry(path, "POST", f"text/{secret}", body),
                entry(path, "POST", media, f"{secret} {word}"),
            ],
        }
    }


@settings(max_examples=60, deadline=None)
@given(secret=KEYS, word=WORDS, words=st.booleans())
def test_secrets_are_not_shown(secret: str, word: str, words: bool) -> None:
    """Wherever a secret or a word of somebody stands, neither lines nor report show it, and findings remain."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "recorded.har"
        file.write_text(json.dumps(har(secret, word)), encoding="utf-8")
        with mock.patch.object(_har, "load", return_value=DOCUMENT):  # reading it takes most of the time
            replayed = _har.replay("raia", file, words=words)
    shown = "\n".join([*replayed.lines(), json.dumps(replayed.entry, ensure_ascii=False)])
    codes = {seen.finding.code for seen in replayed.findings}

    assert {"path", "method", "parameters", "properties", "enum", "content", "json", "type"} <= codes
    assert secret.lower() not in shown.lower()
    assert word.lower() not in shown.lower()


def recorded(value: Any, **content: str) -> dict[str, Any]:
    """Return an entry whose answer is `value`."""
    answer = {"content": {"text": json.dumps(value), **content}}
    return {"request": {"url": "https://vendor.test/?pass=hunter", "headers": []}, "response": answer}


def test_words_of_names() -> None:
    """Of a name or an address each word is private, of prose only the whole: it has all words."""
    redactor = Redactor(
        [recorded({"fullName": "Ada Lovelace", "email": "grace@example.com", "text": "a b c d status"})], None
    )

    assert [MASK] * 4 == [redactor.word(text) for text in ("lovelace", "ada-lovelace", "Grace", "hunter")]
    assert ["status", "placelace"] == [redactor.word(text) for text in ("status", "placelace")]


def test_encoded_bodies() -> None:
    """What is private in a body that was recorded in base 64 is private."""
    text = base64.b64encode(json.dumps({"firstName": "Ada"}).encode()).decode()

    assert MASK == Redactor([recorded(None, text=text, encoding="base64")], None).word("Ada")


@pytest.mark.parametrize(
    "text", ["conversationStateId", "ended_chat", "ai-chatting", "fileURL", "DESC", "address2", "x-request-id", "json"]
)
def test_words_are_shown(text: str) -> None:
    """Names of fields and values of enums are what the findings are about."""
    assert text == Redactor([]).word(text)


@pytest.mark.parametrize(
    "text", ["", "two words", "ada@example.com", "+491701234567", "5f7b1b3b", "hGtRfDsWqZ", "xkqzjwvb", "a" * 17]
)
def test_no_words(text: str) -> None:
    """Ids, addresses, numbers, sentences and random letters are not."""
    assert MASK == Redactor([]).word(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (7, "7"),
        (1700000000, "a number"),
        (0.5, "a number"),
        ([1], "an array"),
        ({}, "an object"),
    ],
)
def test_values(value: Any, text: str) -> None:
    """Of other values the type is shown, and what is too short to belong to somebody."""
    assert text == Redactor([]).value(value)


def test_exports_and_headers() -> None:
    """A cell of an export is what its column is; a webhook's headers, a prompt and a response are somebody's."""
    texts = [
        {"data": 'userName,state,note\r\nAda,completed,"wonder, land"\r\n'},
        {"headers": {"X-Any": "hush"}, "prompt": "marry", "response": "gladly", "triggerCondition": "manual"},
        {"turns": [{"anything": "darling"}]},
    ]
    entries = [
        {"request": {"url": "https://a.test/", "headers": []}, "response": {"headers": [], "content": {"text": text}}}
        for text in map(json.dumps, texts)
    ]
    redactor = Redactor(entries)
    words = ["Ada", "completed", "wonder", "land", "hush", "marry", "gladly", "darling", "manual"]

    assert ["completed", "manual"] == [word for word in words if redactor.word(word) != MASK]

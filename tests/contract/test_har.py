"""Recorded traffic held against a document."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from causerie_contract._har import Replayed, replay
from causerie_mock import Mock, MockTransport
from causerie_spec.documents import folder, load, vendors

Change = Callable[[dict[str, Any]], None]

HOST = "https://api.raia2.com"
ID = "5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b"


#: Its header has no name.
NAMELESS = {"request": {"url": "/", "method": "GET", "headers": [{"value": "x"}]}, "response": {"status": 200}}


def entry(request: httpx.Request, response: httpx.Response) -> dict[str, Any]:
    """Return an exchange as a browser records it."""
    content = request.read()
    return {
        "request": {
            "method": request.method,
            "url": str(request.url),
            "headers": [{"name": name, "value": value} for name, value in request.headers.items()],
            "postData": {"mimeType": request.headers.get("content-type", ""), "text": content.decode()},
        },
        "response": {
            "status": response.status_code,
            "headers": [{"name": name, "value": value} for name, value in response.headers.items()],
            "content": {"mimeType": response.headers.get("content-type", ""), "text": response.read().decode()},
        },
    }


def write(folder: Path, *entries: dict[str, Any]) -> Path:
    """Return a HAR file."""
    file = folder / "recorded.har"
    file.write_text(json.dumps({"log": {"version": "1.2", "entries": entries}}), encoding="utf-8")
    return file


def recorded(*calls: tuple[str, str, Any]) -> list[dict[str, Any]]:
    """Return what the mock of raia answers to `calls`: method, path and query, body."""
    mock, entries = Mock("raia"), list[dict[str, Any]]()
    hooks = {"response": [lambda response: entries.append(entry(response.request, response))]}
    with httpx.Client(
        transport=MockTransport(mock), base_url=HOST, headers=mock.headers(0), event_hooks=hooks
    ) as client:
        for method, path, body in calls:
            client.request(method, path, json=body)
    return entries


LIST = ("GET", "/external/conversations?page=1&orderDirection=DESC&withFeedbacksOnly=false", None)
CREATE = ("POST", "/external/conversations", {"conversationUserId": ID, "customData": {"any": {"shape": 1}}})
STATES = ("GET", "/external/conversations/states", None)
LOST = ("GET", "/external/conversations/nothing", None)
BAD = ("GET", "/external/conversations?page=0&colour=red", None)


def changed(tmp_path: Path, call: tuple[str, str, Any], change: Change) -> Replayed:
    """Return what is found when `change` spoils the recording of one call."""
    (made,) = recorded(call)
    change(made)
    return replay("raia", write(tmp_path, made), words=True)


def spoilt(*path: str | int, value: Any) -> Change:
    """Put `value` into the answer."""

    def change(made: dict[str, Any]) -> None:
        content = made["response"]["content"]
        node = body = json.loads(content["text"])
        for step in path[:-1]:
            node = node[step]
        node[path[-1]] = value
        content["text"] = json.dumps(body)

    return change


def put(*path: str, value: Any) -> Change:
    """Put `value` into the recording."""

    def change(made: dict[str, Any]) -> None:
        node = made
        for step in path[:-1]:
            node = node[step]
        node[path[-1]] = value

    return change


def test_clean_traffic(tmp_path: Path) -> None:
    """What the mock answers is documented; a request that was refused contradicts nothing."""
    replayed = replay("raia", write(tmp_path, *recorded(LIST, CREATE, STATES, LOST, BAD)))

    assert (5, []) == (replayed.checked, replayed.findings)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (put("request", "url", value=f"{HOST}/external/lovelace"), "GET /external/[Filtered]"),
        (put("request", "url", value=f"{HOST}/external/conversations?lovelace=1"), "query [Filtered]"),
        (put("request", "method", value="LOVELACE"), "[Filtered] /external/conversations"),
        (put("response", "content", "mimeType", value="text/lovelace"), "answer"),
        (spoilt("lovelace", value=1), "answer /[Filtered]"),
        (spoilt("data", 0, "user", "lovelace", value=1), "answer /data/0/user/[Filtered]"),
        (spoilt("data", 0, "mode", value="lovelace"), "answer /data/0/mode"),
    ],
)
def test_unknown_words(change: Change, place: str, tmp_path: Path) -> None:
    """A word that the document lacks may be somebody's: it is shown to nobody who has not asked for it."""
    (made,) = recorded(LIST)
    change(made)
    file = write(tmp_path, made)
    quiet, wordy = ("\n".join(replay("raia", file, words=words).lines()) for words in (False, True))

    assert place in quiet
    assert "lovelace" not in quiet.lower()
    assert "--words shows them" in quiet
    assert "lovelace" in wordy.lower()
    assert "--words" not in wordy


@pytest.mark.parametrize(
    ("call", "change", "operation", "keyword", "where", "pointer"),
    [
        (
            LIST,
            put("request", "url", value=f"{HOST}/external/people/{ID}"),
            "",
            "path",
            "GET /external/people",
            "/paths",
        ),
        (
            LIST,
            put("request", "method", value="PATCH"),
            "",
            "method",
            "PATCH /external/conversations",
            "/paths/~1external~1conversations",
        ),
        (
            LIST,
            put("request", "url", value=f"{HOST}/external/conversations?colour=red"),
            "list_conversations",
            "parameters",
            "query colour",
            "/paths/~1external~1conversations/get",
        ),
        (
            LIST,
            put("request", "url", value=f"{HOST}/external/conversations?page=0"),
            "list_conversations",
            "minimum",
            "query page",
            "/paths/~1external~1conversations/get/parameters/0/schema/minimum",
        ),
        (
            LIST,
            put("request", "url", value=f"{HOST}/external/conversations?page=first"),
            "list_conversations",
            "type",
            "query page",
            "/paths/~1external~1conversations/get/parameters/0/schema/type",
        ),
        (
            LIST,
            put("request", "postData", value={"mimeType": "application/json", "text": "{}"}),
            "list_conversations",
            "content",
            "body",
            "/paths/~1external~1conversations/get",
        ),
        (
            LIST,
            put("response", "status", value=418),
            "list_conversations",
            "status",
            "answer",
            "/paths/~1external~1conversations/get/responses",
        ),
        (
            LIST,
            put("response", "content", "mimeType", value="text/html"),
            "list_conversations",
            "content",
            "answer",
            "/paths/~1external~1conversations/get/responses/200",
        ),
        (
            LIST,
            put("response", "content", "text", value="<html>"),
            "list_conversations",
            "json",
            "answer",
            "/paths/~1external~1conversations/get/responses/200/content/application~1json",
        ),
        (
            CREATE,
            spoilt("urgency", value=1),
            "create_conversation",
            "properties",
            "answer /urgency",
            "/components/schemas/Conversation",
        ),
        (
            CREATE,
            spoilt("user", "urgency", value=1),
            "create_conversation",
            "properties",
            "answer /user/urgency",
            "/components/schemas/ConversationUser",
        ),
        (
            CREATE,
            spoilt("mode", value="hybrid"),
            "create_conversation",
            "enum",
            "answer /mode",
            "/components/schemas/ConversationMode/enum",
        ),
        (
            CREATE,
            spoilt("isAnonymized", value=None),
            "create_conversation",
            "type",
            "answer /isAnonymized",
            "/components/schemas/Conversation/properties/isAnonymized/type",
        ),
        (
            CREATE,
            spoilt("user", value={"id": ID, "firstName": "", "lastName": ""}),
            "create_conversation",
            "required",
            "answer /user/isAnonymized",
            "/components/schemas/ConversationUser/properties/isAnonymized",
        ),
        (
            CREATE,
            spoilt("assignedUser", value={"id": 1, "firstName": "", "lastName": "", "email": ""}),
            "create_conversation",
            "type",
            "answer /assignedUser/id",
            "/components/schemas/AssignedUser/properties/id/type",
        ),
        (
            CREATE,
            put("request", "postData", "text", value=json.dumps({"conversationUserId": ID, "urgency": 1})),
            "create_conversation",
            "properties",
            "body /urgency",
            "/components/schemas/NewConversation",
        ),
    ],
)
def test_finding(
    call: tuple[str, str, Any],
    change: Change,
    operation: str,
    keyword: str,
    where: str,
    pointer: str,
    tmp_path: Path,
) -> None:
    """What contradicts the document is a finding with its place, keyword, and evidence where there is an operation."""
    findings = [seen.finding for seen in changed(tmp_path, call, change).findings]
    found = [each for each in findings if each.code == keyword]

    assert [(operation, keyword, pointer)] == [(each.operation, each.code, each.violations[0].schema) for each in found]
    assert found[0].violations[0].where.startswith(where)
    assert bool(operation) == (found[0].evidence is not None)


def test_one_finding_per_cause(tmp_path: Path) -> None:
    """However often and through however many operations: what one place of the document says is one finding."""
    entries = recorded(LIST, CREATE, CREATE)
    for each in entries:
        body = json.loads(each["response"]["content"]["text"])
        for conversation in body.get("data", [body]):
            conversation["mode"] = "hybrid"
        each["response"]["content"]["text"] = json.dumps(body)
    count = len(json.loads(entries[0]["response"]["content"]["text"])["data"]) + 2
    (seen,) = replay("raia", write(tmp_path, *entries)).findings

    assert (count, "list_conversations") == (seen.count, seen.finding.operation)
    assert ("create_conversation",) == seen.finding.also
    assert f"seen {count} times" in str(seen)


def test_line(tmp_path: Path) -> None:
    """A finding names the line of the document that says otherwise."""
    (seen,) = changed(tmp_path, CREATE, spoilt("mode", value="hybrid")).findings
    (violation,) = seen.finding.violations
    text = (folder() / "raia.yaml").read_text(encoding="utf-8").splitlines()[(violation.line or 0) - 1]

    assert ("spec/raia.yaml", "enum: [ai, manual]") == (seen.finding.file, text.strip())


def test_two_values_are_two_findings(tmp_path: Path) -> None:
    """Values and names that the document lacks are told apart."""
    entries = recorded(CREATE, CREATE)
    for each, mode in zip(entries, ("hybrid", "paused"), strict=True):
        spoilt("mode", value=mode)(each)
    found = replay("raia", write(tmp_path, *entries), words=True).findings

    assert ["hybrid", "paused"] == [seen.finding.problem.split()[0] for seen in found]


def test_skipped(tmp_path: Path) -> None:
    """Other hosts, preflights and exchanges without an answer are counted, not judged."""
    entries = recorded(LIST, LIST, LIST, LIST, LIST)
    put("request", "url", value="https://example.com/external/nonsense")(entries[0])
    put("request", "headers", value=[{"name": "Access-Control-Request-Method", "value": "GET"}])(entries[1])
    put("response", "status", value=0)(entries[2])
    put("response", "content", value={})(entries[3])
    replayed = replay("raia", write(tmp_path, *entries))

    assert {"another host": 1, "a browser's preflight": 1, "no answer of the server": 1} == replayed.skipped
    assert (2, 1, []) == (replayed.checked, replayed.unrecorded, replayed.findings)
    assert "2 exchanges" in "\n".join(replayed.lines())


def test_base_url(tmp_path: Path) -> None:
    """Another host is the vendor when it is said so, with the path before the document's paths."""
    entries = recorded(LIST)
    url = entries[0]["request"]["url"].replace(HOST, "http://127.0.0.1:8080/raia")
    put("request", "url", value=url)(entries[0])
    replayed = replay("raia", write(tmp_path, *entries), base_url="http://127.0.0.1:8080/raia/")

    assert (1, []) == (replayed.checked, replayed.findings)


def test_base64(tmp_path: Path) -> None:
    """A body may be recorded in base 64; other text is taken as it is."""

    def encode(made: dict[str, Any]) -> None:
        content = made["response"]["content"]
        spoilt("mode", value="hybrid")(made)
        content |= {"encoding": "base64", "text": base64.b64encode(content["text"].encode()).decode()}

    found = changed(tmp_path, CREATE, encode).findings
    broken = changed(tmp_path, CREATE, put("response", "content", "encoding", value="base64")).findings

    assert (["enum"], []) == ([each.finding.code for each in found], [each.finding.code for each in broken])


def test_nothing_for_what_there_is_not(tmp_path: Path) -> None:
    """Some recorders write null for what a message does not have."""

    def empty(made: dict[str, Any]) -> None:
        made["request"] |= {"postData": None, "queryString": None, "cookies": None}
        made["response"] |= {"content": None, "headers": None}

    replayed = changed(tmp_path, LIST, empty)

    assert (1, 1, []) == (replayed.checked, replayed.unrecorded, replayed.findings)


@pytest.mark.parametrize(
    "keywords",
    [
        {"additionalProperties": False},
        {"unevaluatedProperties": False},
        {"propertyNames": {"maxLength": 3}},
    ],
)
def test_names_of_fields_are_not_told(keywords: dict[str, Any], tmp_path: Path) -> None:
    """A schema that forbids fields says so without naming those that it met."""
    document = load("raia")
    document["components"]["schemas"]["NewConversation"] |= keywords
    (file := tmp_path / "raia.yaml").write_text(json.dumps(document))
    (made,) = recorded(CREATE)
    made["request"]["postData"]["text"] = json.dumps({"conversationUserId": ID, "ada@example.com": 1})
    replayed = replay("raia", write(tmp_path, made), document=file)
    shown = "\n".join(replayed.lines()) + json.dumps(replayed.entry)

    assert "it has fields that it may not have" in shown
    assert "ada@" not in shown


def test_two_alternatives(tmp_path: Path) -> None:
    """A value that more than one alternative of a oneOf fits is a finding."""
    document = load("raia")
    document["components"]["schemas"]["Conversation"]["oneOf"] = [{"type": "object"}, {"required": ["id"]}]
    (file := tmp_path / "raia.yaml").write_text(json.dumps(document))
    (seen,) = replay("raia", write(tmp_path, *recorded(CREATE)), document=file).findings

    assert "oneOf" == seen.finding.code


@pytest.mark.parametrize("vendor", vendors())
def test_documented_examples(vendor: str, tmp_path: Path) -> None:
    """No documented example of an answer has a field that no schema names."""
    document = load(vendor)
    entries = list[dict[str, Any]]()
    for path, item in document["paths"].items():
        for method, node in item.items():
            for status, answer in node.get("responses", {}).items() if method != "parameters" else ():
                for media, content in answer.get("content", {}).items():
                    for example in content.get("examples", {}).values():
                        text = json.dumps(example["value"])
                        request = httpx.Request(method.upper(), document["servers"][0]["url"] + path)
                        headers = {"content-type": media}
                        entries.append(entry(request, httpx.Response(int(status), text=text, headers=headers)))
    fields = [] if not entries else replay(vendor, write(tmp_path, *entries)).findings

    assert [] == [seen.finding.problem for seen in fields if seen.finding.code == "properties"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "is not a HAR 1.2 file"),
        ("[]", "is not a HAR 1.2 file"),
        ('{"log": {"entries": [{"request": {}}]}}', "is not a HAR 1.2 file"),
        ('{"log": {"entries": [{"request": {"method": 1}}]}}', "is not a HAR 1.2 file"),
        (json.dumps({"log": {"entries": [NAMELESS]}}), "is not a HAR 1.2 file"),
        ('{"log": {"entries": []}}', "none of 0 entries"),
    ],
)
def test_no_traffic(text: str, problem: str, tmp_path: Path) -> None:
    """A file without traffic of the vendor is an error: green would mean nothing."""
    (file := tmp_path / "x.har").write_text(text)
    with pytest.raises(ValueError, match=problem) as caught:
        replay("raia", file)

    assert str(file) in str(caught.value)


def test_bad_arguments(tmp_path: Path) -> None:
    """A file that is not there and a base URL without a scheme are named."""
    with pytest.raises(ValueError, match=r"nothing\.har could not be read"):
        replay("raia", tmp_path / "nothing.har")

    with pytest.raises(ValueError, match="--base-url must begin"):
        replay("raia", tmp_path / "nothing.har", base_url="localhost")
    with pytest.raises(ValueError, match="--base-url has a user, a password, a query or a fragment"):
        replay("raia", tmp_path / "nothing.har", base_url="http://bob:hush@127.0.0.1")

"""What the model oracle finds: faults of behaviour that fit every schema."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest

import causerie_mock
from causerie_contract._finding import Finding
from causerie_contract._oracle import run
from causerie_contract._settings import Settings
from causerie_contract._target import mock_in_process
from causerie_mock import Mock, Reply, Request
from causerie_spec.documents import load, vendors

QUICK = Settings(max_examples=4, shrink=False)
ONCE = Settings(max_examples=1, shrink=False)

#: What a fault makes of a request, and of the answer to it.
Change = Callable[[Request, Any], Any]


def hold(mock: Mock, settings: Settings = QUICK, **changes: Any) -> list[Finding]:
    """Return what the oracle finds about `mock`."""
    document = load(mock.vendor)
    target = attrs.evolve(mock_in_process(mock.vendor, document, mock), **changes)
    return run(mock.vendor, document, target, settings)


class Told(Mock):
    """A vendor that tells something else than it knows."""

    def __init__(self, vendor: str, method: str, ending: str, change: Callable[[Any], Any]) -> None:
        super().__init__(vendor)
        self._asked = method, ending.encode()
        self._change = change

    def handle(self, request: Request) -> Reply:
        """Return the reply, changed where it is a success of the operation."""
        reply = super().handle(request)
        if request.method != self._asked[0] or not request.path.endswith(self._asked[1]) or reply.status >= 300:
            return reply
        return Reply.json(reply.status, self._change(json.loads(reply.body)))


class Heard(Mock):
    """A vendor that hears something else than was said."""

    def __init__(self, vendor: str, method: str, change: Callable[[Any], Any]) -> None:
        super().__init__(vendor)
        self._asked = method
        self._change = change

    def handle(self, request: Request) -> Reply:
        """Return the reply to another body or query than the request's."""
        if request.method == self._asked and request.body:
            try:
                body = json.loads(request.body)
            except (ValueError, RecursionError):
                return super().handle(request)
            if isinstance(body, dict):
                request = attrs.evolve(request, body=json.dumps(self._change(body)).encode())
        elif request.method == self._asked and request.query:
            pairs = dict(pair.split("=", 1) for pair in request.query.decode().split("&"))
            query = "&".join(f"{name}={value}" for name, value in self._change(pairs).items())
            request = attrs.evolve(request, query=query.encode())
        return super().handle(request)


class Remembering(Mock):
    """A vendor whose state `spoil` changes after each successful request of a kind."""

    def __init__(self, vendor: str, method: str, spoil: Callable[[Any, Request], None]) -> None:
        super().__init__(vendor)
        self._asked = method
        self._spoil = spoil

    def handle(self, request: Request) -> Reply:
        """Return the reply, and spoil the state after a success."""
        reply = super().handle(request)
        if request.method == self._asked and reply.status < 300:
            self._spoil(self._state, request)
        return reply


def without(name: str) -> Callable[[Any], Any]:
    """Leave a field out."""
    return lambda value: {key: each for key, each in value.items() if key != name}


def inside(change: Callable[[Any], Any], name: str) -> Callable[[Any], Any]:
    """Change what stands in a field."""
    return lambda value: {**value, name: change(value[name])} if isinstance(value.get(name), dict) else value


def put(name: str, make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Put something else into a field that holds a text, a number or a list."""
    return lambda value: {**value, name: make(value[name])} if isinstance(value.get(name), str | int | list) else value


def put_data(body: Any) -> Any:
    """Put numbers in place of the booleans in customData: Python takes them for equal."""
    return {**body, "customData": _numbered(body["customData"])} if "customData" in body else body


def swapped(first: str, second: str) -> Callable[[Any], Any]:
    """Mix up two fields."""
    return lambda value: {**value, first: value[second], second: value[first]}


def _agent(state: Any) -> Any:
    return state.memory.agents[0]


def _delete_all(state: Any, _: Request) -> None:
    _agent(state).conversations.clear()


def _delete_other_tenant(state: Any, request: Request) -> None:
    user = json.loads(request.body)["conversationUserId"]
    for agent in state.memory.agents:
        for each in [each for each in agent.conversations.values() if each.user["id"] == user]:
            del agent.conversations[each.id]


def _retitle_all(state: Any, _: Request) -> None:
    for each in _agent(state).conversations.values():
        each.shown["title"] = "retitled"


def _reset_mode(state: Any, request: Request) -> None:
    if request.path.endswith(b"/mode"):
        return
    for each in _agent(state).conversations.values():
        if each.id.encode() in request.path:
            each.shown["mode"] = "ai"


def _old_dates(state: Any, _: Request) -> None:
    for each in _agent(state).conversations.values():
        each.shown["updatedAt"] = each.shown["createdAt"]


def _forget_last_message(state: Any, request: Request) -> None:
    for each in _agent(state).conversations.values():
        if each.id.encode() in request.path and each.messages:
            del each.messages[next(reversed(each.messages))]


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _once(value: Any) -> Any:
    return (
        list(dict.fromkeys(value))
        if isinstance(value, list) and all(isinstance(each, str) for each in value)
        else value
    )


def _reset_notes(state: Any, _: Request) -> None:
    for each in state.memory.agents["agent123"].conversations.values():
        each.pop("notes", None)


def _old_modified(state: Any, _: Request) -> None:
    for each in state.memory.agents["agent123"].conversations.values():
        each["lastModified"] = 1699999999


def _finish(state: Any, _: Request) -> None:
    for each in state.memory.tenants[0].conversations.values():
        each["active"] = False


def _numbered(value: Any) -> Any:
    """Put 1 and 0 in place of true and false, at any depth."""
    if isinstance(value, dict):
        return {name: _numbered(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_numbered(each) for each in value]
    return int(value) if isinstance(value, bool) else value


CONVERSATIONS = "/external/conversations"

FAULTS: dict[str, Callable[[], Mock]] = {
    "raia: title not stored": lambda: Heard("raia", "POST", without("title")),
    "raia: customData not stored": lambda: Heard("raia", "POST", without("customData")),
    "raia: customData with numbers for booleans": lambda: Heard("raia", "POST", put_data),
    "raia: title in lower case": lambda: Heard("raia", "PUT", put("title", _lower)),
    "raia: title cut": lambda: Heard("raia", "POST", put("title", lambda text: text[:100])),
    "raia: message stripped": lambda: Heard("raia", "POST", put("message", lambda text: str(text).strip())),
    "raia: update not persisted": lambda: Heard("raia", "PUT", without("conversationStateId")),
    "raia: mode not persisted": lambda: Heard("raia", "PUT", without("mode")),
    "raia: files not stored": lambda: Heard("raia", "POST", without("files")),
    "raia: userId ignored": lambda: Heard("raia", "GET", without("userId")),
    "raia: searchKeyword ignored": lambda: Heard("raia", "GET", without("searchKeyword")),
    "raia: startDate ignored": lambda: Heard("raia", "GET", without("startDate")),
    "raia: endDate ignored": lambda: Heard("raia", "GET", without("endDate")),
    "raia: withFeedbacksOnly ignored": lambda: Heard("raia", "GET", without("withFeedbacksOnly")),
    "raia: orderBy ignored": lambda: Heard("raia", "GET", without("orderBy")),
    "raia: orderDirection ignored": lambda: Heard("raia", "GET", without("orderDirection")),
    "raia: page ignored": lambda: Heard("raia", "GET", without("page")),
    "raia: pages too large": lambda: Heard("raia", "GET", put("pageSize", lambda size: int(size) + 1)),
    "raia: totalItems wrong": lambda: Told("raia", "GET", CONVERSATIONS, put("totalItems", lambda count: count + 1)),
    "raia: hasNextPage never": lambda: Told("raia", "GET", CONVERSATIONS, lambda page: {**page, "hasNextPage": False}),
    "raia: messages reversed": lambda: Told("raia", "GET", "/messages", put("messages", lambda all_: all_[::-1])),
    "raia: dates swapped": lambda: Told("raia", "PUT", "/mode", swapped("createdAt", "updatedAt")),
    "raia: optional field dropped": lambda: Told("raia", "PUT", "/mode", without("mode")),
    "raia: delete takes everybody": lambda: Remembering("raia", "DELETE", _delete_all),
    "raia: delete crosses agents": lambda: Remembering("raia", "DELETE", _delete_other_tenant),
    "raia: update leaks": lambda: Remembering("raia", "PUT", _retitle_all),
    "raia: update resets the mode": lambda: Remembering("raia", "PUT", _reset_mode),
    "raia: updatedAt stays": lambda: Remembering("raia", "PUT", _old_dates),
    "raia: message not persisted": lambda: Remembering("raia", "POST", _forget_last_message),
    "convocore: tags deduplicated": lambda: Heard("convocore", "POST", inside(put("tags", _once), "conversation")),
    "convocore: title not updated": lambda: Heard("convocore", "PATCH", inside(without("title"), "conversation")),
    "convocore: notes in lower case": lambda: Heard("convocore", "PATCH", inside(put("notes", _lower), "conversation")),
    "convocore: update resets notes": lambda: Remembering("convocore", "PATCH", _reset_notes),
    "convocore: lastModified stays": lambda: Remembering("convocore", "PATCH", _old_modified),
    "convocore: names swapped": lambda: Told(
        "convocore", "POST", "/convos", inside(lambda data: {**data, "notes": data.get("userName")}, "data")
    ),
    "convocore: limit ignored": lambda: Heard("convocore", "GET", without("limit")),
    "convocore: exports without messages": lambda: Told(
        "convocore", "GET", "/export", put("data", lambda rows: [without("turns")(row) for row in rows])
    ),
    "convocore: delete takes everybody": lambda: Remembering(
        "convocore", "DELETE", lambda state, _: state.memory.agents["agent123"].conversations.clear()
    ),
    "raia: users without their data": lambda: Heard("raia", "POST", without("fkUserId")),
    "raia: nobody's conversations": lambda: Told("raia", "GET", "/search", put("conversationIds", lambda _: [])),
    "raia: invalid URLs": lambda: Told("raia", "POST", "/upload-url", put("signedUrl", lambda _: "http://[")),
    "raia: URLs that lead nowhere": lambda: Told("raia", "GET", "/signed-url", put("signedUrl", lambda url: url + "0")),
    "raia: votes inverted": lambda: Heard("raia", "POST", put("voteType", lambda vote: {"up": "down"}.get(vote, vote))),
    "raia: prompts never ready": lambda: Told("raia", "GET", "/response-on", lambda _: None),
    "raia: webhooks without headers": lambda: Told("raia", "POST", "/webhooks", without("headers")),
    "zild: liveAgent not stored": lambda: Heard("zild", "POST", without("liveAgent")),
    "zild: template ignored": lambda: Heard("zild", "POST", without("conversationTemplateId")),
    "zild: contacts ignored": lambda: Heard("zild", "POST", without("contactIds")),
    "zild: every start anew": lambda: Remembering("zild", "POST", _finish),
    "zild: order reversed": lambda: Told("zild", "POST", "conversation", lambda listed: listed[::-1]),
}


@pytest.mark.parametrize("vendor", vendors())
def test_sound(vendor: str) -> None:
    """A sound vendor has no findings, and every operation is asked."""
    document = load(vendor)
    asked = set[str]()
    target = mock_in_process(vendor, document)
    found = run(vendor, document, target, QUICK, lambda operation, request, response: asked.add(operation))

    assert [] == found
    assert {
        each["operationId"] for path in document["paths"].values() for each in path.values() if "operationId" in each
    } == asked


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_found(fault: str) -> None:
    """Each of these fits every schema, and is a finding."""
    found = hold(FAULTS[fault]())

    assert 1 == len(found)
    assert fault.partition(":")[0] == found[0].vendor


def test_finding_tells_everything() -> None:
    """A finding has operation, place, keyword, evidence, and the shortest sequence as curl lines and as a test."""
    found = hold(FAULTS["raia: customData not stored"](), Settings(max_examples=8))
    (violation,) = found[0].violations

    assert ("get_conversation", "behaviour", "model") == (found[0].operation, found[0].phase, found[0].check)
    assert "answer /metadata" == violation.where
    assert "model: custom-data-is-metadata" == violation.keyword
    assert violation.evidence is not None
    assert "example" == violation.evidence.level
    assert ["POST", "GET"] == [line.split()[2] for line in found[0].curl[-2:]]
    assert causerie_mock.RAIA_KEYS[0] not in str(found[0]) + found[0].test


def test_no_printed_test_of_what_requests_do_not_lead_to() -> None:
    """A finding about a mock whose agent has no answers has no printed test: a server cannot be asked for that."""

    def forgets(answer: dict[str, Any]) -> dict[str, Any]:
        return {**answer, "error": None} if answer.get("status") == "failed" else answer

    document = load("raia")
    target = mock_in_process("raia", document, Told("raia", "GET", "response-on", forgets))
    every = run("raia", document, target, Settings(), parts=("chapters",))
    found = [each for each in every if "failed-is-for-ever" in each.violations[0].keyword]

    assert found
    assert {""} == {each.test for each in found}


def test_printed_test_fails_for_the_fault_alone(
    pytester: pytest.Pytester, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test that a finding prints fails as long as the fault is there, and passes without it."""
    fault = FAULTS["raia: page ignored"]
    found = hold(fault(), Settings(max_examples=2))
    printed = next(each for each in found if each.violations[0].where == "answer /currentPage")
    file = tmp_path / "test_printed.py"
    file.write_text(printed.test, encoding="utf-8")

    monkeypatch.setenv("RAIA_AGENT_SECRET_KEY", causerie_mock.RAIA_KEYS[0])
    monkeypatch.setenv("RAIA_AGENT_SECRET_KEY_2", causerie_mock.RAIA_KEYS[1])
    statuses = []
    for mock in (fault(), Mock("raia")):
        with mock:
            monkeypatch.setenv("RAIA_BASE_URL", mock.url)
            statuses.append(pytester.runpytest_inprocess("-p", "no:cacheprovider", file).ret)

    assert [pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.OK] == statuses
    # Where another record stands than should, its fields are not reported one by one.
    assert {"answer /data/0"} == {
        each.violations[0].where for each in found if each.violations[0].where.startswith("answer /data/0")
    }


@pytest.mark.parametrize(
    ("vendor", "options", "settings"),
    [("convocore", {"paging": "cursor"}, ONCE), ("raia", {}, ONCE), ("raia", {}, Settings(shrink=False))],
)
def test_server_with_a_past(vendor: str, options: dict[str, Any], settings: Settings) -> None:
    """A server that has one account and cannot be reset has no findings either, and none the second time."""
    document = load(vendor)
    target = mock_in_process(vendor, document, Mock(vendor, **options))
    target = attrs.evolve(target, real=True, other=None, option=None, reset=lambda: None)
    reported: list[Finding] = []

    assert [] == [found for _ in range(2) for found in run(vendor, document, target, settings, report=reported.append)]
    assert [] == reported


def test_inferences_are_reported_of_a_real_server() -> None:
    """What contradicts an inference of ours alone does not fail a server that is no mock."""
    document = load("convocore")
    mock = Told("convocore", "PATCH", "", lambda value: {**value, "message": "Done"})
    reported: list[Finding] = []
    target = attrs.evolve(mock_in_process("convocore", document, mock), real=True)
    found = run("convocore", document, target, QUICK, report=reported.append)

    assert [] == found
    assert [
        f"/components/schemas/{name}/properties/message" for name in ("ConversationResponse", "Acknowledgement")
    ] == [violation.schema for each in reported for violation in each.violations]


def test_whose_promise_an_answer_is() -> None:
    """A server that does not answer breaks the promise of the operation, and the vendor's word is not made up."""

    def refuse(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("nobody there")

    (finding,) = hold(Mock("zild"), transport=httpx.MockTransport(refuse))
    (violation,) = finding.violations

    assert ("model: an answer", None) == (violation.keyword, finding.status)
    assert finding.evidence == violation.evidence


class Leaky(Mock):
    """A vendor that changes something with the first write that it refuses."""

    def __init__(self) -> None:
        super().__init__("convocore")
        self._done = False

    def handle(self, request: Request) -> Reply:
        """Return the reply, and change something when it is the first refusal of a write."""
        reply = super().handle(request)
        if request.method == "PATCH" and reply.status == 401 and not self._done:
            self._done = True
            for each in self._state.memory.agents["agent123"].conversations.values():
                each["userName"] = "changed"
        return reply


def test_first_refused_write() -> None:
    """The very first bad request is watched too."""
    document = load("convocore")
    found = run("convocore", document, mock_in_process("convocore", document, Leaky()), QUICK)

    assert ["model: refused-request-changes-nothing"] == [each.code for each in found]


def test_which_refused_write() -> None:
    """Of many refused requests with one look after them, the one that changed something is named."""
    document = load("convocore")

    class Partial(Mock):
        def handle(self, request: Request) -> Reply:
            reply = super().handle(request)
            if request.method == "PATCH" and reply.status == 400 and b'"userEmail": 7' in request.body:
                for each in self._state.memory.agents["agent123"].conversations.values():
                    each["userName"] = "changed"
            return reply

    (finding,) = run("convocore", document, mock_in_process("convocore", document, Partial("convocore")), QUICK)

    assert "model: refused-request-changes-nothing" == finding.code
    assert ["POST", "PATCH", "GET"] == [line.split()[2] for line in finding.curl]
    assert '"userEmail": 7' in finding.curl[1]


def test_security_of_the_document() -> None:
    """What a document says of credentials for all operations counts for those that say nothing themselves."""
    document = load("zild")
    operation = document["paths"]["/api/Conversation/proactive-conversation"]["post"]
    document["security"] = operation.pop("security")

    assert [] == run("zild", document, mock_in_process("zild", document), QUICK)


def test_a_path_that_the_model_does_not_know() -> None:
    """An operation is left aside when nothing makes what its path names."""
    document = load("raia")
    operation = document["paths"]["/external/conversations/states"]["get"]
    document["paths"]["/external/boards/{boardId}"] = {"get": {**operation, "operationId": "get_board"}}

    assert [] == run("raia", document, mock_in_process("raia", document, Mock("raia")), ONCE)


def test_same_seed_same_requests() -> None:
    """A seed decides every request."""
    asked: list[list[tuple[str, bytes]]] = []
    document = load("raia")
    for seed in (1, 1, 2):
        asked.append([])
        settings = attrs.evolve(ONCE, seed=seed)
        target = mock_in_process("raia", document)
        run(
            "raia",
            document,
            target,
            settings,
            lambda operation, request, response: asked[-1].append((str(request.url), request.content)),
        )

    assert asked[0] == asked[1]
    assert asked[0] != asked[2]

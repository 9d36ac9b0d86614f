"""What a run finds, and whom it blames."""

from __future__ import annotations

import gc
import json
import weakref
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from causerie_contract._finding import Finding
from causerie_contract._result import Result
from causerie_contract._run import run
from causerie_contract._settings import Settings
from causerie_contract._target import Target, mock_in_process
from causerie_mock import Mock, Reply, Request
from causerie_spec.documents import load, vendors
from tests.contract.conftest import Faulty, reduced, without

FEW = Settings(max_examples=2)


def hold(mock: Mock, document: dict[str, Any], settings: Settings = FEW) -> Result:
    """Hold `mock`, called in process, against `document`."""
    return run(mock.vendor, document, mock_in_process(mock.vendor, document, mock), settings)


def findings(result: Result) -> list[Finding]:
    """Return all findings of `result`."""
    return [finding for tally in result.operations.values() for finding in tally.findings]


class Recording(Mock):
    """A vendor that keeps what it is asked."""

    def __init__(self, vendor: str) -> None:
        super().__init__(vendor)
        self.asked: list[tuple[str, bytes, bytes, bytes]] = []

    def handle(self, request: Request) -> Reply:
        """Note the request, and return the reply."""
        self.asked.append((request.method, request.path, request.query, request.body))
        return super().handle(request)


class Careless(Mock):
    """A vendor that answers one status, whatever it is asked."""

    def __init__(self, vendor: str, reply: Reply) -> None:
        super().__init__(vendor)
        self._reply = reply

    def handle(self, request: Request) -> Reply:
        """Return the one reply."""
        return self._reply


def test_clean() -> None:
    """A right server has no findings; all phases ran, and sequences went on from answer to answer."""
    whole_paths = reduced("raia", "create_user", "get_user", "delete_user")
    result = hold(Mock("raia"), whole_paths, Settings(max_examples=4))

    assert ([], {}, []) == (findings(result), result.warnings, result.errors)
    assert [None] * 3 == [tally.shortcoming for tally in result.operations.values()]
    assert result.scenarios >= result.linked >= result.min_linked


class Garbled(Mock):
    """A vendor all of whose answers have the same fault."""

    def handle(self, request: Request) -> Reply:
        """Return the reply as a media type that is nowhere documented."""
        reply = super().handle(request)
        return attrs.evolve(reply, headers=(("content-type", "text/html"),)) if reply.body else reply


def test_each_status() -> None:
    """The same fault in answers of two statuses is two findings, however alike they look."""
    result = hold(Garbled("raia"), reduced("raia", "create_user"), Settings(max_examples=4))
    statuses = {finding.status for finding in findings(result) if finding.check == "content_type_conformance"}

    assert {201, 400} <= statuses


def test_nothing_is_kept() -> None:
    """A run that has ended keeps neither its server nor the answers: many runs fit into one process."""
    servers = []
    for _ in range(4):
        mock = Mock("raia")
        hold(mock, reduced("raia", "create_conversation", "get_conversation"))
        servers.append(weakref.ref(mock))
        del mock
    gc.collect()

    # Hypothesis' bounded caches may keep the first and the last.
    assert [None, None] == [server() for server in servers[1:3]]


def test_same_seed_same_requests() -> None:
    """A seed decides every request, and another seed makes others."""
    document = reduced("raia", "create_conversation", "get_conversation")
    first, second, third = (Recording("raia") for _ in range(3))
    hold(first, document)
    hold(second, document)
    hold(third, document, attrs.evolve(FEW, seed=2))

    assert first.asked == second.asked
    assert first.asked != third.asked


def test_missing_field() -> None:
    """A required field that is not there is named with operation, place, keyword, evidence and curl line."""
    result = hold(Faulty("raia", without("createdAt")), reduced("raia", "set_conversation_mode"))
    (finding,) = findings(result)
    (violation,) = finding.violations
    told = ("set_conversation_mode", "/createdAt", "required", "raia-openapi", "curl -X PUT")

    assert ("raia", "set_conversation_mode", "ST108") == (finding.vendor, finding.operation, finding.code)
    assert ("answer /createdAt", "required") == (violation.where, violation.keyword)
    assert "/components/schemas/Conversation/properties/createdAt" == violation.schema
    assert violation.evidence is not None
    assert "published" == violation.evidence.level
    assert finding.curl[-1].startswith("curl -X PUT -H 'Agent-Secret-Key: [Filtered]' -H 'Content-Type:")
    assert [] == [part for part in told if part not in str(finding)]


def user_of(value: Any) -> Any:
    return value | {"user": value["user"] | {"firstName": 7}, "assignedUser": {"id": "1"}}


@pytest.mark.parametrize(
    ("change", "places"),
    [
        (without("user"), {("answer /user", "required", "/components/schemas/Conversation/properties/user")}),
        (
            user_of,
            {
                ("answer /user/firstName", "type", "/components/schemas/ConversationUser/properties/firstName/type"),
                *(
                    (
                        f"answer /assignedUser/{field}",
                        "required",
                        f"/components/schemas/AssignedUser/properties/{field}",
                    )
                    for field in ("firstName", "lastName", "email")
                ),
            },
        ),
        (
            lambda value: value | {"mode": "asleep"},
            {("answer /mode", "enum", "/components/schemas/ConversationMode/enum")},
        ),
    ],
)
def test_wrong_answers(change: Callable[[Any], Any], places: set[tuple[str, str, str]]) -> None:
    """A promise that answers break is reported once, however many break it; of alternatives, the one that was meant."""
    result = hold(Faulty("raia", change), reduced("raia", "set_conversation_mode"))
    violations = [violation for finding in findings(result) for violation in finding.violations]

    assert places == {(each.where, each.keyword, each.schema) for each in violations}
    assert len(places) == len(violations)


def test_inferred_promise() -> None:
    """What contradicts our own guess is reported as our guess."""
    result = hold(Faulty("raia", lambda states: states[0]), reduced("raia", "list_conversation_states"))
    (violation,) = findings(result)[0].violations

    assert ("answer /", "type") == (violation.where, violation.keyword)
    assert "our inference" in str(violation.evidence)


def test_broken_sequence() -> None:
    """What shows only in a sequence of requests is reported with all of them."""

    class Forgetful(Mock):
        def handle(self, request: Request) -> Reply:
            reply = super().handle(request)
            if request.method == "POST" and reply.status == 200:
                answer = json.loads(reply.body)
                return Reply.json(200, answer | {"data": answer["data"] | {"ID": "another"}})
            return reply

    document = reduced("convocore", "create_conversation", "get_conversation")
    result = hold(Forgetful("convocore"), document, Settings(max_examples=6))
    (finding,) = [finding for finding in findings(result) if finding.code == "ST302"]

    assert "stateful" == finding.phase
    assert ["curl -X POST", "curl -X GET"] == [line[: line.index(" -H")] for line in finding.curl]


def test_accepted_nonsense() -> None:
    """A bad value that is accepted is reported with its place in the request and the promise about it."""

    class Credulous(Mock):
        def handle(self, request: Request) -> Reply:
            body = json.dumps({"mode": "ai"}).encode()
            return super().handle(attrs.evolve(request, body=body) if request.body else request)

    result = hold(Credulous("raia"), reduced("raia", "set_conversation_mode"))
    accepted = [each for finding in findings(result) for each in finding.violations if finding.code == "ST201"]

    assert "/components/schemas/ConversationModeUpdate/properties/mode" in {each.schema for each in accepted}
    assert "body /mode" in {each.where for each in accepted}
    assert {"published"} == {
        each.evidence.level for each in accepted if each.evidence is not None and each.where == "body /mode"
    }


def test_accepted_nonsense_in_the_query() -> None:
    """So is a bad value of a parameter."""

    class Credulous(Mock):
        def handle(self, request: Request) -> Reply:
            return super().handle(attrs.evolve(request, query=b""))

    result = hold(Credulous("raia"), reduced("raia", "list_messages"))
    accepted = [each for finding in findings(result) for each in finding.violations if finding.code == "ST201"]

    assert {"query shouldIncludeFeedbacks", "query orderDirection"} == {each.where for each in accepted}


def test_accepted_nonsense_in_an_array() -> None:
    """So is a bad item of an array; each field is reported once, with its own curl line."""

    class Credulous(Mock):
        def handle(self, request: Request) -> Reply:
            return super().handle(attrs.evolve(request, body=b"{}"))

    found = [each for each in findings(hold(Credulous("zild"), load("zild"))) if each.code == "ST201"]
    places = [violation.where for finding in found for violation in finding.violations]

    assert {"body /contactIds/0", "body /recipient/0", "body /channelId"} <= set(places)
    assert len(found) == len({finding.curl for finding in found})


def test_schema_warnings() -> None:
    """What Schemathesis cannot read in a document is a warning, and fails."""
    document = reduced("raia", "get_conversation")
    document["components"]["parameters"]["ConversationId"]["schema"]["pattern"] = r"\p{Nonsense}"
    result = hold(Mock("raia"), document)

    assert {"unsupported_regex": ["GET /external/conversations/{conversationId}"]} == result.warnings


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply.json(418, {}), "ST103"),
        (Reply.json(500, {"status": 500, "message": "Oops"}), "ST101"),
        (Reply.json(200, [], media_type="text/html"), "ST105"),
        (Reply(200, (("content-type", "application/json"),), b"{"), "ST109"),
        (Reply.json(200, []), "ST401"),
    ],
)
def test_careless_vendors(reply: Reply, code: str) -> None:
    """Undocumented statuses, server errors, other media types, broken JSON and open doors are findings."""
    result = hold(Careless("raia", reply), reduced("raia", "list_conversation_states"))

    assert code in {finding.code for finding in findings(result)}


def test_wrong_credential() -> None:
    """With a wrong credential nothing is found, and everything is reported as untested."""
    document = reduced("raia", "list_conversation_states", "get_conversation")
    result = run("raia", document, attrs.evolve(mock_in_process("raia", document), credential="wrong"), FEW)

    assert [True, True] == ["None of its answers" in str(tally.shortcoming) for tally in result.operations.values()]
    assert "missing_auth" in result.warnings
    assert result.linked < result.min_linked


def test_wrong_path() -> None:
    """An operation at a path that the server does not have is reported as untested."""
    document = reduced("raia", "get_conversation")
    document["paths"]["/external/conversation/{conversationId}"] = document["paths"].pop(
        "/external/conversations/{conversationId}"
    )
    result = hold(Mock("raia"), document)

    assert "None of its answers" in str(result.operations["get_conversation"].shortcoming)
    assert {"missing_test_data": ["GET /external/conversation/{conversationId}"]} == result.warnings


def test_unreachable() -> None:
    """A server that is not there is an error of the run, reported once for an operation."""
    document = reduced("raia", "get_conversation")
    result = run("raia", document, Target("nobody", "http://127.0.0.1:9", "secret"), FEW)

    assert ["GET /external/conversations/{conversationId}: Network Error"] == [
        error[: error.index(": Conn")] for error in result.errors
    ]


@pytest.mark.parametrize("vendor", vendors())
def test_document_is_left_alone(vendor: str) -> None:
    """A run does not change the document that it is given."""
    document = reduced(vendor, "get_conversation", "start_proactive_conversation")
    before = json.dumps(document)
    hold(Mock(vendor), document, Settings(max_examples=1))

    assert before == json.dumps(document)
    assert load(vendor)["components"] == document["components"]

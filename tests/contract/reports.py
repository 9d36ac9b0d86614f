"""A result, small and with something of everything."""

from __future__ import annotations

import attrs

from causerie_contract._finding import Finding, Violation
from causerie_contract._lines import Source
from causerie_contract._result import Result, Tally
from causerie_contract._settings import Settings
from causerie_contract._witness import Unwitnessed
from causerie_spec.evidence import Evidence

DOCUMENTED = Evidence("documented", "page")
INFERRED = Evidence("inferred", why="we think so")
TITLE = "/components/schemas/Conversation/properties/title"
#: What a hostile server could answer.
HOSTILE = "</script><script>document.title='mine'</script><img src=x onerror=\"document.title='mine'\"> & \x07"
WRONG = Violation("answer /title", "type", HOSTILE, TITLE, DOCUMENTED)
ORDER = Violation("answer /data", "model: order", "another order", "/components/schemas/ConversationPage", INFERRED)
FINDING = Finding(
    vendor="raia",
    operation="get_conversation",
    label="GET /external/conversations/{conversationId}",
    phase="fuzzing",
    check="response_schema_conformance",
    code="ST108",
    title="Response violates schema",
    problem="Problem",
    status=200,
    violations=(WRONG, ORDER),
    evidence=DOCUMENTED,
    curl=("curl -X GET 'http://mock/a?b=<c>'",),
    test="def test_it():\n    assert False\n",
    also=("update_conversation",),
)
BARE = attrs.evolve(FINDING, check="not_a_server_error", code="ST101", violations=(), also=(), status=None)
UNSEEN = Unwitnessed("raia", "get_conversation", TITLE, "in an answer: left out", DOCUMENTED, None)


def failed() -> Result:
    """Return a result that fails."""
    tallies = {
        "get_conversation": Tally(DOCUMENTED, FINDING.label, 12, 10, 10, 10, findings=[FINDING, BARE]),
        "update_conversation": Tally(DOCUMENTED, "PUT /external/conversations/{conversationId}", 8, 8, 8, 8),
    }
    for tally in tallies.values():
        tally.checks.update(["response_schema_conformance", "not_a_server_error"])
    result = Result(
        "raia", "mock in process", Settings(), tallies, linked=10, seconds=2, phases={"examples": 0.5, "fuzzing": 1.5}
    )
    result.reported = [attrs.evolve(FINDING, check="model", violations=(ORDER,))]
    result.unwitnessed = [UNSEEN, attrs.evolve(UNSEEN, what="status 429", reason="A healthy server never answers so.")]
    result.warnings = {"missing_auth": ["GET /x"]}
    Source.of("raia").locate(result)
    return result


def sound() -> Result:
    """Return a result that does not fail."""
    tally = Tally(DOCUMENTED, FINDING.label, 12, 10, 10, 10)
    return Result("raia", "mock in process", Settings(), {"get_conversation": tally}, strict=False)

"""The report in SARIF 2.1.0."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from causerie_contract._sarif import sarif
from causerie_spec.documents import folder
from tests.contract.reports import HOSTILE, TITLE, failed, sound

LEVELS = {"none", "note", "warning", "error"}


@pytest.fixture(scope="module")
def run() -> dict[str, Any]:
    """Return the one run of the log."""
    log = sarif([failed()])
    (run,) = log["runs"]

    assert "2.1.0" == log["version"]
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    return dict(run)


def test_required_shape(run: dict[str, Any]) -> None:
    """What SARIF requires of a run, its rules and its results is there, in the types that it says."""
    driver = run["tool"]["driver"]
    rules = driver["rules"]

    assert "causerie_contract" == driver["name"]
    assert len(rules) == len({rule["id"] for rule in rules})
    for result in run["results"]:
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in LEVELS
        assert isinstance(result["message"]["text"], str)
        assert physical["region"]["startLine"] >= 1
        assert ("spec/raia.yaml", "%SRCROOT%") == (
            physical["artifactLocation"]["uri"],
            physical["artifactLocation"]["uriBaseId"],
        )
        assert all({"kind"} <= each.keys() for each in result.get("suppressions", ()))


def test_results(run: dict[str, Any]) -> None:
    """A result for each broken promise, with a level by whose promise it is; what is told only is a note."""
    assert [
        ("response_schema_conformance/type", "error"),
        ("response_schema_conformance/model: order", "warning"),
        ("not_a_server_error/ST101", "error"),
        ("model/model: order", "note"),
        ("witness", "warning"),
        ("witness", "warning"),
    ] == [(result["ruleId"], result["level"]) for result in run["results"]]


def test_result(run: dict[str, Any]) -> None:
    """Each leads to the line of the document, names the operations, and says whose promise it is."""
    first = run["results"][0]
    line = first["locations"][0]["physicalLocation"]["region"]["startLine"]
    text = (folder() / "raia.yaml").read_text("utf-8").splitlines()

    assert text[line - 1].strip().startswith("title:")
    assert ["raia.get_conversation", "raia.update_conversation"] == [
        each["fullyQualifiedName"] for each in first["locations"][0]["logicalLocations"]
    ]
    assert (TITLE, "documented") == (first["properties"]["pointer"], first["properties"]["evidence"]["level"])
    assert HOSTILE in first["message"]["text"]


def test_reasons_suppress(run: dict[str, Any]) -> None:
    """What was never seen for a known reason is suppressed with it."""
    assert [None, [{"kind": "external", "justification": "A healthy server never answers so."}]] == [
        result.get("suppressions") for result in run["results"] if result["ruleId"] == "witness"
    ]


def test_fingerprints(run: dict[str, Any]) -> None:
    """Results are known again by what they are about: each differs, and none has its line in it."""
    prints = [result["partialFingerprints"]["promise/v1"] for result in run["results"]]
    moved = failed()
    for operation in moved.operations.values():
        operation.findings = [
            attrs.evolve(finding, line=1, violations=[attrs.evolve(each, line=1) for each in finding.violations])
            for finding in operation.findings
        ]

    assert len(prints) == len(set(prints))
    assert prints == [each["partialFingerprints"]["promise/v1"] for each in sarif([moved])["runs"][0]["results"]]


def test_document_elsewhere() -> None:
    """A document at an absolute path is a file URI; without a file, the operation alone tells the place."""
    made = failed()
    tally = made.operations["get_conversation"]
    one, other = tally.findings
    tally.findings = [attrs.evolve(one, file="/tmp/mine.yaml"), attrs.evolve(other, file="")]
    first, _, third, *_ = sarif([made])["runs"][0]["results"]

    assert {"uri": "file:///tmp/mine.yaml"} == first["locations"][0]["physicalLocation"]["artifactLocation"]
    assert "physicalLocation" not in third["locations"][0]


def test_invocation() -> None:
    """What makes the absence of results mean nothing is told; without it the run was a success."""
    made = failed()
    made.operations["get_conversation"].cases = 0
    (told,) = sarif([made])["runs"][0]["invocations"]
    (good,) = sarif([sound()])["runs"][0]["invocations"]

    assert (False, True) == (told["executionSuccessful"], good["executionSuccessful"])
    assert ["raia: missing_auth: GET /x", "raia.get_conversation: It was not called."] == [
        each["message"]["text"] for each in told["toolExecutionNotifications"]
    ]

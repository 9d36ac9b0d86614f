"""The files that a run leaves."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

from causerie_mock import RAIA_KEYS, serve
from tests.contract.conftest import Faulty, Run, reduced, without, write

FILES = ("--contract-report=a.json", "--contract-sarif=a.sarif", "--contract-html=a.html", "--junitxml=a.xml")


def test_files(run: Run, tmp_path: Path) -> None:
    """Every report of a red run has operation, place, line, keyword and promise, and none has the credential."""
    document = write(tmp_path, reduced("raia", "set_conversation_mode", "update_conversation"))
    with serve([Faulty("raia", without("updatedAt"))]) as urls:
        run(
            *("--vendor=raia", f"--base-url={urls['raia']}", "--target=scratch", f"--document={document}"),
            *("-W", "ignore::pytest.PytestWarning", *FILES),
            RAIA_AGENT_SECRET_KEY=RAIA_KEYS[0],
        )
    texts = {name: (tmp_path / name).read_text("utf-8") for name in ("a.json", "a.sarif", "a.html", "a.xml")}
    told = [
        {(each.get("name"), each.get("value")) for each in case.iter("property")}
        for case in ElementTree.fromstring(texts["a.xml"]).iter("testcase")
    ]
    finding = next(
        each for each in json.loads(texts["a.json"])["findings"] if each["check"] == "response_schema_conformance"
    )
    (violation,) = finding["violations"]
    pointer = "/components/schemas/Conversation/properties/updatedAt"

    assert (pointer, "required") == (violation["schema"], violation["keyword"])
    assert {"set_conversation_mode", "update_conversation"} == {finding["operation"], *finding["also"]}
    assert "updatedAt:" == document.read_text("utf-8").splitlines()[violation["line"] - 1].strip()
    assert {
        ("operation", "raia.update_conversation"),
        ("check", "response_schema_conformance (ST108)"),
        ("keyword", "required"),
        ("pointer", f"{document.as_posix()}#{pointer}"),
        ("line", str(violation["line"])),
        ("contradicts", "the vendor's published contract (published: raia-openapi, 2026-07-27)"),
    } <= next(each for each in told if ("operation", "raia.update_conversation") in each)
    assert violation["line"] in {
        result["locations"][0]["physicalLocation"]["region"]["startLine"]
        for result in json.loads(texts["a.sarif"])["runs"][0]["results"]
    }
    assert f"#{pointer}" in texts["a.html"]
    assert [] == [name for name, text in texts.items() if RAIA_KEYS[0] in text]
    assert "causerie_contract" not in {name for each in told for name, _ in each}


def test_terminal(run: Run, tmp_path: Path) -> None:
    """What contradicts our inferences alone is said at the end of a run on a server, and the run is green."""
    document = write(tmp_path, reduced("raia", "list_conversation_states"))
    with serve([Faulty("raia", lambda states: states[0])]) as urls:
        done = run(
            *("--vendor=raia", f"--base-url={urls['raia']}", "--target=scratch", f"--document={document}"),
            *("-k", "test_conforms or test_run_is_complete"),
            RAIA_AGENT_SECRET_KEY=RAIA_KEYS[0],
        )

    assert 0 == done.returncode
    assert "  contradicts what we infer, and is no failure: 1\n    list_conversation_states: answer /: " in done.stdout


def test_deselected(run: Run, tmp_path: Path) -> None:
    """A report has all that a run found out, whichever tests pytest is left with."""
    run("--vendor=zild", "-k", "test_no_warnings", "--contract-report=a.json")
    report = json.loads((tmp_path / "a.json").read_text("utf-8"))

    assert [["zild"], ["zild"]] == [[entry["vendor"] for entry in report[name]] for name in ("vendors", "operations")]
    assert report["witnesses"]

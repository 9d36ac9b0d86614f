"""What the suite does beside holding servers against documents."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from causerie_contract.__main__ import main
from tests.contract.test_har import LIST, put, recorded, write
from tests.spec.edits import DOCUMENTS
from tests.spec.test_drift import OURS, THEIRS

PRINTED = pytest.CaptureFixture[str]


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """Return a published document."""
    (file := tmp_path / "theirs.json").write_text(json.dumps(THEIRS))
    return file


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """Our document on the same contract."""
    (file := tmp_path / "ours.yaml").write_text(yaml.safe_dump(OURS))
    return file


@pytest.fixture
def triage(tmp_path: Path) -> Path:
    """Return a file that knows nothing yet."""
    (file := tmp_path / "triage.yaml").write_text("")
    return file


def test_replay(tmp_path: Path, capsys: PRINTED) -> None:
    """Clean traffic is 0; what the document does not have is 1, and stands in the report."""
    (entry,) = recorded(LIST)
    clean = main(["replay", str(write(tmp_path, entry)), "--vendor", "raia"])
    put("response", "status", value=418)(entry)
    report = tmp_path / "report.json"
    spoilt = main(["replay", str(write(tmp_path, entry)), "--vendor", "raia", "--report", str(report)])
    (finding,) = json.loads(report.read_text())["findings"]

    assert (0, 1) == (clean, spoilt)
    assert ("status", 1) == (finding["code"], finding["count"])
    assert "Undocumented status" in capsys.readouterr().out


def test_replay_nothing(tmp_path: Path, capsys: PRINTED) -> None:
    """What cannot be done is 2, with a sentence and no traceback."""
    status = main(["replay", str(tmp_path / "no.har"), "--vendor", "raia"])

    assert (2, True) == (status, "could not be read" in capsys.readouterr().err)


@pytest.fixture
def left_out(tmp_path: Path) -> Path:
    """Return a file that leaves out what somebody else has."""
    (file := tmp_path / "left-out.yaml").write_text("[{below: /strangers, reason: x}, {below: /gone, reason: x}]")
    return file


def test_drift(theirs: Path, ours: Path, triage: Path, capsys: PRINTED) -> None:
    """No difference is 0, a new one 1, a known one 0 again; stale entries are told."""
    (empty := triage.with_name("left-out.yaml")).write_text("")
    arguments = [
        "drift",
        "raia",
        str(theirs),
        "--document",
        str(ours),
        "--triage",
        str(triage),
        "--left-out",
        str(empty),
    ]
    same = main(arguments)
    theirs.write_text(json.dumps(THEIRS).replace('"note"', '"remark"'))
    new = main(arguments)
    printed = capsys.readouterr().out
    triage.write_text("[{where: User.*, reason: seen}, {where: Account, reason: seen}]")
    known = main(arguments)

    assert (0, 1, 0) == (same, new, known)
    assert "new, theirs only:\n  User.remark: field, ours absent, theirs string" in printed
    assert "our side is the vendor's documentation (documented: users)" in printed
    assert "stale, matches nothing any more: *, *, Account" in capsys.readouterr().out


def test_drift_of_strangers(theirs: Path, ours: Path, triage: Path, left_out: Path, capsys: PRINTED) -> None:
    """What is left out is one number, what cannot be read is told like a difference, and so is what is new."""
    document = copy.deepcopy(THEIRS)
    lost = {"$ref": "#/lost"}
    document["paths"] |= {"/strangers/{id}": {"get": lost, "put": 7}, "/teams": {"get": lost}, "/lost": lost}
    theirs.write_text(json.dumps(document))
    arguments = ["drift", "raia", str(theirs), "--document", str(ours), "--triage", str(triage)]
    status = main([*arguments, "--left-out", str(left_out)])

    assert 1 == status
    assert [
        "new, unread:",
        "  /paths/~1lost: refers to '#/lost', which it does not have",
        "    our side is silent; in no operation",
        "new, theirs only:",
        "  GET /teams: operation, ours absent, theirs GET /teams",
        "    our side is silent; in GET /teams",
        "stale, matches nothing any more: left out, below /gone",
        "raia: 2 operations out of scope",
        "raia: 2 differences, 0 known, 2 new, 1 stale entries",
    ] == capsys.readouterr().out.splitlines()


def test_drift_in_json(theirs: Path, ours: Path, triage: Path, left_out: Path, capsys: PRINTED) -> None:
    """The same as an object of lists."""
    document = json.loads(json.dumps(THEIRS).replace('"note"', '"remark"'))
    theirs.write_text(json.dumps(document | {"paths": document["paths"] | {"/strangers/": {"get": 7}}}))
    files = ["--document", str(ours), "--triage", str(triage), "--left-out", str(left_out)]
    main(["drift", "raia", str(theirs), *files, "--json"])
    content = json.loads(capsys.readouterr().out)

    assert (["left out, below /gone"], ["GET /strangers/"]) == (content["stale"], content["out_of_scope"])
    assert {("User.remark", "theirs only"), ("User.note", "ours only")} == {
        (each["where"], each["side"]) for each in content["drifts"]
    }


def test_drift_that_is_accepted(theirs: Path, ours: Path, triage: Path, capsys: PRINTED) -> None:
    """What has been seen is known; what comes to it below is new, once; and what is not there any more is gone."""
    file = theirs.with_name("seen.yaml")
    document = copy.deepcopy(THEIRS)
    fields = document["components"]["schemas"]["UserDTO"]["allOf"][1]["properties"]
    fields["extra"] = {"type": "object", "properties": {"deep": {"type": "string"}}}
    fields["more"] = {"type": "string", "enum": ["x" * 500]}
    theirs.write_text(json.dumps(document))
    triage.write_text("[{where: User.*, reason: seen}]")
    arguments = ["drift", "raia", str(theirs), "--document", str(ours), "--triage", str(triage), "--seen", str(file)]
    accepted = main([*arguments, "--accept"])
    same = main(arguments)
    capsys.readouterr()
    fields["extra"]["properties"]["deep"]["format"] = "uuid"
    del fields["more"]
    theirs.write_text(json.dumps(document))
    changed = main(arguments)
    printed = capsys.readouterr().out

    assert (0, 0, 1) == (accepted, same, changed)
    assert "\n  User.extra.deep: format, ours absent, theirs uuid\n" in printed
    assert "\ngone, is there no more:\n  User.more: field, ours absent, theirs string\n" in printed


def test_drift_everywhere(theirs: Path, ours: Path, triage: Path, capsys: PRINTED) -> None:
    """The same thing at several places is one line, with the other places below it."""
    document, own = copy.deepcopy(THEIRS), copy.deepcopy(OURS)
    answers = document["paths"]["/users/{id}"]["get"]["responses"]
    answers["200"]["headers"] = {"X-Rate": {"schema": {"type": "integer"}}}
    for side, path in ((document, "/users/{id}"), (own, "/users/{userId}")):
        side["paths"][path]["put"] = copy.deepcopy(side["paths"][path]["get"])
    theirs.write_text(json.dumps(document))
    ours.write_text(json.dumps(own))
    main(["drift", "raia", str(theirs), "--document", str(ours), "--triage", str(triage)])

    assert "    also at " in capsys.readouterr().out


def test_what_is_seen_is_readable(theirs: Path, tmp_path: Path, capsys: PRINTED) -> None:
    """A file that is not as it is written is refused with its entry."""
    (file := tmp_path / "seen.yaml").write_text("[{a: b}]")
    status = main(["drift", "raia", str(theirs), "--seen", str(file)])

    assert (2, True) == (status, f"{file}: entry 1 is " in capsys.readouterr().err)


def test_diff(ours: Path, tmp_path: Path, capsys: PRINTED) -> None:
    """What breaks is 1, with the line for the changelog and the step of the version."""
    head = copy.deepcopy(OURS)
    head["components"]["schemas"]["User"]["required"] = []
    (file := tmp_path / "raia.yaml").write_text(yaml.safe_dump(head))
    same = main(["diff", str(ours), str(ours)])
    broken = main(["diff", str(ours), str(file), "--version", "0.3.1"])
    printed = capsys.readouterr().out

    assert (0, 1) == (same, broken)
    assert "nothing but prose" in printed
    assert "wire-breaking: 1\n  raia User.id: required: true → false (answers may lack it now)" in printed
    assert printed.endswith(
        "changelog: breaking: raia: `User.id` (answers may lack it now)\nversion: 0.3.1, one minor step\n"
    )


@pytest.mark.parametrize(
    ("place", "told"),
    [("responses", "/paths/~1users~1{userId}/get/responses/200: refers to '#/lost'"), ("", "/paths/~1lost: refers to")],
)
def test_diff_needs_whole_documents(place: str, told: str, ours: Path, tmp_path: Path, capsys: PRINTED) -> None:
    """A document of our own that cannot be read in full is refused with the place."""
    head = copy.deepcopy(OURS)
    lost = {"$ref": "#/lost"}
    if place:
        head["paths"]["/users/{userId}"]["get"][place] = {"200": lost}
    else:
        head["paths"]["/lost"] = lost
    (file := tmp_path / "raia.yaml").write_text(yaml.safe_dump(head))
    status = main(["diff", str(ours), str(file)])

    assert (2, True) == (status, f"{file}, {told}" in capsys.readouterr().err)


def test_diff_of_folders(tmp_path: Path, capsys: PRINTED) -> None:
    """Folders are compared vendor by vendor, with one proposal for all."""
    for name in ("base", "head"):
        (tmp_path / name).mkdir()
        for vendor in DOCUMENTS:
            (tmp_path / name / f"{vendor}.yaml").write_text(json.dumps(OURS))
    (tmp_path / "head" / "zild.yaml").write_text(json.dumps(OURS).replace("get_user", "read_user"))
    status = main(["diff", str(tmp_path / "base"), str(tmp_path / "head"), "--version", "2.0.0", "--json"])
    content = json.loads(capsys.readouterr().out)

    assert 1 == status
    assert [("zild", "client-surface", "operationId")] == [
        (each["vendor"], each["verdict"], each["aspect"]) for each in content["changes"]
    ]
    assert ("breaking", "major") == (content["fragment"], content["step"])


def test_usage() -> None:
    """As a module it runs too, and an unknown command is 2."""
    command = [sys.executable, "-m", "causerie_contract", "guess"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (2, True) == (run.returncode, "replay" in run.stderr)


def test_show(capsys: PRINTED) -> None:
    """A document is shown whole, or one operation of it; what there is not is 2, with a sentence."""
    statuses = [
        main(["show", "zild"]),
        main(["show", "zild", "start_proactive_conversation"]),
        main(["show", "zild", "x"]),
    ]
    printed = capsys.readouterr()

    assert [0, 0, 2] == statuses
    assert "Zild conversations" in printed.out
    assert "There is no operation 'x'.\n" == printed.err

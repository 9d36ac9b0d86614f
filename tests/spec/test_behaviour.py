"""A fact of behaviour is written once: in a row of spec/behaviour, to which the mock and the oracle refer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from causerie_contract._oracle._promise import promises_of
from causerie_spec import folder, vendors
from causerie_spec.behaviour import EVERY_VENDOR, Row, behaviour
from causerie_spec.evidence import Evidence
from tests.markdown import ROOT

PARROT = ROOT / "examples" / "parrot"
KINDS = (*vendors(), EVERY_VENDOR)

#: Why the oracle does not check what the mock alone does.
OF_THE_MOCK = "Only the mock does so; tests/mock checks it."

#: A row as it is written, without its id.
ROW = "says: A sentence.\n  evidence: {level: inferred, why: We think so}"


def code(folder: Path, kind: str, general: str) -> str:
    """Return the modules of a vendor in a layer; for every vendor those of the layer that belong to none."""
    of_none = [*folder.glob("*.py"), *(folder / general).rglob("*.py")]
    files = of_none if kind == EVERY_VENDOR else (folder / kind).rglob("*.py")
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(files))


def mock_of(kind: str, root: Path = ROOT) -> str:
    """Return what plays the rows."""
    return code(root / "mock" / "causerie_mock", kind, "_page")


def oracle_of(kind: str, root: Path = ROOT) -> str:
    """Return what checks the rows."""
    return code(root / "contract_tests" / "causerie_contract", kind, "_oracle")


def is_ours(row: Row) -> bool:
    """Return whether no vendor has said or done what the row says, and none is expected to."""
    return {"ours"} == {evidence.level for evidence in row.evidence}


def problems(rows: Iterable[Row], mock: str, oracle: str) -> list[str]:
    """Return what is wrong between the rows and the references to them."""
    played = [each for line in re.findall(r"# behaviour:\s*(.*)", mock) for each in line.split(", ")]
    checked = re.findall(r'promise_of\("([^"]*)"\)', oracle)
    calls = len(re.findall(r"(?<!def )\bpromise_of\(", oracle))
    known = {row.id: row for row in rows}
    found = [f"the mock has no reference to {name}" for name, row in known.items() if row.mock and name not in played]
    found += [
        f"the oracle does not promise {name}" for name, row in known.items() if row.oracle and name not in checked
    ]
    found += [f"no row {each}" for each in (*played, *checked) if each not in known]
    found += [f"{each} says mock: false" for each in played if each in known and not known[each].mock]
    return found + ["a promise whose row cannot be read"] * (calls - len(checked))


@pytest.mark.parametrize("kind", KINDS)
def test_rows_and_references(kind: str) -> None:
    """Who is said to play or check a row refers to it, and each reference has a row."""
    rows = behaviour(kind).values()

    assert rows
    assert [] == problems(rows, mock_of(kind), oracle_of(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_parts(kind: str) -> None:
    """A row that is said to be a part of another is a part of one that the oracle checks."""
    rows = behaviour(kind)
    wholes = [match[1] for row in rows.values() if (match := re.fullmatch(r"It is a part of (\S+)\.", row.why or ""))]

    assert [] == [whole for whole in wholes if whole not in rows or not rows[whole].oracle]


@pytest.mark.parametrize("kind", KINDS)
def test_oracles_promise_nothing_of_ours(kind: str) -> None:
    """What the mock alone does is neither a promise of the vendor nor a part of one."""
    ours = [row for row in behaviour(kind).values() if is_ours(row)]

    assert ours
    assert [] == [row.id for row in ours if row.oracle or (row.why or "").startswith("It is a part of")]


def test_tests_of_the_mock() -> None:
    """A row that tests/mock is said to check is named by a test there, and each test names such a row."""
    said = {row.id for kind in KINDS for row in behaviour(kind).values() if row.why == OF_THE_MOCK}
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "mock").glob("*.py"))

    assert said == {
        each for line in re.findall(r"^# behaviour: (.*)", tests, re.MULTILINE) for each in line.split(", ")
    }


def test_a_vendor_that_is_added() -> None:
    """The example of docs/adding-a-vendor.md keeps the rule too."""
    rows = behaviour("parrot", PARROT / "spec" / "behaviour" / "parrot.yaml").values()

    assert ["parrot-says-it-twice"] == [row.id for row in rows]
    assert [] == problems(rows, mock_of("parrot", PARROT), oracle_of("parrot", PARROT))


def test_each_file_is_somebodys() -> None:
    """There are rows of the vendors and of every vendor, and no other file; a vendor without a file has no rows."""
    assert {f"{kind}.yaml" for kind in KINDS} == {path.name for path in (folder() / "behaviour").iterdir()}
    assert {} == behaviour("acme")


@pytest.mark.parametrize(
    ("mock", "oracle", "problem"),
    [
        ("# behaviour: played", 'promise_of("both")', "the mock has no reference to both"),
        ("# behaviour: played, both", "", "the oracle does not promise both"),
        ("# behaviour: played, both, other", 'promise_of("both")', "no row other"),
        ("# behaviour: played, both", 'promise_of("both") promise_of("other")', "no row other"),
        ("# behaviour: played both", 'promise_of("both")', "no row played both"),
        ("# behaviour: played, both, checked", 'promise_of("both")', "checked says mock: false"),
        ("# behaviour: played, both", 'promise_of("both") promise_of(name)', "a promise whose row cannot be read"),
    ],
)
def test_it_can_fail(mock: str, oracle: str, problem: str) -> None:
    """A row without a reference, and a reference without a row, are told."""
    evidence = (Evidence("inferred", why="We think so"),)
    rows = [
        Row("played", "…", evidence, mock=True, oracle=False, why="…"),
        Row("checked", "…", evidence, mock=False, oracle=True, why="…"),
        Row("both", "…", evidence, mock=True, oracle=True, why=None),
    ]
    checked = 'promise_of("checked") '

    assert [] == problems(rows, "# behaviour: played\n# behaviour: both", checked + 'promise_of("both")')
    assert problem in problems(rows, mock, checked + oracle)


@pytest.mark.parametrize("vendor", vendors())
def test_oracles_have_no_other_evidence(vendor: str) -> None:
    """A promise in prose, and evidence of its own, is nowhere in a vendor's oracle."""
    assert [] == re.findall(r".*\b(?:Evidence|Promise)\(.*", oracle_of(vendor))


@pytest.mark.parametrize("kind", KINDS)
def test_mocks_have_no_other_evidence(kind: str) -> None:
    """No comment of the mock says how well something is known."""
    levels = "documented|example|published|observed|inferred|ours"

    assert [] == re.findall(rf"(?:#|\"\"\"|\. ).*\b(?:{levels}): .*|^ +(?:{levels}): [a-z].*", mock_of(kind))


def test_unknown_promise() -> None:
    """A promise of a row that is not there, or that no oracle checks, is refused when its module is imported."""
    promise_of = promises_of("zild")

    with pytest.raises(ValueError, match=r"^spec/behaviour/zild.yaml has no row 'nobody-wrote-this'; write one"):
        promise_of("nobody-wrote-this")
    with pytest.raises(ValueError, match=r"^The row 'nothing-is-required' of spec/behaviour/zild.yaml says oracle: fa"):
        promise_of("nothing-is-required")


def test_promise() -> None:
    """A promise has name and evidence from its row."""
    promise = promises_of("convocore")("tags-are-merged")

    assert "model: tags-are-merged" == promise.keyword
    assert 'the vendor\'s documentation (documented: convocore-update-conversation, "merged")' == str(promise.evidence)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("- text", "entry 1 needs an object with id, says, evidence, mock, oracle, why, unlike 'text'."),
        ("- says: A", "entry 1 needs an id in kebab-case, unlike None."),
        (f"- id: Not_Kebab\n  {ROW}", "entry 1 needs an id in kebab-case, unlike 'Not_Kebab'."),
        (f"- id: a-b\n  {ROW}\n  wy: A", "entry 1 (a-b) has an unknown key 'wy'; a row has id, says, evidence, mock"),
        (f"- id: a\n  {ROW}\n- id: a\n  {ROW}", "entry 2: another row has the id a already."),
        (f"- id: a\n  {ROW}\n  mock: 1", "entry 1 (a): mock is true or false, not 1."),
        (f"- id: a\n  {ROW}\n  mock: false\n  oracle: false\n  why: A", "(a): the mock plays it, or the oracle checks"),
        (f"- id: a\n  {ROW}\n  oracle: false", "entry 1 (a) needs a why: oracle is false."),
        (f"- id: a\n  {ROW}\n  mock: false", "entry 1 (a) needs a why: mock is false."),
        (f"- id: a\n  {ROW}\n  mock: false\n  why: 5", "entry 1 (a): why is a sentence, not 5."),
        (f"- id: a\n  {ROW}\n  why: A", "entry 1 (a) has a why, which is for rows whose mock or oracle is false."),
        ("- id: a\n  evidence: {level: inferred, why: A}", "entry 1 (a): says is a sentence, not None."),
        ("- id: a\n  evidence: {level: [ours]}", "entry 1 (a): evidence has a level of documented"),
        (
            "- id: a\n  evidence: {level: observed, source: a, date: b, seen: true}",
            "entry 1 (a): seen of its evidence is a number, not True.",
        ),
        (f"- id: a\n  {ROW}\n  mock: false\n  why: ''", "entry 1 (a): why is a sentence, not ''."),
        ("- id: a\n  evidence: {level: ours, why: A}\n  says: ' '", "entry 1 (a): says is a sentence, not ' '."),
        ("- id: a\n  says: A", "(a): evidence has a level of documented, example, published, observed, inferred, ours"),
        ("- id: a\n  evidence: {level: rumoured}", "entry 1 (a): evidence has a level of documented"),
        ("- id: a\n  evidence: {level: published, source: a}", "evidence of the level published needs date."),
        ("- id: a\n  evidence: {level: ours}", "entry 1 (a): evidence of the level ours needs why."),
        ("- id: a\n  evidence: {level: ours, why: A, seen: 1}", "evidence of the level ours has no seen."),
        ("- id: a\n  evidence: {level: ours, why: 7}", "entry 1 (a): why of its evidence is a text, not 7."),
        (
            "- id: a\n  evidence: {level: observed, source: a, date: '2026', seen: often}",
            "entry 1 (a): seen of its evidence is a number, not 'often'.",
        ),
        (
            "- id: a\n  says: A\n  evidence: [{level: ours, why: A}, {level: ours, why: B}]",
            "entry 1 (a) needs one evidence, not 2: split the row, or say oracle: false.",
        ),
        ("- id: a\n  says: A\n  evidence: []", "entry 1 (a) needs one evidence, not 0"),
        ("- ]", "rows.yaml: line 1: not YAML"),
    ],
)
def test_bad_rows(text: str, sentence: str, tmp_path: Path) -> None:
    """The error names the file, the row and what is wrong with it."""
    path = tmp_path / "rows.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ValueError, match=re.escape(sentence)) as raised:
        behaviour("acme", path)

    assert str(raised.value).startswith(str(path))


def test_row(tmp_path: Path) -> None:
    """A row has a sentence, evidence, and who plays and checks it: both unless it says otherwise."""
    path = tmp_path / "rows.yaml"
    path.write_text(f"- id: a\n  {ROW}\n- id: b\n  {ROW}\n  oracle: false\n  why: Because.", encoding="utf-8")
    evidence = (Evidence("inferred", why="We think so"),)

    assert {
        "a": Row("a", "A sentence.", evidence, mock=True, oracle=True, why=None),
        "b": Row("b", "A sentence.", evidence, mock=True, oracle=False, why="Because."),
    } == behaviour("acme", path)

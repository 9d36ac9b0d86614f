"""What a live run made is on disk before anything else is done with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from causerie_contract._journal import Journal, Run


def new(path: Path) -> Journal:
    """Return a journal of a run on raia."""
    return Journal.create(path, Run.new("raia", "https://raia.test"))


@given(st.lists(st.none() | st.lists(st.text(max_size=5), max_size=3), max_size=8), st.booleans())
def test_read_again(tmp_path_factory: pytest.TempPathFactory, answers: list[list[str] | None], gone: bool) -> None:
    """What was noted is read again, also by a run that knows nothing else."""
    path = tmp_path_factory.mktemp("journal") / "journal.jsonl"
    journal = new(path)
    for ids in answers:
        number = journal.intend("create_conversation")
        if ids is not None:
            journal.made(number, ids)
    if gone:
        journal.gone()
    again = Journal.read(path)

    assert (journal.run, gone, [{}] * bool(answers)) == (
        again.run,
        again.removed,
        [*again.paths("create_conversation")],
    )
    assert tuple(each for ids in answers for each in ids or ()) == again.ids("create_conversation")
    assert answers.count(None) == len(again.unanswered("create_conversation"))


def test_intent_is_on_disk_first(tmp_path: Path) -> None:
    """The intent is in the file when `intend` returns, and an id when `made` does."""
    journal = new(tmp_path / "journal.jsonl")
    lines = [journal.path.read_text().count("\n")]
    number = journal.intend("create_conversation")
    lines.append(journal.path.read_text().count("\n"))
    journal.made(number, ["an id"])
    last = json.loads(journal.path.read_text().splitlines()[-1])

    assert [1, 2] == lines
    assert {"event": "made", "number": 0, "ids": ["an id"]} == last


def test_half_a_line(tmp_path: Path) -> None:
    """Half a line, from a crash of the machine, is left out; what comes later is whole again."""
    journal = new(tmp_path / "journal.jsonl")
    journal.intend("create_conversation")
    with journal.path.open("a", encoding="utf-8") as file:
        file.write('{"event": "ma')
    again = Journal.read(journal.path)
    again.gone()

    assert ({},) == again.unanswered("create_conversation")
    assert Journal.read(journal.path).removed is True


def test_never_over_another(tmp_path: Path) -> None:
    """A file that is there already is not written over: it may be all that is known of an earlier run."""
    new(tmp_path / "journal.jsonl")

    with pytest.raises(ValueError, match="is there already"):
        new(tmp_path / "journal.jsonl")


@pytest.mark.parametrize("text", ["", "{}\n", "[]\n", "no JSON\n", '{"id": "1", "vendor": "raia"}\n'])
def test_no_journal(tmp_path: Path, text: str) -> None:
    """A file that is no journal is refused."""
    path = tmp_path / "journal.jsonl"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ValueError, match="is not the journal of a run"):
        Journal.read(path)


def test_unreachable_files(tmp_path: Path) -> None:
    """A file that cannot be read or written is told."""
    with pytest.raises(ValueError, match="cannot be read: No such file"):
        Journal.read(tmp_path / "none.jsonl")
    with pytest.raises(ValueError, match="cannot be made: No such file"):
        new(tmp_path / "none" / "journal.jsonl")


def test_no_secret_is_noted(tmp_path: Path) -> None:
    """A credential that the server sends back as an id is not in the file."""
    run = Run.new("raia", "https://raia.test")
    journal = Journal.create(tmp_path / "j", run, lambda text: text.replace("hush", "[Filtered]"))
    journal.made(journal.intend("create_conversation"), ["hush"])

    assert "hush" not in journal.path.read_text()
    assert ("hush",) == journal.ids("create_conversation")


def test_checking_leaves_nothing(tmp_path: Path) -> None:
    """The check leaves no file behind where a journal can be made."""
    Journal.check(tmp_path / "journal")

    assert [] == [*tmp_path.iterdir()]

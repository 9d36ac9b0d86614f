"""The report as a page; tests/browser looks at it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import attrs
from hypothesis import given
from hypothesis import strategies as st

from causerie_contract._html import page
from causerie_contract._result import Tally
from tests.contract.reports import BARE, DOCUMENTED, FINDING, HOSTILE, WRONG, failed, sound


class Reader(HTMLParser):
    """Reads a page: its elements, its texts, and what it would fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.text += data


def test_it_has_everything() -> None:
    """Verdict, vendors, operations, checks, findings with place, evidence and curl, and what was never seen."""
    text = Reader(page([failed()])).text

    for words in (
        "2 findings",
        "mock in process, seed 1",
        "get_conversation",
        "response schema conformance",
        "Response violates schema",
        "#/components/schemas/Conversation/properties/title",
        "the vendor's documentation (documented: page)",
        "our inference (inferred: we think so)",
        "curl -X GET 'http://mock/a?b=<c>'",
        "def test_it():",
        "A healthy server never answers so.",
        "Without a known reason",
        "missing auth: GET /x",
        "fuzzing 1.5 s",
    ):
        assert words in text


def test_it_needs_nothing_else() -> None:
    """Nothing is fetched: one file, with a policy that says so."""
    read = Reader(page([failed()]))
    leading = [value for name, value in read.attributes if name in {"src", "href"}]

    assert [] == [value for value in leading if not value.startswith(("#", "data:"))]
    assert any("default-src 'none'" in value for name, value in read.attributes if name == "content")
    assert not re.search(r"url\(|@import", page([failed()]))


def test_links_lead_somewhere() -> None:
    """Each link within the page has its target, and no id is there twice."""
    read = Reader(page([failed()]))
    ids = [value for name, value in read.attributes if name == "id"]

    assert len(ids) == len(set(ids))
    assert {value[1:] for name, value in read.attributes if name == "href" and value.startswith("#")} <= set(ids)


def test_hostile_answers() -> None:
    """What a server says is shown as it is, and is no markup."""
    read = Reader(page([failed()]))

    assert HOSTILE.replace("\x07", "␇") in read.text
    assert (1, 0) == (read.tags.count("script"), read.tags.count("img"))


@given(said=st.text())
def test_any_text(said: str) -> None:
    """Whatever a server says, the page has the same elements."""
    made = failed()
    made.operations["get_conversation"].findings = [
        attrs.evolve(FINDING, violations=(attrs.evolve(WRONG, problem=said),)),
        attrs.evolve(BARE, problem=said),
    ]
    plain = attrs.evolve(FINDING, violations=(WRONG,)), BARE
    other = failed()
    other.operations["get_conversation"].findings = [*plain]

    assert Reader(page([other])).tags == Reader(page([made])).tags


def test_verdict() -> None:
    """It is good only when the run does not fail."""
    unsure = sound()
    unsure.warnings = {"missing_auth": ["GET /x"]}
    made = [failed(), unsure, sound()]

    assert ["2 findings", "No findings, and not enough seen", "No findings"] == [
        page([each]).partition("<title>")[2].partition(" ·")[0] for each in made
    ]
    assert ["bad", "bad", "good"] == [
        next(value for name, value in Reader(page([each])).attributes if name == "data-state") for each in made
    ]


def test_nothing_was_done() -> None:
    """A vendor whose run broke off does not look as if all had been seen."""
    made = sound()
    made.operations = {"get_conversation": Tally(DOCUMENTED, FINDING.label)}
    text = Reader(page([made])).text

    assert "raia: nothing was looked at." in text
    assert "✓" not in text

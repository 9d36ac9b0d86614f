"""Exports of what a vendor's list is filtered by."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from causerie import CauserieError
from causerie._errors import ArgumentError
from causerie.export import export
from causerie.testing import ConvocoreMock, RaiaMock

from .test_cli import run
from .test_export import ids, raia_mock

__all__ = ["raia_mock"]


@pytest.fixture
def raia(raia_mock: RaiaMock, monkeypatch: pytest.MonkeyPatch) -> RaiaMock:
    """Serve three conversations of two people, one of them with a feedback."""
    monkeypatch.setenv("RAIA_AGENT_SECRET_KEY", raia_mock.credentials[0])
    monkeypatch.setenv("RAIA_BASE_URL", raia_mock.url)
    raia_mock.seed(users=[{"id": "ada", "firstName": "Ada"}, {"id": "bob", "firstName": "Bob"}])
    raia_mock.seed(
        conversations=[
            {
                "id": f"c{index}",
                "conversationUserId": who,
                "title": f"Number {index}",
                "updatedAt": f"2024-01-0{index + 1}T00:00:00Z",
                "messages": [{"id": f"m{index}", "message": "Hello"}],
            }
            for index, who in enumerate(["ada", "bob", "ada"])
        ]
    )
    return raia_mock


END = datetime(2024, 1, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize("name", ["all.jsonl", "all.parquet"])
@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"user_id": "ada"}, ["c0", "c2"]),
        ({"search_keyword": "number 1"}, ["c1"]),
        ({"end_date": END}, ["c0", "c1"]),
        ({"with_feedbacks_only": True}, []),
        ({"with_feedbacks_only": False}, ["c0", "c1", "c2"]),
        ({"user_id": "ada", "end_date": END}, ["c0"]),
    ],
)
def test_filters(raia: RaiaMock, tmp_path: Path, name: str, filters: dict[str, Any], expected: list[str]) -> None:
    """The vendor's list is asked for what is wanted, page by page, and nothing else is in the file."""
    export(raia.client(), tmp_path / name, filters=filters, page_size=1)

    assert expected == ids(tmp_path / name)


def test_commands(raia: RaiaMock, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every filter of the vendor is an option, also where standard output is the target."""
    target = str(tmp_path / "all.jsonl")
    given = ["--user-id", "ada", "--end-date", "2024-01-02T12:00:00Z", "--search-keyword", "number"]
    done = run(capsys, "export", "raia", target, *given)
    piped = run(capsys, "export", "raia", "-", *given)
    without = run(capsys, "export", "raia", "-", "--with-feedbacks-only")

    assert (0, f"1 conversation in {target}\n", "") == done
    assert (0, (tmp_path / "all.jsonl").read_text()) == piped[:2]
    assert (0, "", "0 conversations on standard output\n") == without


def test_update(raia: RaiaMock, tmp_path: Path) -> None:
    """A file of one user is brought up to date with the same filter, and with no other."""
    client, target = raia.client(), tmp_path / "all.jsonl"
    export(client, target, filters={"user_id": "ada"})
    raia.clock.advance(60)
    client.conversations.update("c1", title="Of another")
    client.conversations.update("c2", title="The latest")
    updated = export(client, target, since="last", filters={"user_id": "ada"})

    assert (2, ["c0", "c2"]) == (updated.rows, ids(target))
    for other in ({}, {"user_id": "bob"}):
        with pytest.raises(ArgumentError, match="is another export: it differs in filters"):
            export(client, target, since="last", filters=other)


@pytest.mark.parametrize(
    "filters", [{"end_date": END}, {"search_keyword": "a"}, {"with_feedbacks_only": True, "user_id": "ada"}]
)
def test_updates_that_lose_rows(raia: RaiaMock, tmp_path: Path, filters: dict[str, Any]) -> None:
    """An update is refused where a conversation may come to fit without a change."""
    client, target = raia.client(), tmp_path / "all.jsonl"
    export(client, target, filters=filters)
    raia.requests.clear()
    sentence = f"would miss rows: a conversation may come to fit {next(iter(filters))}, or cease to"
    with pytest.raises(ArgumentError, match=sentence):
        export(client, target, since="last", filters=filters)

    assert [] == list(raia.requests)


def test_unfinished(raia: RaiaMock, tmp_path: Path) -> None:
    """What another filter has left unfinished is not gone on with."""
    client, target = raia.client(), tmp_path / "all.jsonl"
    raia.faults.add("status", path="/external/conversations/c1/messages", status=400)
    with pytest.raises(CauserieError):
        export(client, target, filters={"end_date": END}, page_size=1)
    with pytest.raises(ArgumentError, match="keeps another export that is not finished: it differs in filters"):
        export(client, target, page_size=1)


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        (
            {"state": "open"},
            "filters: 'state' is not a filter: raia has user_id, search_keyword, end_date, with_feedbacks_only",
        ),
        (
            {5: "open"},
            "filters: 5 is not a filter: raia has user_id, search_keyword, end_date, with_feedbacks_only",
        ),
        ("user_id", "filters: 'user_id' is not a dict: give the values by name"),
        ({"user_id": ""}, "user_id: '' does not fit: give a text, or leave it out"),
        ({"user_id": None}, "user_id: None does not fit: give a text, or leave it out"),
        (
            {"with_feedbacks_only": 1},
            "with_feedbacks_only: 1 does not fit: give True or False, or leave it out",
        ),
        (
            {"end_date": "2024-01-01"},
            "end_date: '2024-01-01' does not fit: give a datetime with its zone, or leave it out",
        ),
        (
            {"end_date": datetime(2024, 1, 1)},
            (
                "end_date: datetime.datetime(2024, 1, 1, 0, 0) has no time zone; give one, for example "
                "datetime.now(timezone.utc)"
            ),
        ),
        (
            {"search_keyword": "a\ud83d"},
            (
                "search_keyword: 'a\\ud83d' holds half of a character (a lone surrogate), which cannot be sent: "
                "leave it out"
            ),
        ),
    ],
)
def test_bad_filters(raia: RaiaMock, tmp_path: Path, filters: Any, sentence: str) -> None:
    """An unknown filter and an invalid value are named before anything is sent."""
    with pytest.raises(ArgumentError) as caught:
        export(raia.client(), tmp_path / "all.jsonl", filters=filters)

    assert sentence == str(caught.value)
    assert [] == [*tmp_path.iterdir()]


def test_vendor_without_filters(tmp_path: Path) -> None:
    """A vendor whose list has no filter says so."""
    with ConvocoreMock() as mock, pytest.raises(ArgumentError) as caught:
        export(mock.client(), tmp_path / "all.jsonl", agent_id="agent123", filters={"user_id": "ada"})

    assert "filters: 'user_id' is not a filter: Convocore has none: leave filters out" == str(caught.value)

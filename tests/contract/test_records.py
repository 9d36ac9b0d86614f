"""Lists of records: what is said to be wrong with them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from causerie_contract._oracle import run
from causerie_contract._oracle._records import misplaced
from causerie_contract._settings import Settings
from causerie_contract._target import mock_in_process
from causerie_mock import Mock, Reply, Request
from causerie_spec import load

LISTS = st.lists(st.text(min_size=1), min_size=3, max_size=12, unique=True)


@given(LISTS)
def test_as_expected(records: list[str]) -> None:
    """A list with the expected records in their order has nothing wrong."""
    found = list(misplaced(records, [*records]))

    assert [] == found


@given(LISTS, st.data())
def test_one_missing(records: list[str], data: st.DataObject) -> None:
    """A missing record is named with its place, and nothing else is said."""
    index = data.draw(st.integers(0, len(records) - 1))
    (found,) = misplaced(records, [*records[:index], *records[index + 1 :]])

    assert ((), "in", records[index]) == (found.place, found.operator, found.expected)
    assert found.problem.endswith(f"which belongs at {index}")


@given(LISTS, st.data())
def test_one_more(records: list[str], data: st.DataObject) -> None:
    """A record that does not belong there is named where it stands, and nothing else is said."""
    index = data.draw(st.integers(0, len(records) - 1))
    (found,) = misplaced([*records[:index], *records[index + 1 :]], records)

    assert ((index,), "not in", records[index]) == (found.place, found.operator, found.expected)


@given(LISTS, st.data())
def test_one_replaced(records: list[str], data: st.DataObject) -> None:
    """A record under another id is missing; it is not said that there is one too many as well."""
    index = data.draw(st.integers(0, len(records) - 1))
    (found,) = misplaced(records, [*records[:index], "".join(records), *records[index + 1 :]])

    assert ((), "in", records[index]) == (found.place, found.operator, found.expected)


@given(LISTS)
def test_missing_and_more(records: list[str]) -> None:
    """Where more are strange than missing, both are said."""
    *others, last = records
    found = list(misplaced(records, [*others, last + "".join(records), "".join(records)]))

    assert ["in", "not in", "not in"] == [each.operator for each in found]


@given(LISTS, st.data())
def test_one_twice(records: list[str], data: st.DataObject) -> None:
    """A record that stands there twice is named where it stands again."""
    index = data.draw(st.integers(0, len(records) - 1))
    (found,) = misplaced(records, [*records, records[index]])

    assert ((len(records),), "==", records) == (found.place, found.operator, found.expected)


@given(LISTS, st.data())
def test_two_swapped(records: list[str], data: st.DataObject) -> None:
    """Of records in another order, the first that is at another place is named."""
    first, second = sorted(data.draw(st.sets(st.integers(0, len(records) - 1), min_size=2, max_size=2)))
    swapped = [*records]
    swapped[first], swapped[second] = records[second], records[first]
    (found,) = misplaced(records, swapped)

    assert ((first,), True) == (found.place, found.is_moved)


class Forgetful(Mock):
    """A vendor whose lists leave out their second record as soon as something was created."""

    def __init__(self, vendor: str) -> None:
        super().__init__(vendor)
        self._begun = False

    def handle(self, request: Request) -> Reply:
        """Return the reply, without the second record where it is a list of conversations."""
        reply = super().handle(request)
        self._begun |= request.method == "POST"
        value = json.loads(reply.body or b"null") if request.method == "GET" and self._begun else None
        if isinstance(value, dict) and isinstance(value.get("data"), list) and len(value["data"]) > 1:
            del value["data"][1]
            return Reply.json(reply.status, value)
        return reply


@pytest.mark.parametrize("vendor", ["convocore", "raia"])
def test_blames_the_list(vendor: str) -> None:
    """Where a list lacks a record, the list is blamed, not the totals that follow from it."""
    document = load(vendor)
    settings = Settings(max_examples=2, shrink=False)
    (finding,) = run(
        vendor, document, mock_in_process(vendor, document, Forgetful(vendor)), settings, parts=["chapters"]
    )

    assert "answer /data" == finding.violations[0].where
    assert "the record is missing" in finding.problem or "records are missing" in finding.problem

"""Parquet files of an export in polars and pandas: times have a zone, JSON is text."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from causerie.export import export
from causerie.testing import RaiaMock

from .test_export import conversations, raia_mock

__all__ = ["raia_mock"]


def by_polars(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file as polars reads them."""
    import polars

    return polars.read_parquet(path).to_dicts()


def by_pandas(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file as pandas reads them."""
    import pandas

    rows: list[dict[str, Any]] = pandas.read_parquet(path).to_dict("records")
    return rows


@pytest.mark.parametrize("read", [by_polars, by_pandas], ids=["polars", "pandas"])
def test_frames(raia_mock: RaiaMock, tmp_path: Path, read: Callable[[Path], list[dict[str, Any]]]) -> None:
    """Times are in UTC, and what is JSON in an answer is its text, in polars as in pandas."""
    raia_mock.seed(conversations=conversations(3))
    shown = {each.id: each for each in raia_mock.client().conversations.list()}
    export(raia_mock.client(), tmp_path / "all.parquet", messages=False)
    rows = read(tmp_path / "all.parquet")
    times = {row["id"]: row["createdAt"] for row in rows}

    assert {each.id: each.created_at for each in shown.values()} == {
        key: datetime.fromtimestamp(value.timestamp(), UTC) for key, value in times.items()
    }
    assert {"UTC"} == {str(value.tzinfo) for value in times.values()}
    assert {each.id: each.user.id for each in shown.values()} == {
        row["id"]: json.loads(row["user"])["id"] for row in rows
    }

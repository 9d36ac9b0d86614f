"""The matrix of changes: what every row says is tried together, and some of it alone and by mypy."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.codegen.matrix import table, trial
from tests.codegen.matrix.row import Row

REFUSED = [row for _, row in table.rows() if row.refused is not None]
ALONE = [row for _, row in table.rows() if row.refused is None and row.document is not None]
TOGETHER = [row for _, row in table.rows() if row.refused is None and row.document is None]


@pytest.mark.parametrize("part", table.PARTS)
def test_together(part: str, tmp_path: Path) -> None:
    """What one document may say is generated right, sent and read."""
    assert [] == [*trial.faults_together(table.PARTS[part], tmp_path)]


def test_refused(tmp_path: Path) -> None:
    """What cannot be generated is refused with its place, and nothing crashes."""
    faults = []
    for number, row in enumerate(REFUSED):
        (tmp_path / str(number)).mkdir()
        faults += [f"{row.name}: {each}" for each in trial.faults_alone(row, tmp_path / str(number))]

    assert [] == faults


@pytest.mark.parametrize("row", random.Random(19).sample(ALONE, 20), ids=lambda row: row.name)
def test_alone(row: trial.Row, tmp_path: Path) -> None:
    """What takes a document of its own is generated right; ``python -m tests.codegen.matrix`` tries all of it."""
    assert [] == [*trial.faults_alone(row, tmp_path)]


def test_types(tmp_path: Path) -> None:
    """Return the packages, and calls of them, have no errors in mypy."""
    assert [] == [*trial.faults_together(random.Random(19).sample(TOGETHER, 100), tmp_path, types=True)]


def test_types_without_schemas(tmp_path: Path) -> None:
    """A package without a model has no errors in mypy."""
    assert [] == [*trial.faults_together([Row("no schemas")], tmp_path, types=True)]


def test_page() -> None:
    """Return the page of the documentation shows these rows; ``python -m tests.codegen.matrix --page`` writes it."""
    assert table.page() == table.PAGE.read_text(encoding="utf-8")

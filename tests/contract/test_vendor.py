"""A vendor of whom the suite knows nothing beside a document."""

from __future__ import annotations

import shutil
from pathlib import Path

import attrs
import pytest

from causerie_contract._plan import narrowed
from causerie_contract._run import run
from causerie_contract._settings import Live, Settings
from causerie_contract._target import mock_in_process
from causerie_contract._vendor import Vendor, vendor_of
from causerie_spec import documents, folder, load, vendors


@pytest.fixture
def acme(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """Return a new vendor: it has the smallest document, and nothing else."""
    for file in folder().glob("*.yaml"):
        shutil.copy(file, tmp_path)
    shutil.copy(folder() / "zild.yaml", tmp_path / "acme.yaml")
    monkeypatch.setattr(documents, "_HERE", tmp_path)
    return "acme"


def test_run(acme: str) -> None:
    """Everything but its behaviour is tested, with evidence and witnesses; the result says what was not."""
    document = load(acme)
    result = run(acme, document, mock_in_process("zild", document), Settings(max_examples=5))
    (tally,) = result.operations.values()

    assert "acme" in vendors()
    assert {"examples", "coverage", "fuzzing", "stateful"} == result.phases.keys()
    assert [] == tally.findings
    assert [] == result.errors
    assert tally.accepted > 0
    assert result.unwitnessed
    assert ["Behaviour was not tested: there is no model of it."] == result.notes


def test_live(acme: str) -> None:
    """A live run reads, and refuses to write."""
    settings = Settings(live=Live(write=("start_proactive_conversation",), journal=Path("journal")))

    with pytest.raises(ValueError, match="start_proactive_conversation is no operation of acme that writes"):
        narrowed(acme, load(acme), settings)


@pytest.mark.parametrize("vendor", ["acme", "_oracle", "report"])
def test_no_record(vendor: str) -> None:
    """Without a record every part of it is empty; a folder that is no vendor's has none."""
    assert Vendor() == vendor_of(vendor)


@pytest.mark.parametrize("vendor", vendors())
def test_records_name_operations(vendor: str) -> None:
    """Each key of a record is an operationId of the document."""
    known, record = documents.operations(load(vendor)).keys(), vendor_of(vendor)
    parts = [getattr(record, each.name) for each in attrs.fields(Vendor)]
    named = {name for part in parts if isinstance(part, dict | frozenset) for name in part} - record.personal

    assert set() == named - known

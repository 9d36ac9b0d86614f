"""Where the documents come from."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml

from palaver_contract import _documents
from palaver_contract._documents import VENDORS, load, operations

SPEC = Path(__file__).parents[2] / "spec"


@pytest.mark.parametrize("vendor", VENDORS)
def test_checkout(vendor: str) -> None:
    """In a checkout, the documents are those of spec/, as they are now."""
    assert yaml.safe_load((SPEC / f"{vendor}.yaml").read_text(encoding="utf-8")) == load(vendor)


def test_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Elsewhere, they are those of the package palaver_spec."""
    (tmp_path / "palaver_spec").mkdir()
    (tmp_path / "palaver_spec" / "raia.yaml").write_text("openapi: 3.1.0", encoding="utf-8")
    monkeypatch.setattr(_documents, "__file__", str(tmp_path / "lib" / "palaver_contract" / "_documents.py"))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "palaver_spec", raising=False)

    assert {"openapi": "3.1.0"} == load("raia")


def test_another_document(tmp_path: Path) -> None:
    """A file takes the place of the vendor's document."""
    (tmp_path / "x.yaml").write_text("openapi: 3.1.0", encoding="utf-8")

    assert {"openapi": "3.1.0"} == load("raia", tmp_path / "x.yaml")


def test_operations() -> None:
    """Operations are found by operationId; what else stands at a path is none."""
    document = {"paths": {"/x": {"parameters": [], "put": {"operationId": "b"}, "get": {"operationId": "a"}}}}

    assert {"a": ("get", "/x"), "b": ("put", "/x")} == operations(document)

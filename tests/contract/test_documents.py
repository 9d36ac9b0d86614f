"""Where the documents come from."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml

from causerie_contract import _documents
from causerie_contract._documents import VENDORS, answer, load, operations, parameters

SPEC = Path(__file__).parents[2] / "spec"


@pytest.mark.parametrize("vendor", VENDORS)
def test_checkout(vendor: str) -> None:
    """In a checkout, the documents are those of spec/, as they are now."""
    assert yaml.safe_load((SPEC / f"{vendor}.yaml").read_text(encoding="utf-8")) == load(vendor)


def test_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Elsewhere, they are those of the package causerie_spec."""
    (tmp_path / "causerie_spec").mkdir()
    (tmp_path / "causerie_spec" / "raia.yaml").write_text("openapi: 3.1.0", encoding="utf-8")
    monkeypatch.setattr(_documents, "__file__", str(tmp_path / "lib" / "causerie_contract" / "_documents.py"))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "causerie_spec", raising=False)

    assert {"openapi": "3.1.0"} == load("raia")


def test_another_document(tmp_path: Path) -> None:
    """A file takes the place of the vendor's document."""
    (tmp_path / "x.yaml").write_text("openapi: 3.1.0", encoding="utf-8")

    assert {"openapi": "3.1.0"} == load("raia", tmp_path / "x.yaml")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "could not be read: No such file"),
        (b"a: [", "is no YAML"),
        (b"\xff\xfe\xff", "is no YAML"),
        (b"- 1", "is no OpenAPI document"),
        (b"swagger: 2.0", "is no OpenAPI document"),
    ],
)
def test_no_document(tmp_path: Path, content: bytes | None, sentence: str) -> None:
    """What is no document is refused, with its name and what is wrong with it."""
    file = tmp_path / "x.yaml"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(ValueError, match=f"--document: .*x.yaml {sentence}"):
        load("raia", file)


def test_parameters() -> None:
    """Parameters are those of the path and those of the operation, wherever they stand."""
    page = {"name": "page", "in": "query"}
    item = {"parameters": [{"$ref": "#/components/parameters/Page"}], "get": {"parameters": [{"name": "x"}]}}
    document = {"paths": {"/x": item}, "components": {"parameters": {"Page": page}}}

    assert [
        (("components", "parameters", "Page"), page),
        (("paths", "/x", "get", "parameters", 0), {"name": "x"}),
    ] == list(parameters(document, ("paths", "/x", "get")))


@pytest.mark.parametrize(("status", "place"), [(200, "200"), (404, "4XX"), (500, "default")])
def test_answer(status: int, place: str) -> None:
    """An answer stands under its status, else under its class, else under default."""
    responses = {"200": {}, "4XX": {}, "default": {}}
    document = {"paths": {"/x": {"get": {"responses": responses}, "put": {"responses": {}}}}}

    assert ("paths", "/x", "get", "responses", place) == answer(document, ("paths", "/x", "get"), status)
    assert answer(document, ("paths", "/x", "put"), status) is None


def test_operations() -> None:
    """Operations are found by operationId; what else stands at a path is none."""
    document = {"paths": {"/x": {"parameters": [], "put": {"operationId": "b"}, "get": {"operationId": "a"}}}}

    assert {"a": ("get", "/x"), "b": ("put", "/x")} == operations(document)

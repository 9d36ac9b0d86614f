"""Where the documents come from."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from causerie_spec import documents
from causerie_spec.documents import DocumentError, answer, load, operations, parameters, read, vendors

SPEC = Path(__file__).parents[2] / "spec"


@pytest.mark.parametrize("vendor", vendors())
def test_checkout(vendor: str) -> None:
    """In a checkout, the documents are those of spec/, as they are now."""
    assert yaml.safe_load((SPEC / f"{vendor}.yaml").read_text(encoding="utf-8")) == load(vendor)


def test_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the package is installed, they lie beside its modules; each of them is a vendor's."""
    (tmp_path / "causerie_spec").mkdir()
    for vendor in ("raia", "acme"):
        (tmp_path / "causerie_spec" / f"{vendor}.yaml").write_text("openapi: 3.1.0", encoding="utf-8")
    monkeypatch.setattr(documents, "_HERE", tmp_path / "causerie_spec")

    assert {"openapi": "3.1.0"} == load("raia")
    assert ("acme", "raia") == vendors()


def test_no_vendor() -> None:
    """A vendor without a document is refused, with those that have one."""
    with pytest.raises(ValueError, match=f"'acme' is not a vendor; choose one of {', '.join(vendors())}."):
        load("acme")


def test_keys(tmp_path: Path) -> None:
    """A key is a text, also where YAML would read a number."""
    (tmp_path / "x.yaml").write_text("openapi: 3.1.0\nresponses: {200: {}, on: {}}", encoding="utf-8")

    assert ["200", "on"] == list(read(tmp_path / "x.yaml")["responses"])


def test_another_document(tmp_path: Path) -> None:
    """A file takes the place of the vendor's document."""
    (tmp_path / "x.yaml").write_text("openapi: 3.1.0", encoding="utf-8")

    assert {"openapi": "3.1.0"} == load("raia", tmp_path / "x.yaml")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, ": could not be read: No such file"),
        (b"a: 1\nb: ]", " line 2: not YAML"),
        (b"openapi: 3.1.0\na: 1\na: 2", " line 3: not YAML: the key 'a' is there twice"),
        (b"\xff\xfe\xff", ": not UTF-8: 'utf-8' codec can't decode byte 0xff"),
        (b"- 1", ": not an OpenAPI document"),
        (b"swagger: 2.0", ": not an OpenAPI document"),
    ],
)
def test_no_document(tmp_path: Path, content: bytes | None, sentence: str) -> None:
    """What is no document is refused, with its name and what is wrong with it."""
    file = tmp_path / "x.yaml"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(DocumentError, match=f"x.yaml{sentence}"):
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
    """Operations are found by operationId; other keys of a path are not operations."""
    document = {"paths": {"/x": {"parameters": [], "put": {"operationId": "b"}, "get": {"operationId": "a"}}}}

    assert {"a": ("get", "/x"), "b": ("put", "/x")} == operations(document)

"""Documents in several files: what is beside a document becomes a part of it, and nothing else is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from causerie_spec import DocumentError, read

TEXT = {"type": "string"}


def ref(target: str) -> dict[str, str]:
    """Return a reference."""
    return {"$ref": target}


def body(schema: Any) -> dict[str, Any]:
    """Return the content of a body or an answer."""
    return {"content": {"application/json": {"schema": schema}}}


def described(paths: Any = None, **components: Any) -> dict[str, Any]:
    """Return a document."""
    return {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths or {}, "components": components}


def written(folder: Path, document: Any, **files: Any) -> dict[str, Any]:
    """Return what is read of a document beside these files, whose names have ``__`` where a folder ends."""
    for name, content in {"api": document, **files}.items():
        path = folder / f"{name.replace('__', '/')}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    return read(folder / "api.json")


def test_a_component(tmp_path: Path) -> None:
    """A component that is a file keeps its name, and so it is called wherever that file is referred to."""
    pet = {
        "type": "object",
        "properties": {"mother": ref("pet.json"), "kind": ref("#/kind"), "own": ref("../api.json")},
    }
    document = described({"/x": {"get": ref("parts/pet.json")}}, schemas={"Pet": ref("parts/pet.json"), "Own": TEXT})
    pet["properties"]["own"]["$ref"] += "#/components/schemas/Own"
    found = written(tmp_path, document, parts__pet={**pet, "kind": TEXT})

    assert {
        "mother": ref("#/components/schemas/Pet"),
        "kind": ref("#/components/schemas/kind"),
        "own": ref("#/components/schemas/Own"),
    } == found["components"]["schemas"]["Pet"]["properties"]
    assert TEXT == found["components"]["schemas"]["kind"]
    assert ref("#/components/schemas/Pet") == found["paths"]["/x"]["get"]


@pytest.mark.parametrize(
    ("section", "holder"),
    [
        ("parameters", lambda it: {"parameters": [it]}),
        ("requestBodies", lambda it: {"requestBody": it}),
        ("responses", lambda it: {"responses": {"default": it}}),
        ("responses", lambda it: {"responses": {"200": it}}),
        ("headers", lambda it: {"responses": {"200": {"headers": {"example": it}}}}),
        ("schemas", lambda it: {"requestBody": body(it)}),
        ("schemas", lambda it: {"requestBody": body({"items": it})}),
        ("schemas", lambda it: {"requestBody": body({"properties": {"properties": it}})}),
        ("schemas", lambda it: {"requestBody": body({"properties": {"headers": it, "default": it}})}),
        ("schemas", lambda it: {"requestBody": body({"properties": {"parameters": {"items": it}}})}),
        ("schemas", lambda it: {"requestBody": body({"anyOf": [it, {"$defs": {"enum": it}}]})}),
    ],
)
def test_places(section: str, holder: Any, tmp_path: Path) -> None:
    """A part of a file stands in the section of the components that it belongs to, whatever its holder is called."""
    found = written(tmp_path, described({"/x": {"post": holder(ref("other.json#/a~1b"))}}), other={"a/b": {"x-a": 1}})

    assert {"a_b": {"x-a": 1}} == found["components"][section]
    assert {"post": holder(ref(f"#/components/{section}/a_b"))} == found["paths"]["/x"]


def test_a_path(tmp_path: Path) -> None:
    """A path that is a part of a file, by way of another, is what stands there."""
    items = {"a": ref("#/b"), "b": {"get": {"operationId": "x", "parameters": [ref("#/id")]}}, "id": {"name": "id"}}
    found = written(tmp_path, described({"/x": ref("paths.json#/a")}), paths=items)

    assert {"get": {"operationId": "x", "parameters": [ref("#/components/parameters/id")]}} == found["paths"]["/x"]


def test_a_discriminator(tmp_path: Path) -> None:
    """The references of a discriminator are changed like the alternatives that they are."""
    choice = {
        "oneOf": [ref("cat.json")],
        "discriminator": {"propertyName": "k", "mapping": {"cat": "cat.json", "dog": "Dog"}},
    }
    found = written(tmp_path, described(schemas={"Pet": choice}), cat={"type": "object"})["components"]["schemas"]

    assert {"cat": "#/components/schemas/cat", "dog": "Dog"} == found["Pet"]["discriminator"]["mapping"]
    assert [ref("#/components/schemas/cat")] == found["Pet"]["oneOf"]


@pytest.mark.parametrize(
    "target",
    [
        "../secret.json",
        "/etc/hostname",
        "https://example.com/x.json",
        "//example.com/x",
        "file:///etc/hostname",
        "no.json",
        "",
        "\0.json",
        "x" * 10_000,
    ],
)
def test_nothing_else_is_read(target: str, tmp_path: Path) -> None:
    """What is not in the folder of the document, or is no file, stays a reference."""
    (tmp_path / "secret.json").write_text('{"type": "string"}', encoding="utf-8")
    (tmp_path / "folder").mkdir()
    schemas = {"A": ref(target), "B": {"items": ref(target), "example": ref("api.json")}}
    document = described(schemas=schemas)

    assert document == written(tmp_path / "folder", document)


def test_a_link_out_of_the_folder(tmp_path: Path) -> None:
    """A link beside the document that leads elsewhere is not followed."""
    (tmp_path / "secret.json").write_text('{"type": "string"}', encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "inside.json").symlink_to(tmp_path / "secret.json")
    document = described(schemas={"A": ref("inside.json")})

    assert document == written(tmp_path / "folder", document)


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        (described(schemas={"A": ref("other.json#/no")}), "#/components/schemas/A: there is no /no in other.json"),
        (described(schemas={"A": ref("other.json#/text")}), "there is no /text in other.json: describe it there"),
        (described(schemas={"A": ref("list.json")}), "there is no object in list.json: describe it there"),
        (described(schemas={"A": ref("broken.json")}), "broken.json could not be read: line 1: not JSON"),
        (described({"/x": ref("other.json#/circle")}), "#/paths/~1x: other.json#/circle refers back to itself"),
        (
            described({"/x": {"post": {"requestBody": body(ref("other.json#/A"))}}}, schemas={"A": TEXT}),
            "other.json#/A would be named A, but schemas already has that name: rename one",
        ),
    ],
)
def test_problems(document: Any, problem: str, tmp_path: Path) -> None:
    """What is wrong in another file is said with the place of the reference to it."""
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    other = {"text": "x", "A": {}, "circle": ref("#/circle")}
    with pytest.raises(DocumentError) as caught:
        written(tmp_path, document, other=other, list=[1])

    assert problem in str(caught.value)


@pytest.mark.parametrize("components", [None, [], {"schemas": None}, {"schemas": []}, "x"])
def test_components_that_are_none(components: Any, tmp_path: Path) -> None:
    """A document whose components are no objects is read as it is; what is wrong with it is said elsewhere."""
    document = {**described({"/x": {"get": ref("other.json")}}), "components": components}

    assert document == written(tmp_path, document, other={})


def test_no_components(tmp_path: Path) -> None:
    """Components are made where a document has none."""
    document = described({"/x": {"get": {"parameters": [ref("id.json")]}}})
    del document["components"]

    assert {"parameters": {"id": {"name": "id"}}} == written(tmp_path, document, id={"name": "id"})["components"]

"""Whose promise a part of a document is."""

from __future__ import annotations

import pytest

from causerie_spec.documents import load, operations, vendors
from causerie_spec.evidence import Evidence, evidence
from causerie_spec.pointer import Pointer, look

DOCUMENTED = {"level": "documented", "source": "page"}
PUBLISHED = {"level": "published", "source": "openapi", "date": "2026-01-01"}
INFERRED = {"level": "inferred", "why": "we think so"}
DOCUMENT = {
    "paths": {
        "/things": {
            "get": {
                "x-evidence": DOCUMENTED,
                "responses": {
                    "200": {"content": {"application/json": {"schema": {"type": "array", "x-evidence": INFERRED}}}},
                    "403": {"$ref": "#/components/responses/Forbidden"},
                    "404": {"$ref": "#/components/responses/Alias"},
                },
            },
            "post": {"responses": {"404": {"$ref": "#/components/responses/Alias"}}},
        }
    },
    "components": {
        "responses": {
            "Forbidden": {"description": "No.", "x-evidence": PUBLISHED},
            "Alias": {"$ref": "#/components/responses/NotFound"},
            "NotFound": {"description": "Gone."},
        },
        "schemas": {
            "Thing": {
                "x-evidence": PUBLISHED,
                "properties": {
                    "a": {"type": "string"},
                    "b": {"$ref": "#/components/schemas/Other", "x-evidence": INFERRED},
                },
            },
            "Other": {"x-evidence": DOCUMENTED},
        },
    },
}
GET = ("paths", "/things", "get")


@pytest.mark.parametrize(
    ("place", "level"),
    [
        (GET, "documented"),
        ((*GET, "responses", "200"), "documented"),
        ((*GET, "responses", 200, "content", "application/json", "schema"), "inferred"),
        ((*GET, "responses", "200", "content", "application/json", "schema", "type"), "inferred"),
        (("components", "schemas", "Thing", "properties", "a", "type"), "published"),
        (("components", "schemas", "Thing", "properties", "b"), "inferred"),
    ],
)
def test_nearest_wins(place: Pointer, level: str) -> None:
    """The evidence of a place is its own, or that of the nearest node above it."""
    found = evidence(DOCUMENT, place)

    assert found is not None
    assert level == found.level


def test_references_start_afresh() -> None:
    """Behind a reference, the target's evidence counts, and not that of the place that refers to it."""
    assert Evidence("published", "openapi", date="2026-01-01") == evidence(
        DOCUMENT, (*GET, "responses", "403", "description")
    )
    assert evidence(DOCUMENT, (*GET, "responses", "404", "description")) is None


def test_no_evidence() -> None:
    """Where nothing on the way has evidence, there is none."""
    assert evidence(DOCUMENT, ("paths", "/things", "post")) is None


def test_no_such_place() -> None:
    """A place that the document has not is a LookupError."""
    with pytest.raises(LookupError):
        evidence(DOCUMENT, (*GET, "responses", "500"))


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (Evidence("documented", "page"), "the vendor's documentation (documented: page)"),
        (Evidence("example", "page"), "an example in the vendor's documentation (example: page)"),
        (Evidence("published", "openapi", "2026"), "the vendor's published contract (published: openapi, 2026)"),
        (Evidence("inferred", why="we think so"), "our inference (inferred: we think so)"),
    ],
)
def test_text(found: Evidence, text: str) -> None:
    """Evidence says whose promise it is, and where it stands."""
    assert text == str(found)


@pytest.mark.parametrize("vendor", vendors())
def test_documents_have_evidence(vendor: str) -> None:
    """Every operation, each of its answers, and every field of every named schema has evidence."""
    document = load(vendor)
    places: list[Pointer] = []
    for method, path in operations(document).values():
        operation = ("paths", path, method)
        places += [
            (*operation, "responses", status, "description") for status in look(document, operation)["responses"]
        ]
    for name, schema in document["components"]["schemas"].items():
        places += [("components", "schemas", name, "properties", field) for field in schema.get("properties", ())]

    assert [] == [place for place in places if evidence(document, place) is None]

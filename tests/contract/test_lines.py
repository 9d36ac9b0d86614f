"""Where in the YAML text of a document something stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from causerie_contract._lines import Source
from causerie_spec.documents import folder, vendors
from tests.contract.test_result import FINDING

TEXT = """\
paths:
  /x/{y}:
    get:
      responses: {'200': {description: Fine}}
components:
  schemas:
    Thing: {type: object}
    Other:
      required:
        - a
        - b
"""
SOURCE = Source("spec/raia.yaml", TEXT)


@pytest.mark.parametrize(
    ("pointer", "line"),
    [
        ("/", 1),
        ("/paths", 1),
        ("/paths/~1x~1{y}/get", 3),
        ("/paths/~1x~1{y}/get/responses/200/description", 4),
        ("/components/schemas/Thing/type", 7),
        ("/components/schemas/Other/required/1", 11),
        ("/components/schemas/Other/properties/a", 8),
        ("/components/schemas/Other/required/7", 9),
        ("/nothing/of/this", 1),
    ],
)
def test_line(pointer: str, line: int) -> None:
    """It is that of the key, or of what is nearest around it."""
    assert line == SOURCE.line(pointer)


@pytest.mark.parametrize("vendor", vendors())
def test_documents(vendor: str) -> None:
    """Each named schema of our documents is found where it is written."""
    source = Source.of(vendor)
    lines = (folder() / f"{vendor}.yaml").read_text("utf-8").splitlines()
    names = [line.strip(" :") for line in lines[lines.index("  schemas:") :] if line[:4] == "    " and line[4:5] > " "]

    assert [] == [name for name in names if lines[source.line(f"/components/schemas/{name}") - 1] != f"    {name}:"]


def test_located() -> None:
    """A finding gets the file, and the line of its operation."""
    found = Source("a.yaml", "paths:\n  /x:\n    get: {}\n").located(FINDING)

    assert ("a.yaml", 3) == (found.file, found.line)
    assert "the operation (a.yaml:3) is promised by" in str(found)


def test_other_file(tmp_path: Path) -> None:
    """A document in place of the vendor's is named as it was asked for."""
    file = tmp_path / "mine.yaml"
    file.write_text(TEXT, encoding="utf-8")

    assert (file.as_posix(), 3) == (Source.of("raia", file).name, Source.of("raia", file).line("/paths/~1x~1{y}/get"))
